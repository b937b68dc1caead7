import type { Cause, Mapping, Node, Scalar } from "../../yaml/node";
import { getValue } from "../../yaml/node";
import { BuildFailure } from "../failure";
import { applyFieldSpec, applyFieldSpecs, type FieldSpec, setEntry, typeOf } from "../fieldSpec";
import type { ScopeLookUp } from "../resource";
import { apiVersionOf } from "../resourceId";
import { setScalar, wrongKind } from "../setScalar";

/** Which subjects of a RoleBinding or ClusterRoleBinding follow the namespace. */
export type SubjectMode = "defaultOnly" | "allServiceAccounts" | "none";

export interface NamespaceOptions {
  /** The namespace as the kustomization writes it. */
  readonly namespace: Scalar;
  readonly specs: readonly FieldSpec[];
  /** Only fields that are empty are set. */
  readonly unsetOnly?: boolean;
  readonly subjects?: SubjectMode;
  readonly isClusterScoped: ScopeLookUp;
}

/**
 * Sets the namespace of an object and of what it says about its neighbours (upstream `api/filters/namespace`).
 * `metadata.namespace` is set unless the schema knows the kind as cluster-scoped, whatever the specs say about it; subjects
 * of role bindings follow by `subjects`; everything else follows the specs.
 *
 * @throws BuildFailure when a field to set is no scalar.
 */
export function setNamespace(root: Mapping, options: NamespaceOptions, cause: Cause): Mapping {
  const type = typeOf(root);
  const apiVersion = apiVersionOf(type);
  const set = setter(options, cause);
  let result = root;
  if (!options.isClusterScoped(apiVersion, type.kind)) {
    result = applyFieldSpec(result, { path: "metadata/namespace", create: true }, { create: "scalar", set }, cause);
  }
  const isBinding = bindings.has(type.kind);
  if (isBinding) result = setSubjects(result, options.subjects ?? "defaultOnly", set, cause);
  const specs = options.specs.filter(
    ({ path, kind = "" }) =>
      path !== "metadata/namespace" &&
      (path !== "metadata/name" || apiVersion === "v1") &&
      !(isBinding && bindings.has(kind) && path === "subjects/namespace"),
  );
  return withExplanation(() => applyFieldSpecs(result, specs, { create: "scalar", set }, cause));
}

const bindings: ReadonlySet<string> = new Set(["RoleBinding", "ClusterRoleBinding"]);

function setter(options: NamespaceOptions, cause: Cause): (old: Node | undefined) => Node {
  const { namespace } = options;
  return (old) => {
    if (options.unsetOnly && old?.kind === "scalar" && old.tag !== "null" && old.text !== "") return old;
    return setScalar(old, { text: namespace.text, tag: "str", place: namespace.origin.place }, cause);
  };
}

function setSubjects(root: Mapping, mode: SubjectMode, set: (old: Node | undefined) => Node, cause: Cause): Mapping {
  const subjects = getValue(root, "subjects");
  if (mode === "none" || subjects === undefined || isNull(subjects)) return root;
  if (subjects.kind !== "sequence") throw wrongKind("sequence", subjects, cause);
  const [key, wanted] = mode === "allServiceAccounts" ? ["kind", "ServiceAccount"] : ["name", "default"];
  const items = subjects.items.map((subject) => {
    if (isNull(subject)) return subject;
    if (subject.kind !== "mapping") throw wrongKind("mapping", subject, cause);
    const value = getValue(subject, key);
    if (value === undefined || isNull(value)) return subject;
    if (value.kind !== "scalar") throw wrongKind("scalar", value, cause);
    if (value.text !== wanted) return subject;
    const old = getValue(subject, "namespace");
    const made = set(old);
    return made === old ? subject : setEntry(subject, "namespace", made, cause);
  });
  if (items.every((item, i) => item === subjects.items[i])) return root;
  return setEntry(root, "subjects", { ...subjects, items }, cause);
}

function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.tag === "null";
}

/** Puts upstream's words for a failed field spec before the reason. */
function withExplanation(step: () => Mapping): Mapping {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof BuildFailure)) throw error;
    const { problem } = error;
    const detail = problem.detail ?? "";
    const lead = /got (Mapping|Sequence)Node/.test(detail)
      ? "namespace field specs must target scalar nodes"
      : "namespace transformation failed";
    throw new BuildFailure({ ...problem, detail: `${lead}: ${detail}` });
  }
}
