import { placeOfText } from "../../analysis/nameReference";
import type { Definition, ObjectName, Symbols } from "../../workspace/symbols";
import type { SourceDocument } from "../../yaml/document";
import { getValue, type Node, type Scalar, textOf } from "../../yaml/node";
import type { Place } from "../../yaml/source";
import { field, isKustomization } from "./kustomizationFiles";

const generators = [
  ["configMapGenerator", "ConfigMap"],
  ["secretGenerator", "Secret"],
] as const;

/** The ConfigMaps and Secrets that a kustomization makes, with those of their keys that it names itself. */
export function findGeneratedNames(document: SourceDocument): Symbols {
  if (document.root === undefined || document.problems.length > 0 || !isKustomization(document)) return noSymbols;
  const namespace = textOf(field(document.root, "namespace"));
  const definitions = generators.flatMap(([name, kind]) =>
    itemsOf(field(document.root, name)).flatMap((entry) => definitionsOf(entry, kind, namespace)),
  );
  return { definitions, mentions: [] };
}

const noSymbols: Symbols = { definitions: [], mentions: [] };

function definitionsOf(entry: Node, kind: string, around: string | undefined): readonly Definition[] {
  const name = getValue(entry, "name");
  if (name?.kind !== "scalar" || textOf(name) === undefined || name.text === "") return [];
  const namespace = around ?? textOf(getValue(entry, "namespace"));
  const object: ObjectName = { group: "", kind, name: name.text, namespace };
  // With these words it changes an object that is made elsewhere.
  const isPatch = ["merge", "replace"].includes(textOf(getValue(entry, "behavior")) ?? "");
  const patch = isPatch ? { isPatch: true as const } : {};
  const keys = keysOf(entry).map(([key, place]) => ({ object, part: { type: "key", name: key }, place, ...patch }));
  return [{ object, place: placeOfText(name), ...patch }, ...keys];
}

/** The keys before `=`, and the names of files without one. What files of variables hold is not known here. */
function keysOf(entry: Node): readonly (readonly [string, Place])[] {
  const literals = scalarsOf(getValue(entry, "literals")).flatMap((scalar) => {
    const equals = scalar.text.indexOf("=");
    return equals > 0 ? [part(scalar, 0, equals)] : [];
  });
  const files = scalarsOf(getValue(entry, "files")).map((scalar) => {
    const equals = scalar.text.indexOf("=");
    return equals > 0 ? part(scalar, 0, equals) : part(scalar, scalar.text.lastIndexOf("/") + 1, scalar.text.length);
  });
  return [...literals, ...files];
}

function part(scalar: Scalar, from: number, to: number): readonly [string, Place] {
  const { file, start, end } = placeOfText(scalar);
  // A text with escapes is longer in its file than what it says.
  const place =
    end - start === scalar.text.length ? { file, start: start + from, end: start + to } : { file, start, end };
  return [scalar.text.slice(from, to), place];
}

function scalarsOf(node: Node | undefined): readonly Scalar[] {
  return itemsOf(node).flatMap((item) => (item.kind === "scalar" ? [item] : []));
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === "sequence" ? node.items : [];
}
