import { isKustomizationName } from "../../kubernetes/kustomizationFileNames";
import { baseName } from "../../platform/path";
import type { SourceDocument } from "../../yaml/document";
import { getValue, type Mapping, type Node, textOf } from "../../yaml/node";
import type { SourceFile } from "../../yaml/source";

/** Whether the name of a file makes it a kustomization. */
export function hasKustomizationName(path: string): boolean {
  return isKustomizationName(baseName(path));
}

/**
 * Whether a document is a kustomization: the first one in a file of that name. Flux has a kind of the same name in another
 * API group, which some repositories keep in a file of the same name.
 */
export function isKustomization(document: SourceDocument): boolean {
  if (!hasKustomizationName(document.file.path)) return false;
  return !isOfFlux(document.root) && !isTemplate(document);
}

/** Whether a document is text for Helm, Jinja or the like, which becomes YAML later: placeholders, and no YAML yet. */
function isTemplate({ file, problems }: SourceDocument): boolean {
  return problems.length > 0 && /\{\{-?\s*(?:\.|\$|range\b|if\b|end\b|with\b|include\b|template\b)|\{%/.test(file.text);
}

/** A quick look at the text of a file. */
export function mayBeKustomization(file: SourceFile): boolean {
  return hasKustomizationName(file.path);
}

/** `Component` or `Kustomization`; what is neither is taken for the latter. */
export function kindOf(root: Node | undefined): "Kustomization" | "Component" {
  return textOf(field(root, "kind")) === "Component" ? "Component" : "Kustomization";
}

/** The value of a field of a kustomization; field names are read in any letter case, as Kustomize does. */
export function field(node: Node | undefined, name: string): Node | undefined {
  const exact = getValue(node, name);
  if (exact !== undefined || node?.kind !== "mapping") return exact;
  const folded = name.toLowerCase();
  return node.entries.findLast(({ key }) => key.text.toLowerCase() === folded)?.value;
}

/** The root of a kustomization when it is a mapping. */
export function rootMapping(document: SourceDocument | undefined): Mapping | undefined {
  return document?.root?.kind === "mapping" ? document.root : undefined;
}

function isOfFlux(root: Node | undefined): boolean {
  return textOf(getValue(root, "apiVersion"))?.startsWith("kustomize.toolkit.fluxcd.io/") ?? false;
}
