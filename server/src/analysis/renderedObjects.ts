import type { BuildResult } from "../kustomize/build";
import type { Resource } from "../kustomize/resource";

/** The objects of one build by their rendered names. */
export interface RenderedObjects {
  readonly all: readonly Resource[];
  /** The objects of a kind, whatever the version. */
  ofKind(group: string, kind: string): readonly Resource[];
  /** The objects of a kind and name; `namespace` counts when both sides say one. */
  find(group: string, kind: string, name: string, namespace?: string): readonly Resource[];
}

const known = new WeakMap<BuildResult, RenderedObjects>();

/** Indexes the objects of a build; once for each build. */
export function renderedObjects(result: BuildResult): RenderedObjects {
  let objects = known.get(result);
  if (objects === undefined) {
    objects = index(result.resources);
    known.set(result, objects);
  }
  return objects;
}

function index(all: readonly Resource[]): RenderedObjects {
  const byKind = new Map<string, Resource[]>();
  for (const resource of all) {
    const key = `${resource.id.group}\n${resource.id.kind}`;
    const list = byKind.get(key);
    if (list === undefined) byKind.set(key, [resource]);
    else list.push(resource);
  }
  const ofKind = (group: string, kind: string): readonly Resource[] => byKind.get(`${group}\n${kind}`) ?? [];
  return {
    all,
    ofKind,
    find: (group, kind, name, namespace) =>
      ofKind(group, kind).filter(
        ({ id }) => id.name === name && (!namespace || id.namespace === "" || id.namespace === namespace),
      ),
  };
}
