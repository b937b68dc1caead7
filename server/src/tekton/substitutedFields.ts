import type { Node, Scalar } from "../yaml/node";
import type { Field } from "./field";

/**
 * A field in which Tekton replaces variables. Upstream: docs/variables.md "Fields that accept variable substitutions", the apply
 * functions of the reconcilers, and the validation of the webhook.
 */
export interface SubstitutedField {
  /** Keys from the spec, step, or task down to the text; `*` is any item of a list, `**` any value below. */
  readonly path: readonly string[];
  /** The webhook refuses a parameter that is not declared. */
  readonly checked: boolean;
  /**
   * What an array parameter may do here: `text` nothing, `item` stand alone as an item of a list, `value` stand alone with `[*]` as the
   * value of a parameter.
   */
  readonly holds: "text" | "item" | "value";
  /** Of a step: the results of other steps are replaced here. */
  readonly takesStepResults?: true | undefined;
}

const text = (path: string): SubstitutedField => ({ path: path.split("/"), checked: true, holds: "text" });
const item = (path: string): SubstitutedField => ({ path: path.split("/"), checked: true, holds: "item" });
const unchecked = (field: SubstitutedField): SubstitutedField => ({ ...field, checked: false });
const withStepResults = (field: SubstitutedField): SubstitutedField => ({ ...field, takesStepResults: true });

const container: readonly SubstitutedField[] = [
  text("name"),
  text("image"),
  text("workingDir"),
  withStepResults(item("command/*")),
  withStepResults(item("args/*")),
  withStepResults(text("env/*/value")),
  text("volumeMounts/*/name"),
  text("volumeMounts/*/mountPath"),
  text("volumeMounts/*/subPath"),
];

const uncheckedInContainers: readonly SubstitutedField[] = [
  text("imagePullPolicy"),
  text("env/*/valueFrom/secretKeyRef/name"),
  text("env/*/valueFrom/secretKeyRef/key"),
  text("env/*/valueFrom/configMapKeyRef/name"),
  text("env/*/valueFrom/configMapKeyRef/key"),
].map(unchecked);

/** The fields of a step, or of the spec of a StepAction. */
export const stepFields: readonly SubstitutedField[] = [
  ...container,
  text("script"),
  text("onError"),
  ...uncheckedInContainers,
];

/** The fields of a sidecar, of the template of steps: nothing checks them before they run. */
export const sidecarFields: readonly SubstitutedField[] = [
  ...container.map(unchecked),
  unchecked(text("script")),
  ...uncheckedInContainers,
];

/** The other fields of the spec of a Task. */
export const taskFields: readonly SubstitutedField[] = [
  unchecked(text("volumes/**")),
  unchecked(text("workspaces/*/mountPath")),
];

/** The fields of a task of a pipeline. */
export const pipelineTaskFields: readonly SubstitutedField[] = [
  { path: ["params", "*", "value"], checked: true, holds: "value" },
  item("params/*/value/*"),
  text("params/*/value/**"),
  unchecked({ path: ["matrix", "params", "*", "value"], checked: false, holds: "value" }),
  item("matrix/params/*/value/*"),
  text("matrix/include/*/params/*/value"),
  text("when/*/input"),
  item("when/*/values/*"),
  unchecked(text("displayName")),
  unchecked(text("workspaces/*/subPath")),
  unchecked(text("taskRef/name")),
  unchecked(text("taskRef/params/*/value")),
  unchecked(text("onError")),
];

/** A text in which variables are replaced. */
export interface SubstitutedText {
  readonly scalar: Scalar;
  readonly field: SubstitutedField;
}

/** The texts of a mapping in which variables are replaced; each once, by the first field of the list that reaches it. */
export function* substitutedTexts({ node }: Field, fields: readonly SubstitutedField[]): Iterable<SubstitutedText> {
  const seen = new Set<Scalar>();
  for (const field of fields) {
    for (const scalar of scalarsAtPath(node, field.path)) {
      if (seen.has(scalar) || !scalar.text.includes("$(")) continue;
      seen.add(scalar);
      yield { scalar, field };
    }
  }
}

function* scalarsAtPath(node: Node | undefined, path: readonly string[]): Iterable<Scalar> {
  if (node === undefined) return;
  const [step, ...rest] = path;
  if (step === undefined) {
    if (node.kind === "scalar") yield node;
  } else if (node.kind === "sequence") {
    if (step === "**") for (const each of node.items) yield* scalarsAtPath(each, path);
    if (step === "*") for (const each of node.items) yield* scalarsAtPath(each, rest);
  } else if (node.kind === "mapping") {
    for (const { key, value } of node.entries) {
      if (step === "**") yield* scalarsAtPath(value, path);
      else if (key.text === step) yield* scalarsAtPath(value, rest);
    }
  } else if (step === "**") yield node;
}
