import { findPodTemplate, type PodTemplate, podHolders } from "../kubernetes/podTemplate";
import type { Mapping } from "../yaml/node";
import { type DeployedObject, deployedObjects, isLeftOut } from "./deployedObjects";
import type { WorkspaceContext } from "./rule";

/** A pod as it reaches a cluster, in the object that makes it. */
export interface DeployedPod {
  readonly node: Mapping;
  readonly template: PodTemplate;
  /** The kustomization that renders it; absent for a manifest that no kustomization lists. */
  readonly root?: string | undefined;
}

const known = new WeakMap<WorkspaceContext, readonly DeployedObject[]>();

/**
 * Every object that reaches a cluster, rendered or written, of all kinds that make pods. Builds that are not complete are left out, and of
 * manifests that no kustomization lists those that lie below a kustomization while another manifest of the same name is listed. None of
 * them is read for that.
 */
export function podMakers(context: WorkspaceContext): readonly DeployedObject[] {
  let makers = known.get(context);
  if (makers === undefined) {
    makers = [...findMakers(context)];
    known.set(context, makers);
  }
  return makers;
}

/** The pods of all of them. */
export function deployedPods(context: WorkspaceContext): readonly DeployedPod[] {
  return podMakers(context).flatMap((object) => findPod(object) ?? []);
}

/** The pod that an object makes; `undefined` while it has none yet. */
export function findPod({ node, root }: DeployedObject): DeployedPod | undefined {
  const template = findPodTemplate(node);
  return template && { node, template, root };
}

function* findMakers(context: WorkspaceContext): Iterable<DeployedObject> {
  const complete = new Set(context.builds.filter(({ result }) => result.complete).map(({ root }) => root));
  for (const { group, kinds } of podHolders) {
    for (const kind of kinds) {
      const variants = listedNames(context, group, kind);
      for (const object of deployedObjects(context, group, kind)) {
        const { objectName, written, root } = object;
        const isReady = written !== undefined || complete.has(root ?? "");
        if (isReady && !(isLeftOut(context.snapshot, object) && variants.has(objectName))) yield object;
      }
    }
  }
}

/** The names of a kind that kustomizations list: what lies beside them under the same name is a patch that is not in use. */
function listedNames({ snapshot }: WorkspaceContext, group: string, kind: string): ReadonlySet<string> {
  const listed = snapshot.symbols
    .objectsOf(group, kind)
    .filter(({ place }) => snapshot.graph.includersOf(place.file.path).length > 0);
  return new Set(listed.map(({ object }) => object.name));
}
