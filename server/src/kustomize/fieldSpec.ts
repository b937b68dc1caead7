import { type Cause, type Entry, getValue, type Mapping, type Node, type Scalar, type Sequence } from "../yaml/node";
import { resolveTag } from "../yaml/scalar";
import { demandBoundedPath } from "./bounds";
import { BuildFailure } from "./failure";
import { type GroupVersionKind, idText, isSelectedBy, parseApiVersion } from "./resourceId";

/** Which field of which objects a transformer touches; the entries of upstream's transformer configuration. */
export interface FieldSpec {
  /** Absent or empty: any. */
  readonly group?: string;
  readonly version?: string;
  readonly kind?: string;
  /** Keys divided by `/`, where `\/` is a slash inside of a key; `containers[]` says that the field is a list. */
  readonly path: string;
  /** Whether to make the field, and the mappings on the way to it, where they are missing. */
  readonly create?: boolean;
}

/** What to do at the end of a path. */
export interface FieldEdit {
  /** The kind of value made where the spec says `create`; absent: nothing is ever made. */
  readonly create?: "scalar" | "mapping" | undefined;
  /**
   * Gives the new value; the same node when nothing changes. `old` is `undefined` when the field is being created.
   * The setter gives its result an origin; the nodes on the way up keep theirs.
   */
  readonly set: (old: Node | undefined) => Node;
}

/**
 * Follows `spec` through `root` and edits what it finds: through lists every element, a field that is missing or null is
 * left alone unless it is to be created. Gives the same object when nothing changed.
 *
 * The rule is upstream's `api/filters/fieldspec`.
 * @throws BuildFailure when a scalar stands where the path wants to go on.
 */
export function applyFieldSpec(root: Mapping, spec: FieldSpec, edit: FieldEdit, cause: Cause): Mapping {
  return isSelectedBy(typeOf(root), spec) ? applyPath(root, spec, edit, cause) : root;
}

/** As {@link applyFieldSpec}, for an object that the spec is known to mean. */
export function applyPath(root: Mapping, spec: FieldSpec, edit: FieldEdit, cause: Cause): Mapping {
  const walk: Walk = { root, spec, edit, cause, path: stepsOf(spec) };
  demandBoundedPath(walk.path, cause);
  try {
    const result = visit(walk, root, 0);
    return result.kind === "mapping" ? result : root;
  } catch (error) {
    throw explained(error, () => `considering field '${spec.path}' of object ${describeObject(root)}`);
  }
}

/** The error of a failed step with upstream's words for where it failed before its reason. */
function explained(error: unknown, prefix: () => string): unknown {
  if (!(error instanceof BuildFailure)) return error;
  const { problem } = error;
  return new BuildFailure({ ...problem, detail: `${prefix()}: ${problem.detail ?? problem.message}` });
}

/** Applies each spec in turn. */
export function applyFieldSpecs(root: Mapping, specs: readonly FieldSpec[], edit: FieldEdit, cause: Cause): Mapping {
  const type = typeOf(root);
  let node = root;
  for (const spec of specs) if (isSelectedBy(type, spec)) node = applyPath(node, spec, edit, cause);
  return node;
}

/** A key of a path, taken apart once: specs are few and used again and again. */
interface Step {
  readonly key: string;
  /** Written with `[]`. */
  readonly isList: boolean;
  /** Why no mapping has such a key, in upstream's words. */
  readonly error?: string | undefined;
}

const stepsOfSpecs = new WeakMap<FieldSpec, readonly Step[]>();

function stepsOf(spec: FieldSpec): readonly Step[] {
  let steps = stepsOfSpecs.get(spec);
  if (steps === undefined) {
    steps = splitPath(spec.path, "/").map(stepOf);
    stepsOfSpecs.set(spec, steps);
  }
  return steps;
}

function stepOf(part: string): Step {
  const isList = part.endsWith("[]");
  const key = isList ? part.slice(0, -2) : part;
  if (key === "") return { key, isList, error: "cannot set or create an empty field name" };
  if (/^\+?\d+$|^-$|^\[.*\]$/.test(key)) return { key, isList, error: `fieldName: ${key}: ${listExpected}` };
  return { key, isList };
}

/** The group, version and kind that an object says of itself; missing ones are empty. */
export function typeOf(root: Mapping): GroupVersionKind {
  const { group, version } = parseApiVersion(scalarText(root, "apiVersion"));
  return { group, version, kind: scalarText(root, "kind") };
}

/** `Deployment.v1.apps/web.[noNs]`: how upstream names an object in its messages. */
export function describeObject(root: Mapping): string {
  const metadata = getValue(root, "metadata");
  return idText({
    ...typeOf(root),
    name: scalarText(metadata, "name"),
    namespace: scalarText(metadata, "namespace"),
    clusterScoped: false,
  });
}

/**
 * Splits a path; a delimiter after a backslash belongs to the key. A leading delimiter is allowed.
 * Sample: `metadata/annotations/example.com\/size` gives `metadata`, `annotations`, `example.com/size`.
 */
