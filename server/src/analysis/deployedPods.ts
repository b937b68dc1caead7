import { findPodTemplate, type PodTemplate, podHolders } from "../kubernetes/podTemplate";
import { getIn, type Mapping, textOf } from "../yaml/node";
import { deployedObjects, isLeftOut } from "./deployedObjects";
import { chartAround, holdsParts, isToFillIn } from "./manifests";
import type { WorkspaceContext } from "./rule";

/** A pod as it reaches a cluster, in the object that makes it. */
export interface DeployedPod {
  readonly node: Mapping;
  readonly template: PodTemplate;
  /** The kustomization that renders it; absent for a manifest that no kustomization lists. */
  readonly root?: string | undefined;
}

const known = new WeakMap<WorkspaceContext, readonly DeployedPod[]>();

/**
 * Every pod that reaches a cluster, rendered or written, of all kinds that make pods. Builds that are not complete are left out, and of
 * manifests that no kustomization lists those that are templates or parts by the look of their paths, and those that lie below a
 * kustomization while another manifest of the same name is listed.
 */
export function deployedPods(context: WorkspaceContext): readonly DeployedPod[] {
  let pods = known.get(context);
  if (pods === undefined) {
    pods = [...findPods(context)];
    known.set(context, pods);
  }
  return pods;
}

function* findPods(context: WorkspaceContext): Iterable<DeployedPod> {
  const complete = new Set(context.builds.filter(({ result }) => result.complete).map(({ root }) => root));
  for (const { group, kinds } of podHolders) {
    for (const kind of kinds) {
      const variants = listedNames(context, group, kind);
      for (const object of deployedObjects(context, group, kind)) {
        const { node, root } = object;
        if (root === undefined ? !isManifest(context, node) : !complete.has(root)) continue;
        const name = textOf(getIn(node, ["metadata", "name"]));
        if (isLeftOut(context.snapshot, object) && variants.has(name ?? "")) continue;
        const template = findPodTemplate(node);
        if (template !== undefined) yield { node, template, root };
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

function isManifest({ snapshot }: WorkspaceContext, { origin }: Mapping): boolean {
  const { path } = origin.place.file;
  const chart = chartAround(path);
  if (chart !== undefined && snapshot.lookUp(`${chart}/Chart.yaml`).kind === "file") return false;
  return !holdsParts(path) && !isToFillIn(path);
}
