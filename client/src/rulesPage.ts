import { type Diagnostic, Uri, workspace } from "vscode";

/** Links from the code of a finding to what is said of its rule. The page is a file of the extension, so they work offline. */
export interface RulesPage {
  /** Points the codes of diagnostics to the lines where the page tells of them. */
  link(diagnostics: readonly Diagnostic[]): void;
}

/**
 * Reads the headings of the page. VS Code opens a link to a heading of a Markdown file at its top, wherever the heading is,
 * and a link with a line number (`rules.md#L120`) at that line: in a hover, in the Problems view and where F8 leads.
 * @returns a page that leaves links as they are when the file cannot be read
 */
export async function readRulesPage(page: string): Promise<RulesPage> {
  const uri = Uri.parse(page);
  const lines = await workspace.fs.readFile(uri).then(
    (bytes) => findHeadings(new TextDecoder().decode(bytes)),
    () => new Map<string, number>(),
  );
  return {
    link(diagnostics) {
      for (const diagnostic of diagnostics) {
        const { code } = diagnostic;
        if (typeof code !== "object") continue;
        const line = lines.get(String(code.value));
        if (line !== undefined) diagnostic.code = { ...code, target: uri.with({ fragment: `L${line}` }) };
      }
    },
  };
}

/** The lines of the headings, counted from 1, by the code that each consists of: `### kustomization/missing-file`. */
function findHeadings(text: string): ReadonlyMap<string, number> {
  const headings = text.split("\n").map((line, i) => [/^### (\S+)\s*$/.exec(line)?.[1] ?? "", i + 1] as const);
  return new Map(headings.filter(([code]) => code !== ""));
}
