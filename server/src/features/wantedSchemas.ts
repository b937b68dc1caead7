import type { Feature } from "../analysis/feature";
import { checkCancelled } from "../platform/cancellation";
import { wantedSchemasRequest } from "../protocol/observe";
import type { Schemas } from "../schema/schemas";
import type { SourceFile } from "../yaml/source";

/** The apiVersions that the workspace uses and of which a cluster may know more than we do: all but those of Kubernetes itself. */
export const wantedSchemasFeature: Feature<unknown, readonly string[]> = {
  method: wantedSchemasRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: [],
  handle(_, { snapshot, cancellation }) {
    const builtIn = builtInVersions(snapshot.schemas);
    const wanted = new Set<string>();
    for (const path of snapshot.yamlFiles()) {
      checkCancelled(cancellation);
      const file = snapshot.file(path);
      for (const apiVersion of file === undefined ? [] : apiVersionsOf(file)) {
        if (!builtIn.has(apiVersion)) wanted.add(apiVersion);
      }
    }
    return [...wanted].sort();
  },
};

function builtInVersions(schemas: Schemas): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { apiVersion, from } of schemas.kinds()) {
    if (from.source === "bundle" && from.title.startsWith("Kubernetes")) found.add(apiVersion);
  }
  return found;
}

const known = new WeakMap<SourceFile, readonly string[]>();

/** What a text names; without reading it as YAML, so that a template counts as well. */
function apiVersionsOf(file: SourceFile): readonly string[] {
  let found = known.get(file);
  if (found === undefined) {
    const pattern =
      /^[ \t-]*["']?apiVersion["']?:[ \t]*["']?([a-z0-9][a-z0-9.-]*(?:\/[a-z0-9]+)?)["']?[ \t]*(?:#.*)?\r?$/gm;
    found = [...new Set([...file.text.matchAll(pattern)].map(([, apiVersion = ""]) => apiVersion))];
    known.set(file, found);
  }
  return found;
}
