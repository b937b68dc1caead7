import type { Feature } from "../analysis/feature";
import { toLineRange } from "../analysis/range";
import {
  type ObjectDefinition,
  type ObjectDefinitionsParameters,
  objectDefinitionsRequest,
} from "../protocol/objectDefinitions";

/** Where files of the workspace define an object that a cluster has; where only patches of it are found, those. */
export const objectDefinitionsFeature: Feature<ObjectDefinitionsParameters, readonly ObjectDefinition[]> = {
  method: objectDefinitionsRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: [],
  handle({ group, kind, name, namespace }, { snapshot, toUri }) {
    const found = snapshot.symbols.definitionsOf({ object: { group, kind, name, namespace } });
    const whole = found.filter(({ isPatch }) => isPatch !== true);
    // Whoever looks for the object wants its own file; a patch is better than nothing.
    return (whole.length > 0 ? whole : found).map(({ place }) => {
      return { uri: toUri(place.file.path), range: toLineRange(place) };
    });
  },
};