export function splitPath(path: string, delimiter: string): readonly string[] {
  const raw = path.split(delimiter);
  if (raw.length > 1 && raw[0] === "") raw.shift();
  const parts: string[] = [];
  for (const part of raw) {
    const last = parts.at(-1);
    if (last?.endsWith("\\")) parts[parts.length - 1] = `${last.slice(0, -1)}${delimiter}${part}`;
    else parts.push(part);
  }
  return parts;
}

interface Walk {
  readonly root: Mapping;
  readonly spec: FieldSpec;
  readonly edit: FieldEdit;
  readonly cause: Cause;
  readonly path: readonly Step[];
}

function visit(walk: Walk, node: Node, depth: number): Node {
  if (depth === walk.path.length) return walk.edit.set(node);
  if (node.kind === "sequence") return visitItems(walk, node, depth);
  if (node.kind === "mapping") return visitField(walk, node, depth);
  if (node.tag === "null") return node;
  throw mismatch(walk, node, "expected sequence or mapping node");
}

/** The path has no steps for lists: each element goes on with the same rest. */
function visitItems(walk: Walk, node: Sequence, depth: number): Sequence {
  let changed: Node[] | undefined;
  for (let i = 0; i < node.items.length; i++) {
    const item = node.items[i];
    if (item === undefined) continue;
    const result = visitItem(walk, item, depth);
    if (result === item) continue;
    changed ??= [...node.items];
    changed[i] = result;
  }
  return changed === undefined ? node : { ...node, items: changed };
}

function visitItem(walk: Walk, item: Node, depth: number): Node {
  try {
    return visit(walk, item, depth);
  } catch (error) {
    throw explained(error, () => `visit traversal on path: [${walk.path.slice(depth).join(" ")}]`);
  }
}

function visitField(walk: Walk, node: Mapping, depth: number): Node {
  const step = walk.path[depth];
  if (step === undefined) return node;
  const { key, isList, error } = step;
  if (error !== undefined) throw mismatch(walk, node, error);
  const last = depth + 1 === walk.path.length;
  const create = walk.spec.create && walk.edit.create !== undefined && !isList;
  const old = getValue(node, key);
  if (old === undefined) {
    if (!create) return node;
    const value = last ? walk.edit.set(undefined) : visit(walk, emptyMapping(walk.cause), depth + 1);
    return setEntry(node, key, value, walk.cause);
  }
  const value = visit(walk, prepared(walk, old, { isList, last, create: create ?? false }), depth + 1);
  return value === old ? node : setEntry(node, key, value, walk.cause);
}

const listExpected = "wrong node kind: expected SequenceNode but got MappingNode";

/** A null on the way becomes what the path wants there: a list for `[]`, a mapping or scalar where fields are created. */
function prepared(
  walk: Walk,
  old: Node,
  at: { readonly isList: boolean; readonly last: boolean; readonly create: boolean },
): Node {
  if (old.kind !== "scalar" || old.tag !== "null") return old;
  const { cause } = walk;
  const origin = { place: cause.place, change: { ...cause, before: old } };
  if (at.isList) return { kind: "sequence", items: [], origin };
  if (!at.create) return old;
  if (at.last && walk.edit.create === "scalar") return { ...old, tag: "str" };
  return { kind: "mapping", entries: [], origin };
}

function emptyMapping(cause: Cause): Mapping {
  return { kind: "mapping", entries: [], origin: { place: cause.place, change: cause } };
}

/** A copy of `node` in which `key` has `value`. A key that is there stays as written; a new one comes from `keyPlace`. */
export function setEntry(node: Mapping, key: string, value: Node, cause: Cause, keyPlace = cause.place): Mapping {
  let changed: Entry[] | undefined;
  for (let i = 0; i < node.entries.length; i++) {
    const entry = node.entries[i];
    if (entry?.key.text !== key) continue;
    changed ??= [...node.entries];
    changed[i] = { key: entry.key, value };
  }
  return { ...node, entries: changed ?? [...node.entries, { key: madeKey(key, cause, keyPlace), value }] };
}

/**
 * A key that a transformer adds. As upstream writes it without quotes, `5` and `true` are no strings then, and the object
 * cannot be printed.
 */
export function madeKey(text: string, cause: Cause, place = cause.place): Scalar {
  return { kind: "scalar", text, tag: resolveTag(text), style: "plain", origin: { place, change: cause } };
}

function scalarText(node: Node | undefined, key: string): string {
  const value = getValue(node, key);
  return value?.kind === "scalar" && value.tag !== "null" ? value.text : "";
}

function mismatch(walk: Walk, node: Node, reason: string): BuildFailure {
  const object = describeObject(walk.root);
  return new BuildFailure({
    code: "kustomization/field-path-mismatch",
    severity: "error",
    place: walk.cause.place,
    message: `The field path ${walk.spec.path} does not fit ${object}.`,
    help: "Correct the path of the field spec, or the object that it meets.",
    detail: reason,
    related: [{ place: node.origin.place, message: "The path cannot go on from this value." }],
  });
}
