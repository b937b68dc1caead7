import type { Cause, Mapping, Node, Scalar } from "../../yaml/node";
import { resolveTag, scalarValue } from "../../yaml/scalar";
import { BuildFailure } from "../failure";
import { MergeConflict } from "../merge/conflict";
import { idOf, previousIdsOf, type Resource } from "../resource";
import { effectiveNamespace, idText, isSelectedBy, type ResourceId } from "../resourceId";
import { type CompiledSelector, compileSelector, type Selector, selectsId } from "../selector";
import { styleOver, tagWritten } from "../setScalar";
import { noteReplaced, type Replaced, replaceEverywhere } from "../sharedScalar";
import { editPath } from "./editPath";
import { type FieldPath, lookUp, splitFieldPath } from "./fieldPath";
import { editStructured } from "./structuredText";

/** How the source or target field is read and written. */
export interface FieldOptions {
  /** Empty: the whole field. */
  readonly delimiter: string;
  readonly index: number;
  readonly create: boolean;
}

/** Where a value is copied from. */
export interface ReplacementSource {
  /** Empty parts match anything; nothing here is a regular expression. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Empty: `metadata.name`. */
  readonly fieldPath: string;
  readonly options?: FieldOptions | undefined;
  /** The source in the kustomization. */
  readonly cause: Cause;
}

/** Where the value is copied to. */
export interface ReplacementTarget {
  readonly select: Selector | undefined;
  readonly reject: readonly Selector[];
  /** Empty: `metadata.name`. */
  readonly fieldPaths: readonly string[];
  readonly options?: FieldOptions | undefined;
  /** The target in the kustomization. */
  readonly cause: Cause;
}

export interface Replacement {
  readonly source?: ReplacementSource | undefined;
  /** A value that stands in the kustomization itself. */
  readonly sourceValue?: Scalar | undefined;
  readonly targets?: readonly ReplacementTarget[] | undefined;
}

const defaultFieldPath = "metadata.name";

/**
 * Copies a value from one object, or from the kustomization, into fields of others (upstream `api/filters/replacement`).
 * The value keeps its own place, unless only a part of the field is replaced.
 *
 * @returns the values of all resources, in their order.
 * @throws BuildFailure when the source is missing or ambiguous, or a target field cannot be found.
 */
export function applyReplacement(
  resources: readonly Resource[],
  replacement: Replacement,
  cause: Cause,
): readonly Mapping[] {
  const { source, sourceValue, targets } = replacement;
  if ((source === undefined && sourceValue === undefined) || targets === undefined) {
    throw failed(cause, "A replacement needs a source and at least one target.", {
      detail: "replacements must specify a source and at least one target",
      help: "Add `source` (or `sourceValue`) and `targets`.",
    });
  }
  if (source !== undefined && sourceValue !== undefined) {
    throw failed(cause, "A replacement takes its value from `source` or from `sourceValue`, not from both.", {
      detail: "value and resource selectors are mutually exclusive",
      help: "Remove one of them.",
    });
  }
  const nodes = resources.map((resource) => resource.node);
  const value = source === undefined ? { value: sourceValue } : valueOfSource(resources, source);
  for (const target of targets) replaceInTarget(resources, nodes, target, value);
  return nodes;
}

/**
 * The value to copy. One that is taken whole from an object is live: when a target is, or changes, the source itself, the
 * next target gets what has become of it.
 */
interface Copied {
  readonly value: Node | undefined;
  readonly live?: { readonly position: number; readonly path: FieldPath };
}

/** All ids by which a replacement knows an object. Upstream does not look at the scope of its kind here. */
function idsOf(resource: Resource, node: Mapping): readonly ResourceId[] {
  return [idOf(node, () => false), ...previousIdsOf(resource)];
}

