import { findSource } from "../analysis/applicationSource";
import type { Feature } from "../analysis/feature";
import {
  type ObjectDefinition,
  type ObjectDefinitionsParameters,
  objectDefinitionsRequest,
} from "../protocol/objectDefinitions";
import type { LiveSource } from "../protocol/observe";
import type { Snapshot } from "../workspace/snapshot";
import { toRange } from "./range";

/**
 * Where files of the workspace define an object that a cluster has; where only patches of it are found, those. Of an Application that no
 * file defines, the kustomizations that it deploys.
 */
export const objectDefinitionsFeature: Feature<ObjectDefinitionsParameters, readonly ObjectDefinition[]> = {
  method: objectDefinitionsRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: [],
  handle({ group, kind, name, namespace, sources = [] }, { snapshot, toUri }) {
    const found = snapshot.symbols.definitionsOf({ object: { group, kind, name, namespace } });
    const whole = found.filter(({ isPatch }) => isPatch !== true);
    // Whoever looks for the object wants its own file; a patch is better than nothing.
    if (found.length === 0)
      return kustomizationsOf(sources, snapshot).map((path) => ({ uri: toUri(path), range: top }));
    return (whole.length > 0 ? whole : found).map(({ place }) => {
      return { uri: toUri(place.file.path), range: toRange(place) };
    });
  },
};

const top = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function kustomizationsOf(sources: readonly LiveSource[], snapshot: Snapshot): readonly string[] {
  return sources.flatMap((source) => findSource(snapshot, source)?.kustomization?.file ?? []);
}
