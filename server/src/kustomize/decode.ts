import { didYouMean } from "../platform/didYouMean";
import { formatGoFloat32 } from "../yaml/goNumber";
import type { Entry, Mapping, Node, Scalar, Sequence } from "../yaml/node";
import { toPointerStep } from "../yaml/pointerStep";
import { scalarValue } from "../yaml/scalar";
import type { Place } from "../yaml/source";
import type { Problem } from "./problem";
import { goType, type Shape, text as textShape } from "./shape";

/** How a configuration is read. */
export interface DecodeOptions {
  /** `error`: a field that the shape does not know is a problem; `ignore`: it is dropped. */
  readonly unknownFields: "error" | "ignore";
  /**
   * Numbers and booleans may stand where a string belongs. `sigs`: as sigs.k8s.io/yaml makes strings of them, which it does
   * not in embedded structs; `text`: as go-yaml does, which takes their text. Kustomize reads kustomizations more strictly
   * than all other configurations.
   */
  readonly lenientStrings?: "sigs" | "text";
  /** What the file is, for messages: `Kustomization`, `transformer configuration`, … */
  readonly what: string;
}

export interface Decoded {
  /**
   * The value with the fields' proper names, each once, without nulls and without what does not fit. Scalars have the tag
   * of their shape, so their text can be used as it is.
   */
  readonly value: Mapping;
  readonly problems: readonly Problem[];
}

/**
 * Checks a value against a shape as Go's JSON decoder does (upstream reads kustomizations through sigs.k8s.io/yaml): names
 * in any letter case, the last of two equal fields wins, null is the same as absent, types are strict.
 */
export function decode(node: Node | undefined, shape: Shape, options: DecodeOptions): Decoded {
  const problems: Problem[] = [];
  const nothing: Mapping = { kind: "mapping", entries: [], origin: node?.origin ?? { place: nowhere } };
  if (node === undefined || isNull(node)) return { value: nothing, problems };
  const value = new Decoder(options, problems).decode(node, shape, "", options.lenientStrings !== undefined);
  return { value: value?.kind === "mapping" ? value : nothing, problems };
}

const nowhere: Place = { file: { path: "", text: "" }, start: 0, end: 0 };

class Decoder {
  constructor(
    private readonly options: DecodeOptions,
    private readonly problems: Problem[],
  ) {}

  /**
   * The value in its proper form; `undefined` when it does not fit, which is then a problem.
   * @param lenient whether numbers and booleans may stand where a string belongs, unless the shape says otherwise.
   */
  decode(node: Node, shape: Shape, path: string, lenient: boolean): Node | undefined {
    const inner = lenient && (shape.embedded !== true || this.options.lenientStrings === "text");
    switch (shape.kind) {
      case "any":
        return node;
      case "object":
        return node.kind === "mapping"
          ? this.fields(node, shape.fields, path, inner)
          : this.mismatch(node, shape, path);
      case "list":
        return node.kind === "sequence" ? this.items(node, shape.items, path, inner) : this.mismatch(node, shape, path);
      case "pairs":
        return node.kind === "mapping" ? this.pairs(node, path, inner) : this.mismatch(node, shape, path);
      default:
        return node.kind === "scalar" ? this.scalar(node, shape, path, inner) : this.mismatch(node, shape, path);
    }
  }

  private scalar(node: Scalar, shape: Shape, path: string, lenient: boolean): Scalar | undefined {
    if (fits(node, shape)) return node;
    if (!lenient || shape.kind !== "string" || node.tag === "null") return this.mismatch(node, shape, path);
    const value = this.options.lenientStrings === "sigs" ? scalarValue(node) : undefined;
    return { ...node, text: value?.kind === "float" ? formatGoFloat32(value.value) : node.text, tag: "str" };
  }

  private fields(node: Mapping, known: ReadonlyMap<string, Shape>, path: string, lenient: boolean): Mapping {
    const result = new Map<string, Entry>();
    for (const entry of inGoOrder(node.entries)) {
      const name = known.has(entry.key.text) ? entry.key.text : anyCase(entry.key.text, known);
      const shape = name === undefined ? undefined : known.get(name);
      if (name === undefined || shape === undefined) this.unknown(entry.key, known, path);
      else if (!isNull(entry.value)) {
        const value = this.decode(entry.value, shape, `${path}/${toPointerStep(entry.key.text)}`, lenient);
        if (value !== undefined) result.set(name, { key: named(entry.key, name), value });
      }
    }
    return { kind: "mapping", entries: [...result.values()], origin: node.origin };
  }

  private items(node: Sequence, shape: Shape, path: string, lenient: boolean): Node {
    const items: Node[] = [];
    node.items.forEach((item, i) => {
      const value = isNull(item) ? zero(item, shape) : this.decode(item, shape, `${path}/${i}`, lenient);
      if (value !== undefined) items.push(value);
    });
    return { kind: "sequence", items, origin: node.origin };
  }

  private pairs(node: Mapping, path: string, lenient: boolean): Mapping {
    const result = new Map<string, Entry>();
    for (const { key, value } of node.entries) {
      const at = `${path}/${toPointerStep(key.text)}`;
      const decoded = isNull(value) ? zero(value, textShape) : this.decode(value, textShape, at, lenient);
      if (decoded !== undefined) result.set(key.text, { key, value: decoded });
    }
    return { kind: "mapping", entries: [...result.values()], origin: node.origin };
  }

