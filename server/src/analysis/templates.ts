import type { SourceDocument } from "../yaml/document";

/**
 * Lines that only a template has: of Helm, Jinja, ERB, ytt, or a script. `'{{ … }}'` and `${{ … }}` inside of a value are text,
 * and a document that is half typed is no template.
 */
const templateLine = /^[ \t]*(?:-[ \t]+)?(?:\{\{|\{%|<%|#@[ \t]|\$\{|@@|%\()|:[ \t]+\{\{|^[^#'"\n]*\S\{\{-/m;

/** Whether a document is text for Helm, Jinja, ytt or the like, which becomes YAML later. */
export function isTemplated({ file, start, end }: SourceDocument): boolean {
  const text = file.text.slice(start, end);
  return /\{\{|\{%|<%|#@|\$\{|@@|%\(/.test(text) && templateLine.test(text);
}
