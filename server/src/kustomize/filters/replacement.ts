import type { Cause, Mapping, Node, Scalar } from "../../yaml/node";
import { demandBounded, demandBoundedPath } from "../bounds";
import type { Resource } from "../resource";
import { type CompiledSelector, compileSelector, type Selector, selectsId } from "../selector";
import { noteReplaced, type Replaced, replaceEverywhere } from "../sharedScalar";
import { editPath } from "./editPath";
import { type FieldPath, lookUp, splitFieldPath } from "./fieldPath";
import { failed, guarded } from "./replacementFailure";
import { type Copied, defaultFieldPath, idsOf, type ReplacementSource, valueOfSource } from "./replacementSource";
import { type FieldOptions, newValue } from "./replacementValue";
import { editStructured } from "./structuredText";

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

/**
 * Copies a value from one object, or from the kustomization, into fields of others (upstream `api/filters/replacement`).
 * The value keeps its own place, unless only a part of the field is replaced.
 *
 * @param noticeUnmatched is told of each target that selects no object, which is no failure.
 * @returns the values of all resources, in their order.
 * @throws BuildFailure when the source is missing or ambiguous, or a target field cannot be found.
 */
export function applyReplacement(
  resources: readonly Resource[],
  replacement: Replacement,
  cause: Cause,
  noticeUnmatched: (target: Cause) => void = () => {},
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
  for (const target of targets) {
    if (!replaceInTarget(resources, nodes, target, value)) noticeUnmatched(target.cause);
  }
  return nodes;
}

/**
 * Changes `nodes` in place.
 * @returns whether the target selects any object.
 */
function replaceInTarget(
  resources: readonly Resource[],
  nodes: Mapping[],
  target: ReplacementTarget,
  copied: Copied,
): boolean {
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
  let isSelecting = false;
  resources.forEach((resource, i) => {
    const node = nodes[i];
    if (node === undefined || !isTarget(resource, node, select, reject)) return;
    isSelecting = true;
    for (const path of paths) {
      const own = copied.live?.position === i ? copied.live.path : undefined;
      const value = currentValue(copied, nodes);
      const result = replaceField(nodes[i] ?? node, path, target, { value, own });
      if (value !== undefined && mayGrow(value)) demandBounded(result, cause);
      nodes[i] = result;
    }
  });
  return isSelecting;
}

/** Copies of short texts can make no object too large; so most are never measured. */
function mayGrow(value: Node): boolean {
  return value.kind !== "scalar" || value.text.length > 1000;
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
  demandBoundedPath(parts, cause);
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
