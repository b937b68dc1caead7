import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import type { DocumentParameters, Feature, FeatureContext } from "../analysis/feature";
import { objectOf } from "../render/originData";
import type { SourceDocument } from "../yaml/document";
import { getValue, type Node, textOf } from "../yaml/node";
import type { Place } from "../yaml/source";
import { toRange } from "./range";

/**
 * The outline: of manifests that a domain understands or a kustomization includes the objects with their fields, of other
 * documents that a domain understands their fields, of a rendered document its objects.
 */
export const documentSymbolsFeature: Feature<DocumentParameters, readonly DocumentSymbol[]> = {
  method: "textDocument/documentSymbol",
  capabilities: { documentSymbolProvider: true },
  empty: [],
  handle(_, context) {
    const { document, snapshot, domains } = context;
    if (document?.kind === "rendered") return renderedObjects(document.root, context);
    if (document === undefined) return [];
    const included = snapshot.graph.includersOf(document.path).length > 0;
    return snapshot.documents(document.path).flatMap((each) => {
      const understood = domains.some((domain) => domain.understands(each));
      if (!understood && !included) return [];
      const levels = each.end - each.start > largeDocument ? 3 : 20;
      const own = object(each, levels);
      return own.length > 0 || !understood ? own : fields(each.root, levels);
    });
  },
};

function renderedObjects(root: string, { shownBuild }: FeatureContext): DocumentSymbol[] {
  const text = shownBuild(root)?.text;
  if (text === undefined) return [];
  const { documents } = text.emitted;
  return documents.map((each, i) => {
    const end = documents[i + 1]?.offset ?? text.file.text.length;
    const { kind, name } = objectOf(each.root);
    return symbol(`${kind} ${name}`, SymbolKind.Object, { file: text.file, start: each.offset, end });
  });
}

/** The object of a document with its fields; the operations of a JSON patch. */
function object({ file, start, end, root }: SourceDocument, levels: number): DocumentSymbol[] {
  if (root?.kind !== "mapping") return fields(root, levels);
  const { kind, name } = objectOf(root);
  if (kind === "") return [];
  const whole = symbol(`${kind} ${name}`.trim(), SymbolKind.Object, { file, start, end });
  return [{ ...whole, children: fields(root, levels) }];
}

/** Of longer documents, such as definitions of custom resources, only the upper levels are worth their symbols. */
const largeDocument = 100_000;

/** The fields and items below a node, down to some levels. */
function fields(node: Node | undefined, levels: number): DocumentSymbol[] {
  const below = (value: Node) => levels > 1 && { children: fields(value, levels - 1) };
  if (node?.kind === "mapping") {
    return node.entries.map(({ key, value }) => {
      const whole: Place = { ...key.origin.place, end: endOf(value, key.origin.place) };
      return {
        ...symbol(key.text || '""', kindOf(value), whole, key.origin.place),
        ...(value.kind === "scalar" && { detail: oneLine(value.text) }),
        ...below(value),
      };
    });
  }
  if (node?.kind !== "sequence") return [];
  return node.items.map((item, i) => {
    const name = textOf(item) ?? textOf(getValue(item, "name")) ?? textOf(getValue(item, "path")) ?? String(i);
    return { ...symbol(oneLine(name) || '""', kindOf(item), item.origin.place), ...below(item) };
  });
}

/** An aliased value lies elsewhere: its entry ends with the key. */
function endOf(value: Node, key: Place): number {
  const { file, end } = value.origin.place;
  return file === key.file && end > key.end ? end : key.end;
}

function symbol(
  name: string,
  kind: SymbolKind,
  place: Place,
  selection: Place = { ...place, end: place.start },
): DocumentSymbol {
  return { name, kind, range: toRange(place), selectionRange: toRange(selection) };
}

function kindOf(node: Node): SymbolKind {
  if (node.kind === "mapping") return SymbolKind.Module;
  if (node.kind === "sequence") return SymbolKind.Array;
  if (node.tag === "int" || node.tag === "float") return SymbolKind.Number;
  return node.tag === "bool" ? SymbolKind.Boolean : SymbolKind.String;
}

function oneLine(text: string): string {
  const line = text.split("\n", 1)[0] ?? "";
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