function valueOfSource(resources: readonly Resource[], source: ReplacementSource): Copied {
  const wanted: ResourceId = { ...source, clusterScoped: false };
  const found = resources.filter((resource) => idsOf(resource, resource.node).some((id) => isSource(id, wanted)));
  const [first] = found;
  const description = describeSource(source);
  if (first === undefined) {
    throw failed(source.cause, "No object is the source of this replacement.", {
      code: "kustomization/replacement-source-not-found",
      detail: `nothing selected by ${description}`,
      help: "Correct kind, name and namespace; they are compared exactly.",
    });
  }
  if (found.length > 1) {
    throw failed(source.cause, "More than one object could be the source of this replacement.", {
      detail: `multiple matches for selector ${description}`,
      help: "Say more of group, version, kind, name and namespace.",
      related: found.map(({ node }) => ({ place: node.origin.place, message: "This object fits." })),
    });
  }
  const fieldPath = source.fieldPath || defaultFieldPath;
  const path = splitFieldPath(fieldPath);
  const value = guarded(source.cause, "error looking up replacement source", () => lookUp(first.node, path));
  if (value === undefined || isEmpty(value)) {
    throw failed(source.cause, `The source of this replacement has no ${fieldPath}.`, {
      detail: `fieldPath \`${fieldPath}\` is missing for replacement source ${idText(wanted)}`,
      help: "Correct the path; it is compared with the object as it is when replacements run.",
      related: [{ place: first.node.origin.place, message: "This object is the source." }],
    });
  }
  const part = partOfSource(value, source);
  return part === value ? { value, live: { position: resources.indexOf(first), path } } : { value: part };
}

function isSource(id: ResourceId, wanted: ResourceId): boolean {
  return (
    (wanted.name === "" || wanted.name === id.name) &&
    (wanted.namespace === "" || effectiveNamespace(wanted) === effectiveNamespace(id)) &&
    isSelectedBy(id, wanted)
  );
}

function partOfSource(value: Node, { options, cause }: ReplacementSource): Node {
  if (options === undefined || options.delimiter === "") return value;
  if (value.kind !== "scalar") throw notScalar(cause);
  const parts = splitText(value.text, options.delimiter);
  const text = parts[options.index];
  if (text !== undefined) return { ...value, text };
  throw failed(cause, `The value "${value.text}" has no part number ${options.index}.`, {
    detail: `options.index ${options.index} is out of bounds for value ${value.text}`,
    help: `Parts are counted from 0; this value has ${parts.length}.`,
  });
}

/** Changes `nodes` in place. */
function replaceInTarget(
  resources: readonly Resource[],
  nodes: Mapping[],
  target: ReplacementTarget,
  copied: Copied,
): void {
  const { cause } = target;
  if (target.select === undefined) {
    throw failed(cause, "A target says which objects it means.", {
      detail: "target must specify resources to select",
      help: "Add `select`.",
    });
  }
  const select = compileSelector(target.select, cause);
  const reject = target.reject.map((selector) => compileSelector(selector, cause));
  const paths = target.fieldPaths.length === 0 ? [defaultFieldPath] : target.fieldPaths;
  resources.forEach((resource, i) => {
    const node = nodes[i];
    if (node === undefined || !isTarget(resource, node, select, reject)) return;
    for (const path of paths) {
      const own = copied.live?.position === i ? copied.live.path : undefined;
      nodes[i] = replaceField(nodes[i] ?? node, path, target, { value: currentValue(copied, nodes), own });
    }
  });
}

function currentValue({ value, live }: Copied, nodes: readonly Mapping[]): Node | undefined {
  const node = live === undefined ? undefined : nodes[live.position];
  return live === undefined || node === undefined ? value : (lookUp(node, live.path) ?? value);
}

function isTarget(
  resource: Resource,
  node: Mapping,
  select: CompiledSelector,
  reject: readonly CompiledSelector[],
): boolean {
  if (!select.metadata(node)) return false;
  if (reject.some((selector) => selector.readsMetadata && selector.metadata(node))) return false;
  const ids = idsOf(resource, node);
  if (reject.some((selector) => !selector.isEmpty && ids.some((id) => selectsId(selector, id)))) return false;
  return ids.some((id) => selectsId(select, id));
}

interface FieldValue {
  readonly value: Node | undefined;
  /** The path of the value, when it stands in the target itself. */
  readonly own: FieldPath | undefined;
}

function replaceField(
  root: Mapping,
  path: string,
  { options, cause }: ReplacementTarget,
  { value, own }: FieldValue,
): Mapping {
  if (value === undefined) return root;
  const parts = splitFieldPath(path);
  const create = options?.create ? value.kind : undefined;
  const structured = editStructured(root, parts, { value, create, cause });
  if (structured !== undefined) return structured;
  const words = create === undefined ? "unable to find field" : "unable to find or create field";
  const detail = `${words} ${JSON.stringify(path)} in replacement target`;
  const replaced: Replaced = new Map();
  const set = (old: Node | undefined): Node => {
    const result = newValue(old, copy, options, cause);
    noteReplaced(replaced, old, result);
    return result;
  };
  const edit = (from: Node, setter: typeof set) =>
    guarded(cause, detail, () => editPath(from, parts, { create, set: setter, cause }), root);
  let start: Node = root;
  let copy = value;
  if (own !== undefined && create !== undefined && value.kind !== "scalar") {
    // What is made for the copy may lie inside of the value: then the copy holds it, still empty.
    start = edit(root, (old) => old ?? value).node;
    copy = lookUp(start, own) ?? value;
  }
  const { node, found } = edit(start, set);
  if (found > 0) return node.kind === "mapping" ? replaceEverywhere(node, replaced) : root;
  throw failed(cause, `The target has no field ${path}.`, {
    detail,
    help: "Correct the path, or let it be made with `options: {create: true}`.",
    related: [{ place: root.origin.place, message: "This object is a target." }],
  });
}

