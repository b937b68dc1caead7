import { findFailure } from "../../yaml/emitFailure";
import { formatGoFloat, jsonOfFloat } from "../../yaml/goNumber";
import type { Cause, Mapping, Node, Scalar } from "../../yaml/node";
import { getValue } from "../../yaml/node";
import { refold } from "../../yaml/refold";
import { resolveTag, scalarValue } from "../../yaml/scalar";
import { writeString } from "../../yaml/scalarStyle";
import { demandBounded } from "../bounds";
import { BuildFailure } from "../failure";
import { unshared } from "../sharedScalar";
import { isNull } from "./conflict";
import { jsonEqual } from "./jsonEqual";
import { jsonPatchFailure } from "./jsonPatchFailure";
import type { JsonPatchOperation } from "./jsonPatchOperation";
import {
  addChild,
  type Container,
  changeContainer,
  getChild,
  type Pointer,
  PointerError,
  parsePointer,
  removeChild,
  setChild,
} from "./jsonPointer";
import { stamped, withoutComment } from "./stamp";

export type { JsonPatchOperation } from "./jsonPatchOperation";

/**
 * Applies the operations of a JSON patch (RFC 6902) in turn, with the ways of the library that Kustomize uses
 * (evanphx/json-patch v4): `replace` makes a key that is missing, negative indices count from the end, adding without a value
 * adds null. The object goes through Go's JSON, which rounds integers beyond 2^53.
 *
 * @throws BuildFailure at the first operation that cannot be done.
 */
export function applyJsonPatch(target: Mapping, operations: readonly JsonPatchOperation[], cause: Cause): Mapping {
  demandReadable(target, cause);
  let root: Container = target;
  for (const operation of operations) {
    try {
      root = applyOperation(root, operation, { ...cause, note: `${operation.op} ${operation.path ?? ""}` });
      if (mayGrow(operation)) demandBounded(root, cause);
    } catch (error) {
      if (error instanceof PointerError) throw jsonPatchFailure(operation, error.message, root, cause);
      throw error;
    }
  }
  if (root.kind === "mapping") return throughJson(root, cause);
  const last = operations.at(-1);
  const reason = "json: cannot unmarshal array into Go value of type map[string]interface {}";
  throw last === undefined ? new Error(reason) : jsonPatchFailure(last, reason, root, cause);
}

/** The object is written as JSON first, which fails here for what else would fail when it is printed. */
function demandReadable(target: Mapping, cause: Cause): void {
  const failure = findFailure(target);
  if (failure === undefined) return;
  const { root: _, ...problem } = failure;
  const related = [
    { place: cause.place, message: "The patch is applied here, and finds an object that cannot be read." },
  ];
  throw new BuildFailure({ severity: "error", ...problem, related });
}

/** Values that nest, and copies of copies, could make an object of any size. */
function mayGrow({ op, value }: JsonPatchOperation): boolean {
  return op === "copy" || op === "move" || (value !== undefined && value.kind !== "scalar");
}

function applyOperation(root: Container, operation: JsonPatchOperation, cause: Cause): Container {
  const { op, path = "" } = operation;
  const where = { field: "path", prefix: `error in ${op} for path: '${path}'` } as const;
  switch (op) {
    case "add":
      return at(root, operation, where, (container, key) =>
        addChild(container, key, newValue(operation, container, key, cause), cause),
      );
    case "remove":
      return at(root, operation, where, (container, key) => removeChild(container, key, cause));
    case "replace":
      return replace(root, operation, cause);
    case "test":
      return test(root, operation);
    case "move":
    case "copy":
      return moveOrCopy(root, operation, cause);
    default:
      throw new PointerError(`Unexpected kind: ${op}`);
  }
}

/** Follows `path` or `from` and changes the container it leads into; `prefix` goes before the reason of a failure there. */
function at(
  root: Container,
  operation: JsonPatchOperation,
  { field, prefix }: { readonly field: "path" | "from"; readonly prefix?: string },
  change: (container: Container, key: string) => Container,
): Container {
  const pointer = pointerOf(operation, field);
  const path = operation[field] ?? "";
  const { op } = operation;
  const step = (container: Container, key: string): Container =>
    prefix === undefined ? change(container, key) : named(prefix, () => change(container, key));
  const result = pointer && changeContainer(root, pointer, (container) => step(container, pointer.key));
  if (result !== undefined && typeof result !== "number") return result;
  throw new PointerError(`${op} operation does not apply: ${missingPath(op, field, path)}: missing value`);
}

