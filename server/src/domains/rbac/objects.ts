import { type CheckedObject, objectsOf } from "../../analysis/checkedObjects";
import { isPlaceholder } from "../../analysis/placeholders";
import type { DocumentContext } from "../../analysis/rule";
import { rbacGroup } from "../../kubernetes/bindings";
import { getValue, type Mapping, type Node, type Scalar } from "../../yaml/node";

/** One rule of a Role or ClusterRole. */
export interface PolicyRule {
  readonly node: Mapping;
  /** Its position in `rules`. */
  readonly index: number;
  readonly verbs: readonly Scalar[];
  readonly apiGroups: readonly Scalar[];
  readonly resources: readonly Scalar[];
  readonly resourceNames: readonly Scalar[];
  readonly nonResourceUrls: readonly Scalar[];
}

/** The objects of some kinds that the rules look at: whole ones, as they are written. */
export function* rbacObjects(context: DocumentContext, kinds: readonly string[]): Iterable<CheckedObject> {
  for (const object of objectsOf(context)) {
    if (object.apiVersion.startsWith(`${rbacGroup}/`) && kinds.includes(object.kind) && !object.partial) yield object;
  }
}

export const roleKinds: readonly string[] = ["Role", "ClusterRole"];
export const bindingKinds: readonly string[] = ["RoleBinding", "ClusterRoleBinding"];

/** The rules of a role. */
export function rulesOf(role: Node): readonly PolicyRule[] {
  const rules = getValue(role, "rules");
  if (rules?.kind !== "sequence") return [];
  return rules.items.flatMap((node, index) => (node.kind === "mapping" ? [viewRule(node, index)] : []));
}

/** Whether one of the texts is this one. */
export function includesText(texts: readonly Scalar[], ...wanted: readonly string[]): boolean {
  return texts.some(({ text }) => wanted.includes(text));
}

/** Whether something fills in parts of a rule later. */
export function isUnfinished({ verbs, apiGroups, resources }: PolicyRule): boolean {
  return [...verbs, ...apiGroups, ...resources].some(({ text }) => isPlaceholder(text));
}

function viewRule(node: Mapping, index: number): PolicyRule {
  const at = (field: string): readonly Scalar[] => scalarsOf(getValue(node, field));
  return {
    node,
    index,
    verbs: at("verbs"),
    apiGroups: at("apiGroups"),
    resources: at("resources"),
    resourceNames: at("resourceNames"),
    nonResourceUrls: at("nonResourceURLs"),
  };
}

function scalarsOf(node: Node | undefined): readonly Scalar[] {
  return node?.kind === "sequence" ? node.items.filter((item) => item.kind === "scalar") : [];
}