/** A scalar keeps its own type and quotes, whatever the type of the value; anything else is replaced as it is. */
function newValue(old: Node | undefined, value: Node, options: FieldOptions | undefined, cause: Cause): Node {
  const { delimiter = "", index = 0 } = options ?? {};
  let text = value.kind === "scalar" ? value.text : "";
  let place = value.origin.place;
  if (delimiter !== "") {
    if (old !== undefined && old.kind !== "scalar") throw notScalar(cause);
    text = withPart(old?.text ?? "", delimiter, index, text);
    place = old?.origin.place ?? place;
  }
  const origin = { place, change: { ...cause, before: old } };
  if (old === undefined || old.kind === "scalar") {
    const style = styleOver(old);
    const made: Scalar = { kind: "scalar", text, tag: tagWritten(text, old?.tag, style), style, origin };
    if (fitsItsTag(made)) return made;
    throw failed(cause, `The target is a ${made.tag}, and "${text}" is none.`, {
      detail: `yaml: cannot decode !!${resolveTag(text)} \`${text}\` as a !!${made.tag}`,
      help: "Write the target in quotes, so that it is a string.",
      related: [{ place: old?.origin.place ?? cause.place, message: "A scalar keeps its type when it is replaced." }],
    });
  }
  return { ...value, origin };
}

function fitsItsTag(scalar: Scalar): boolean {
  if (scalar.tag === "null") return resolveTag(scalar.text) === "null";
  return scalarValue(scalar).kind !== "invalid";
}

/** Replaces one part; an index before the first puts the text in front, one behind the last at the end. */
function withPart(text: string, delimiter: string, index: number, part: string): string {
  const parts = splitText(text, delimiter);
  if (index < 0) parts.unshift(part);
  else if (index >= parts.length) parts.push(part);
  else parts[index] = part;
  return parts.join(delimiter);
}

function splitText(text: string, delimiter: string): string[] {
  return text.split(delimiter);
}

function isEmpty(node: Node): boolean {
  if (node.kind === "mapping") return node.entries.length === 0;
  return node.kind === "sequence" ? node.items.length === 0 : node.tag === "null";
}

/** `ConfigMap.[noVer].[noGrp]/source.[noNs]:data.host`, as upstream prints a source. */
function describeSource(source: ReplacementSource): string {
  const { options, fieldPath } = source;
  const parts = [idText({ ...source, clusterScoped: false })];
  if (fieldPath !== "") parts.push(fieldPath);
  if (options !== undefined && (options.delimiter !== "" || options.create)) {
    parts.push(`${options.delimiter}(${options.index}), create=${options.create}`);
  }
  return parts.join(":");
}

function notScalar(cause: Cause): BuildFailure {
  return failed(cause, "Only a scalar can be divided by a delimiter.", {
    detail: "delimiter option can only be used with scalar nodes",
    help: "Take the delimiter away, or let the path lead to a single value.",
  });
}

/** Runs a step over the object; where its shape or an expression does not fit, the build fails with `detail` before the reason. */
function guarded<T>(cause: Cause, detail: string, step: () => T, at?: Node): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof MergeConflict) && !(error instanceof SyntaxError)) throw error;
    const place = error instanceof MergeConflict ? error.at.origin.place : at?.origin.place;
    throw failed(cause, "The field path of this replacement does not fit the object.", {
      detail: `${detail}: ${error.message}`,
      help: "Follow the path through the object; lists need [key=value], an index or *.",
      ...(place === undefined ? {} : { related: [{ place, message: "The path cannot go on from here." }] }),
    });
  }
}

type Words = Partial<Pick<BuildFailure["problem"], "code" | "detail" | "help" | "related">>;

function failed(cause: Cause, message: string, words: Words): BuildFailure {
  return new BuildFailure({
    code: "kustomization/replacement-failed",
    severity: "error",
    place: cause.place,
    message,
    ...words,
  });
}
