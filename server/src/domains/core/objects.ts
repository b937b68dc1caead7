import { baseName } from "../../platform/path";
import type { SourceDocument } from "../../yaml/document";
import { getValue, type Node, textOf } from "../../yaml/node";
import type { SourceFile } from "../../yaml/source";

/** Marks of Helm, Jinja, ERB and the like: text that becomes YAML later. `${{ … }}` and `'{{ … }}'` in a value are text. */
const templateLine = /^[ \t]*(?:-[ \t]+)?(?:\{\{[^}]|\{%|<%|#@|\[\[[^\]]*\]\])/m;

/** Whether a document is text for Helm, Jinja, ytt or the like, which becomes YAML later. */
export function isTemplated({ file, start, end, problems }: SourceDocument): boolean {
  const text = file.text.slice(start, end);
  if (templateLine.test(text)) return true;
  return problems.length > 0 && /\{\{|\{%|<%|\$\{|\$\(|%\(|@@/.test(text);
}

/** Whether a document is an object of an API: it says its apiVersion and kind. Kustomization files are none. */
export function isObject(document: SourceDocument): boolean {
  const { root, file } = document;
  if (textOf(getValue(root, "apiVersion")) === undefined || textOf(getValue(root, "kind")) === undefined) return false;
  return !isKustomizeFile(file.path, root) && !isTemplated(document) && !isInChart(file.path);
}

/** A quick look at the text of a file. */
export function mayHoldObjects(file: SourceFile): boolean {
  return /^["']?apiVersion["']?:/m.test(file.text) && /^["']?kind["']?:/m.test(file.text) && !isInChart(file.path);
}

/** Kustomizations are another domain's business, unless they are Flux' kind of that name. */
function isKustomizeFile(path: string, root: Node | undefined): boolean {
  if (textOf(getValue(root, "apiVersion"))?.startsWith("kustomize.config.k8s.io/")) return true;
  return (
    /^kustomization\.ya?ml$|^Kustomization$/.test(baseName(path)) && textOf(getValue(root, "kind")) !== "Kustomization"
  );
}

/** Files below the `templates` of a Helm chart are text for Go's templates. */
function isInChart(path: string): boolean {
  return /\/templates\//.test(path) && /\/(?:charts?|helm)[^/]*\//i.test(path);
}