/** Upstream's words differ a little from one operation to the other. */
function missingPath(op: string, field: "path" | "from", path: string): string {
  if (op === "add" || op === "remove") return `doc is missing path: "${path}"`;
  if (op === "replace") return `doc is missing path: ${path}`;
  if (op === "test") return `is missing path: ${path}`;
  return field === "from" ? `doc is missing from path: ${path}` : `doc is missing destination path: ${path}`;
}

function pointerOf(operation: JsonPatchOperation, field: "path" | "from"): Pointer | undefined {
  const path = operation[field];
  if (path !== undefined) return parsePointer(path);
  const { op } = operation;
  const reason = field === "path" ? "operation missing path field: " : "operation, missing from field: ";
  const short = field === "path" && (op === "add" || op === "remove" || op === "copy");
  throw new PointerError(`${op} operation failed to decode ${field}: ${short ? "" : reason}missing value`);
}

function named<T>(prefix: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof PointerError)) throw error;
    throw new PointerError(`${prefix}: ${error.message}`);
  }
}

/** The value of an operation, marked as coming from it; what it replaces is what a mapping has under the key. */
function newValue(operation: JsonPatchOperation, container: Container, key: string, cause: Cause): Node {
  const before = container.kind === "mapping" ? getValue(container, key) : undefined;
  return valueInPlaceOf(operation, before, cause);
}

function valueInPlaceOf({ value, node }: JsonPatchOperation, before: Node | undefined, cause: Cause): Node {
  return stamped(value ?? nullAt(node), before, cause);
}

function nullAt(node: Node): Scalar {
  return { kind: "scalar", text: "null", tag: "null", style: "plain", origin: node.origin };
}

function replace(root: Container, operation: JsonPatchOperation, cause: Cause): Container {
  if (operation.path === "") {
    const value = valueInPlaceOf(operation, root, cause);
    if (value.kind === "scalar") throw new PointerError("replace operation value must be object or array");
    return value;
  }
  return at(root, operation, { field: "path" }, (container, key) => {
    let old: Node | undefined;
    try {
      old = getChild(container, key);
    } catch {
      throw new PointerError(`replace operation does not apply: doc is missing key: ${operation.path}: missing value`);
    }
    return setChild(container, key, valueInPlaceOf(operation, old, cause), cause);
  });
}

function test(root: Container, operation: JsonPatchOperation): Container {
  const { value, path = "" } = operation;
  const failed = new PointerError(`testing value ${path} failed: test failed`);
  if (operation.path === "") {
    if (value === undefined || !jsonEqual(root, value, operation.isJson)) throw failed;
    return root;
  }
  return at(root, operation, { field: "path" }, (container, key) => {
    const found = named(`error in test for path: '${path}'`, () => getChild(container, key));
    const isAbsent = found === undefined || isNull(found);
    const wantsNothing = value === undefined || isNull(value);
    if (isAbsent && wantsNothing) return container;
    if (isAbsent || value === undefined || !jsonEqual(found, value, operation.isJson)) throw failed;
    return container;
  });
}

function moveOrCopy(root: Container, operation: JsonPatchOperation, cause: Cause): Container {
  const { op, path = "", from = "" } = operation;
  const isMove = op === "move";
  let value: Node = nullAt(operation.node);
  const source = isMove ? `error in move for path: '${parsePointer(from)?.key}'` : `error in copy for from: '${from}'`;
  const withoutSource = at(root, operation, { field: "from", prefix: source }, (container, key) => {
    value = getChild(container, key) ?? value;
    return isMove ? removeChild(container, key, cause) : container;
  });
  const target = isMove ? `error in move for path: '${path}'` : "error while adding value during copy";
  return at(withoutSource, operation, { field: "path", prefix: target }, (container, key) => {
    // The value keeps its own place and history.
    const before = container.kind === "mapping" ? getValue(container, key) : undefined;
    const marked = { ...value, origin: { place: value.origin.place, change: { ...cause, before: before ?? value } } };
    return addChild(container, key, marked, cause);
  });
}

