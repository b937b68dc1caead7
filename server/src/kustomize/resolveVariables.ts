import { type Cause, getIn, type Mapping, type Node, type Scalar } from "../yaml/node";
import { demandBoundedText } from "./bounds";
import { BuildFailure } from "./failure";
import { applyFieldSpecs, describeObject, splitPath } from "./fieldSpec";
import type { MergeSchema } from "./merge/mergeSchema";
import { type Resource, withNode } from "./resource";
import type { TransformerConfig } from "./transformerConfig";
import type { Variable } from "./variable";

/**
 * Replaces `$(NAME)` by the values of the vars, wherever the configuration says that vars may stand (upstream:
 * `refVarTransformer`).
 *
 * @throws BuildFailure when a var has no value, or when a field that may hold vars is of no fitting kind.
 */
export function resolveVariables(
  resources: readonly Resource[],
  variables: readonly Variable[],
  config: TransformerConfig,
  schema: MergeSchema,
): readonly Resource[] {
  if (variables.length === 0) return resources;
  const values = new Map(variables.map((variable) => [variable.name, readValue(variable, resources)]));
  return resources.map((resource) =>
    withNode(resource, expandIn(resource.node, values, config), schema.isClusterScoped),
  );
}

/** The value of a var, and the var itself. */
interface VariableValue {
  readonly variable: Variable;
  /** Absent: a mapping or list, which never replaces anything. */
  readonly value: Scalar | undefined;
}

function readValue(variable: Variable, resources: readonly Resource[]): VariableValue {
  const source = resources.find((resource) => resource.variables.includes(variable.name));
  if (source === undefined) {
    throw variableFailure(variable, "variable-source-not-found", {
      message: `No object fits the \`objref\` of the var ${variable.name}.`,
      help: "Correct kind, apiVersion and name; the name is the one before prefixes and suffixes.",
      detail: "cannot be mapped to a field in the set of known resources",
    });
  }
  const found = getIn(source.node, stepsOf(variable.fieldPath));
  if (found === undefined) {
    throw variableFailure(variable, "variable-field-not-found", {
      message: `The var ${variable.name} reads \`${variable.fieldPath}\`, which ${describeObject(source.node)} does not have.`,
      help: "Correct the `fieldPath`, or add the field.",
      detail: "not found in corresponding resource",
    });
  }
  return { variable, value: found.kind === "scalar" ? found : undefined };
}

/** `spec.ports[0].name` as keys and positions; `[a.b/c]` is one key. */
function stepsOf(path: string): readonly (string | number)[] {
  const parts = splitPath(path, ".");
  const steps: (string | number)[] = [];
  for (let i = 0; i < parts.length; i++) {
    let part = parts[i] ?? "";
    if (part.startsWith("[") && !part.endsWith("]")) {
      while (i + 1 < parts.length && !part.endsWith("]")) part += `.${parts[++i]}`;
      steps.push(part.replace(/^\[+|\]+$/g, ""));
      continue;
    }
    const indexed = /^(.*)\[(\d+)\]$/s.exec(part);
    if (indexed === null) steps.push(/^\d+$/.test(part) ? Number(part) : part);
    else {
      if (indexed[1]) steps.push(indexed[1]);
      steps.push(Number(indexed[2]));
    }
  }
  return steps;
}

function expandIn(root: Mapping, values: ReadonlyMap<string, VariableValue>, config: TransformerConfig): Mapping {
  const cause: Cause = { transformer: "vars", place: root.origin.place, path: "/vars" };
  const set = (old: Node | undefined): Node => (old === undefined ? root : expandField(old, values, root));
  return applyFieldSpecs(root, config.varReference, { set }, cause);
}

/** A string, or the strings of a list or mapping. */
function expandField(node: Node, values: ReadonlyMap<string, VariableValue>, root: Mapping): Node {
  if (node.kind === "scalar") return isText(node) ? expand(node, values) : node;
  if (node.kind === "sequence") {
    const items = node.items.map((item) => {
      if (isText(item)) return expand(item, values);
      throw noString(item, root, "invalid value type expect a string");
    });
    return items.every((item, i) => item === node.items[i]) ? node : { ...node, items };
  }
  let changed = false;
  const entries = node.entries.map((entry) => {
    if (entry.key.tag !== "str") {
      throw noString(entry.key, root, `invalid map key: value='${entry.key.text}', tag='!!${entry.key.tag}'`);
    }
    if (!isText(entry.value)) return entry;
    const value = expand(entry.value, values);
    if (value === entry.value) return entry;
    changed = true;
    return { key: entry.key, value };
  });
  return changed ? { ...node, entries } : node;
}

/** A string, or what a replacement has made: that has no type before it is written, and becomes a string here. */
function isText(node: Node): node is Scalar {
  return node.kind === "scalar" && (node.tag === "str" || node.untyped === true);
}

/** Replaces each `$(NAME)`; `$$` is a dollar. A string that is one var and nothing else takes its type too. */
function expand(node: Scalar, values: ReadonlyMap<string, VariableValue>): Scalar {
  if (!node.text.includes("$")) return node.tag === "str" ? node : { ...node, tag: "str" };
  const used: Variable[] = [];
  let length = node.text.length;
  const whole = /^\$\(([^)]*)\)$/.exec(node.text);
  const only = whole === null ? undefined : values.get(whole[1] ?? "");
  if (only?.value !== undefined) return replaced(node, only.value.text, only.value.tag, [only.variable]);
  // Behind the last `)` there is no name: the expression would look for its end again and again.
  const end = node.text.lastIndexOf(")") + 1;
  const head = node.text.slice(0, end).replace(/\$(\$|\(([^)]*)\)|)/gs, (match, rest: string, name?: string) => {
    if (rest === "$") return "$";
    const found = name === undefined ? undefined : values.get(name);
    if (found?.value === undefined) return match;
    used.push(found.variable);
    length += found.value.text.length;
    demandBoundedText(length, found.variable.field.node.origin.place);
    return found.value.text;
  });
  const text = head + node.text.slice(end).replaceAll("$$", () => "$");
  return text === node.text ? node : replaced(node, text, "str", used);
}

function replaced(node: Scalar, text: string, tag: Scalar["tag"], used: readonly Variable[]): Scalar {
  const [first] = used;
  const field = first?.field;
  const cause: Cause = {
    transformer: "vars",
    place: field?.node.origin.place ?? node.origin.place,
    path: field?.path ?? "/vars",
    note: used.length === 0 ? undefined : `The value of ${used.map(({ name }) => name).join(", ")}.`,
  };
  const kept = tag === "timestamp" || tag === "binary" || tag === "null" ? "str" : tag;
  return {
    kind: "scalar",
    text,
    tag: kept,
    style: "plain",
    origin: { place: node.origin.place, change: { ...cause, before: node } },
  };
}

function variableFailure(
  variable: Variable,
  code: string,
  words: { readonly message: string; readonly help: string; readonly detail: string },
): BuildFailure {
  const { place } = variable.field.node.origin;
  return new BuildFailure({ code: `kustomization/${code}`, severity: "error", place, ...words });
}

function noString(node: Node, root: Mapping, reason: string): BuildFailure {
  return new BuildFailure({
    code: "kustomization/variable-in-no-string",
    severity: "error",
    place: node.origin.place,
    message: "Vars may stand in strings only, and this value is none.",
    help: "Put the value in quotes, or take the field out of `varReference`.",
    detail: `considering field of object ${describeObject(root)}: ${reason}`,
  });
}
