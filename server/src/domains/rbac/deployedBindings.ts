import { buildAt, type DeployedObject, deployedObjects } from "../../analysis/deployedObjects";
import { renderedObjects } from "../../analysis/renderedObjects";
import type { WorkspaceContext } from "../../analysis/rule";
import { type RoleRef, rbacGroup, roleRefOf, type Subject, subjectsOf } from "../../kubernetes/bindings";
import type { Resource } from "../../kustomize/resource";
import { didYouMean } from "../../platform/didYouMean";
import { getIn, type Scalar, textOf } from "../../yaml/node";

/** A binding as it reaches a cluster. */
export interface DeployedBinding extends DeployedObject {
  readonly kind: "RoleBinding" | "ClusterRoleBinding";
  readonly name: Scalar;
  /** Of a RoleBinding; absent when nothing gives it one before it is deployed. */
  readonly namespace: string | undefined;
  readonly roleRef: RoleRef;
  readonly subjects: readonly Subject[];
}

const known = new WeakMap<WorkspaceContext, readonly DeployedBinding[]>();

/** Every binding as it reaches a cluster; those without name or role are left out. */
export function deployedBindings(context: WorkspaceContext): readonly DeployedBinding[] {
  let bindings = known.get(context);
  if (bindings === undefined) {
    bindings = (["RoleBinding", "ClusterRoleBinding"] as const).flatMap((kind) =>
      deployedObjects(context, rbacGroup, kind).flatMap((object) => viewBinding(object, kind) ?? []),
    );
    known.set(context, bindings);
  }
  return bindings;
}

function viewBinding(object: DeployedObject, kind: DeployedBinding["kind"]): DeployedBinding | undefined {
  const { node } = object;
  const name = getIn(node, ["metadata", "name"]);
  const roleRef = roleRefOf(node);
  if (name?.kind !== "scalar" || roleRef === undefined) return undefined;
  const namespace = kind === "RoleBinding" ? textOf(getIn(node, ["metadata", "namespace"])) || undefined : undefined;
  return { ...object, kind, name, namespace, roleRef, subjects: subjectsOf(node) };
}

/** The objects of a kind that are rendered together with another. */
export function renderedBeside(
  context: WorkspaceContext,
  { root }: DeployedObject,
  group: string,
  kind: string,
): readonly Resource[] {
  const build = root === undefined ? undefined : buildAt(context, root);
  return build === undefined ? [] : renderedObjects(build.result).ofKind(group, kind);
}

/** A name that surely was meant: one that differs in a letter or two, and not only in a number. */
export function nearName(name: string, known: Iterable<string>): string | undefined {
  const near = name.length < 5 ? undefined : didYouMean(name, known, 2);
  const bare = (text: string): string => text.replaceAll(/\d+/g, "");
  return near === undefined || bare(near) === bare(name) ? undefined : near;
}