/**
 * What Go's JSON makes of an object: nulls are written out, integers become 64-bit floats, needless quotes go and
 * missing ones come, brackets and comments behind keys go, and labels are no longer one with the selectors that they made.
 */
function throughJson<T extends Node>(node: T, cause: Cause): T;
function throughJson(node: Node, cause: Cause): Node {
  if (node.kind === "scalar") return scalarThroughJson(typed(unshared(node)), cause);
  let changed = false;
  const convert = (child: Node): Node => {
    const result = throughJson(child, cause);
    if (result !== child) changed = true;
    return result;
  };
  if (node.kind === "sequence") {
    const items = node.items.map(convert);
    return changed || node.flow ? { ...node, items, flow: undefined } : node;
  }
  const entries = node.entries.map((entry) => {
    const value = convert(entry.value);
    const { key } = withoutComment(entry, cause);
    if (key !== entry.key) changed = true;
    return value === entry.value && key === entry.key ? entry : { key, value };
  });
  return changed || node.flow ? { ...node, entries, flow: undefined } : node;
}

function typed(scalar: Scalar): Scalar {
  return scalar.untyped ? { ...scalar, untyped: undefined } : scalar;
}

function scalarThroughJson(node: Scalar, cause: Cause): Scalar {
  if (node.tag === "null") return node.text === "null" ? node : { ...node, text: "null" };
  if (node.tag === "str") return stringThroughJson(node, cause);
  if (node.tag === "timestamp") return timestampThroughJson(node, cause);
  return plainNumber.test(node.text) ? node : numberThroughJson(node, cause);
}

/** Numbers that come back as they are written. */
const plainNumber = /^(?:0|-?[1-9][0-9]{0,5})$/;

/**
 * A number or boolean in the text that go-yaml gives it: `31` for 0x1F, `1e+06` for 1000000. It is printed as before, but a
 * later step may take the text as it is.
 */
function numberThroughJson(node: Scalar, cause: Cause): Scalar {
  const value = scalarValue(node);
  if (value.kind === "bool") return String(value.value) === node.text ? node : { ...node, text: String(value.value) };
  if (value.kind !== "int" && value.kind !== "float") return node;
  const number = Number(value.value);
  if (!Number.isFinite(number)) return node;
  const text = formatGoFloat(number);
  if (text === node.text) return node;
  // Of large floats JSON holds the digits that tell them from their neighbours: 9223372036854776000 for 2^63.
  const isRounded = value.kind === "int" && jsonOfFloat(number) !== String(value.value);
  const { place } = node.origin;
  const origin = isRounded ? { place, change: { ...cause, before: node } } : node.origin;
  return { kind: "scalar", text, tag: resolveTag(text), style: "plain", origin };
}

/** JSON knows no timestamps: they become strings, in quotes since they look like what they were. */
function timestampThroughJson(node: Scalar, cause: Cause): Scalar {
  const value = scalarValue(node);
  if (value.kind !== "string") return node;
  const origin = { place: node.origin.place, change: { ...cause, before: node } };
  return { kind: "scalar", text: value.value, tag: "str", style: "double", origin };
}

/** Strings come back in the style that go-yaml chooses; a later step may then change the type of those without quotes. */
function stringThroughJson(node: Scalar, cause: Cause): Scalar {
  const { text, style, origin } = node;
  const isPlain = writeString(text, { column: 0, indent: 0, simpleKey: true }).text === text;
  if (style === "plain") {
    const { block } = writeString(text, { column: 0, indent: 0, simpleKey: false });
    return isPlain ? node : { ...node, style: block ? "literal" : "double" };
  }
  if (isPlain) return { ...node, style: "plain" };
  if (style !== "folded" || !text.includes("\n")) return node;
  const folded = refold(text);
  const change = { ...cause, before: node };
  return {
    ...node,
    text: folded,
    style: "literal",
    origin: folded === text ? origin : { place: origin.place, change },
  };
}