  private mismatch(node: Node, shape: Shape, path: string): undefined {
    const name = path.slice(path.lastIndexOf("/") + 1);
    this.problems.push({
      code: "kustomization/wrong-type",
      severity: "error",
      place: node.origin.place,
      message:
        path === ""
          ? `A ${this.options.what} must be a mapping of fields, not ${described(node)}.`
          : `${/^\d+$/.test(name) ? "This entry" : `\`${name}\``} must be ${wanted(shape)}, not ${described(node)}.`,
      help: remedy(node, shape),
      detail: mismatchDetail(node, shape, path),
      data: { path, expected: shape.kind },
    });
    return undefined;
  }

  private unknown(key: Scalar, known: ReadonlyMap<string, Shape>, path: string): void {
    if (this.options.unknownFields === "ignore") return;
    const suggestion = didYouMean(key.text, known.keys());
    this.problems.push({
      code: "kustomization/unknown-field",
      severity: "error",
      place: key.origin.place,
      message: `\`${key.text}\` is no field of ${path === "" ? `a ${this.options.what}` : ownerOf(path)}.`,
      help: suggestion === undefined ? "Remove it, or correct its name." : `Did you mean \`${suggestion}\`?`,
      detail: `json: unknown field "${key.text}"`,
      data: { field: key.text, path, ...(suggestion === undefined ? {} : { suggestion }) },
    });
  }
}

/** What a pointer leads to, for people: `/images/0` is an entry of `images`, `/images/0/x` is `x` in such an entry. */
function ownerOf(path: string): string {
  const steps = path.slice(1).split("/");
  const last = steps.pop() ?? "";
  if (!/^\d+$/.test(last)) return `\`${last}\`${steps.length === 0 ? "" : ` in ${ownerOf(`/${steps.join("/")}`)}`}`;
  const list = steps.pop() ?? "";
  const around = steps.length === 0 ? "" : ` in ${ownerOf(`/${steps.join("/")}`)}`;
  return `an entry of \`${list}\`${around}`;
}

/** Go reads JSON whose keys were sorted: so `Resources` comes before `resources`, and the latter wins. */
function inGoOrder(entries: readonly Entry[]): readonly Entry[] {
  const seen = new Set<string>();
  let sorted = true;
  for (const { key } of entries) {
    const folded = key.text.toLowerCase();
    if (seen.has(folded)) sorted = false;
    seen.add(folded);
  }
  if (sorted) return entries;
  const last = new Map(entries.map((entry) => [entry.key.text, entry]));
  return [...last.values()].sort((a, b) => (a.key.text < b.key.text ? -1 : 1));
}

function anyCase(name: string, known: ReadonlyMap<string, Shape>): string | undefined {
  const folded = name.toLowerCase();
  for (const candidate of known.keys()) if (candidate.toLowerCase() === folded) return candidate;
  return undefined;
}

function named(key: Scalar, name: string): Scalar {
  return key.text === name ? key : { ...key, text: name };
}

function fits(node: Scalar, shape: Shape): boolean {
  if (shape.kind === "boolean") return node.tag === "bool";
  if (shape.kind === "integer") {
    if ((node.tag !== "int" && node.tag !== "float") || !/^-?\d+$/.test(node.text)) return false;
    return BigInt.asIntN(64, BigInt(node.text)) === BigInt(node.text);
  }
  return node.tag === "str";
}

/** What Go leaves where a list or map holds a null: the type's zero value. */
function zero(node: Node, shape: Shape): Node | undefined {
  const { origin } = node;
  if (shape.kind === "string") return { kind: "scalar", text: "", tag: "str", style: "plain", origin };
  if (shape.kind === "object") return { kind: "mapping", entries: [], origin };
  return undefined;
}

function isNull(node: Node): boolean {
  return node.kind === "scalar" && node.tag === "null";
}

function wanted(shape: Shape): string {
  switch (shape.kind) {
    case "list":
      return "a list";
    case "pairs":
      return "a mapping of names to strings";
    case "boolean":
      return "true or false";
    case "integer":
      return "a whole number";
    default:
      return shape.kind === "string" ? "a string" : "a mapping";
  }
}

function described(node: Node): string {
  if (node.kind !== "scalar") return node.kind === "mapping" ? "a mapping" : "a list";
  if (node.tag === "bool") return `the boolean ${node.text}`;
  return node.tag === "str" ? "a string" : `the number ${node.text}`;
}

function remedy(node: Node, shape: Shape): string {
  if (shape.kind === "string" && node.kind === "scalar") return "Put it in quotes.";
  if (shape.kind === "list" && node.kind === "scalar") return "Write it as an entry of a list, behind `- `.";
  if (shape.kind === "boolean" && node.kind === "scalar") return "Write true or false without quotes.";
  if (shape.kind === "integer" && node.kind === "scalar") return "Write a whole number without quotes.";
  return `Write ${wanted(shape)}.`;
}

function mismatchDetail(node: Node, shape: Shape, path: string): string {
  const value = node.kind === "scalar" ? jsonKind(node) : node.kind === "mapping" ? "object" : "array";
  if (path === "") return `cannot unmarshal ${value} into Go value of type`;
  const type = shape.kind === "object" || shape.kind === "integer" ? "" : ` (of type ${goType(shape)})`;
  return type === "" ? `cannot unmarshal ${value}` : `cannot unmarshal ${value} into Go struct field`;
}

function jsonKind(node: Scalar): string {
  if (node.tag === "bool") return "bool";
  return node.tag === "str" ? "string" : "number";
}
