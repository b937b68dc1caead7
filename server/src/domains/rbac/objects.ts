import { type CheckedObject, objectsOf } from "../../analysis/checkedObjects";
import { isPlaceholder } from "../../analysis/placeholders";
import type { DocumentContext } from "../../analysis/rule";
import { getValue, type Mapping, type Node, type Scalar } from "../../yaml/node";

/** The API group of roles and bindings. */
export const rbacGroup = "rbac.authorization.k8s.io";

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

/** Whom a binding gives rights. */
export interface Subject {
  readonly node: Mapping;
  readonly kind: Scalar | undefined;
  readonly name: Scalar | undefined;
  readonly namespace: Scalar | undefined;
  readonly apiGroup: Scalar | undefined;
}

/** The role that a binding gives. */
export interface RoleRef {
  readonly kind: Scalar | undefined;
  readonly name: Scalar | undefined;
  readonly apiGroup: Scalar | undefined;
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

/** The subjects of a binding. */
export function subjectsOf(binding: Node): readonly Subject[] {
  const subjects = getValue(binding, "subjects");
  if (subjects?.kind !== "sequence") return [];
  return subjects.items.flatMap((node) => {
    if (node.kind !== "mapping") return [];
    const at = (field: string): Scalar | undefined => filled(getValue(node, field));
    return [{ node, kind: at("kind"), name: at("name"), namespace: at("namespace"), apiGroup: at("apiGroup") }];
  });
}

/** What a binding says about its role. */
export function roleRefOf(binding: Node): RoleRef | undefined {
  const node = getValue(binding, "roleRef");
  if (node?.kind !== "mapping") return undefined;
  const at = (field: string): Scalar | undefined => filled(getValue(node, field));
  return { kind: at("kind"), name: at("name"), apiGroup: at("apiGroup") };
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

/** A value that is not empty. */
function filled(node: Node | undefined): Scalar | undefined {
  return node?.kind === "scalar" && node.tag !== "null" && node.text !== "" ? node : undefined;
}
