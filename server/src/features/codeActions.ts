import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Range,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver-types";
import type { DocumentParameters, Feature, FeatureContext } from "../analysis/feature";
import type { Finding, Fix, TextChange } from "../analysis/finding";
import { lineStart } from "../yaml/textEdit";
import { findWritePosition } from "../yaml/writePosition";
import { toRange } from "./range";

interface CodeActionParameters extends DocumentParameters {
  readonly range: Range;
  readonly context: { readonly diagnostics: readonly Diagnostic[]; readonly only?: readonly string[] };
}

/** Repairs everything in a file that has one obvious repair. */
const fixAllKind = `${CodeActionKind.SourceFixAll}.gitopsAuthor`;

/** The fixes of the rules for what is found at a range, the same for the whole file, and a comment that silences a finding. */
export const codeActionsFeature: Feature<CodeActionParameters, readonly CodeAction[]> = {
  method: "textDocument/codeAction",
  capabilities: { codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] } },
  empty: [],
  handle({ range, context: { diagnostics, only } }, context) {
    if (context.document?.kind !== "source") return [];
    const { path } = context.document;
    const text = context.snapshot.file(path)?.text;
    // Findings of an older text would be repaired at wrong places; newer ones are on their way.
    const findings = context.findings(path).filter(({ place }) => place.file.text === text);
    const wants = (kind: string) =>
      only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`));
    const here = findings.filter(({ place }) => overlaps(toRange(place), range));
    const actions: CodeAction[] = [];
    if (wants(CodeActionKind.QuickFix)) {
      for (const finding of here) actions.push(...quickFixes(finding, diagnostics, context));
      for (const code of new Set(here.map((finding) => finding.code))) {
        actions.push(
          ...fixAllOfKind(
            findings.filter((finding) => finding.code === code),
            context,
          ),
        );
      }
      for (const finding of here) actions.push(...silence(finding, diagnostics, context));
    }
    if (only !== undefined && wants(fixAllKind)) actions.push(...fixAll(findings, context));
    return actions;
  },
};

function fixesOf(finding: Finding, { rules, snapshot }: FeatureContext): readonly Fix[] {
  return rules.find(finding.code)?.fix?.(finding, { snapshot }) ?? [];
}

function quickFixes(finding: Finding, diagnostics: readonly Diagnostic[], context: FeatureContext): CodeAction[] {
  return fixesOf(finding, context).map((fix) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnosticsOf(finding, diagnostics),
    ...(fix.preferred === true && { isPreferred: true }),
    edit: toWorkspaceEdit(fix, context),
  }));
}

function fixAllOfKind(findings: readonly Finding[], context: FeatureContext): CodeAction[] {
  if (findings.length < 2) return [];
  const edits = joined(findings.flatMap((finding) => obvious(finding, context)));
  if (edits.fixes < 2) return [];
  const title = `Fix all ${edits.fixes} of '${findings[0]?.code ?? ""}' in this file`;
  return [{ title, kind: CodeActionKind.QuickFix, edit: toWorkspaceEdit({ title, edits: edits.changes }, context) }];
}

function fixAll(findings: readonly Finding[], context: FeatureContext): CodeAction[] {
  const { changes } = joined(findings.flatMap((finding) => obvious(finding, context)));
  if (changes.length === 0) return [];
  const title = "Fix everything that has one obvious fix";
  return [{ title, kind: fixAllKind, edit: toWorkspaceEdit({ title, edits: changes }, context) }];
}

/** The obvious fix of a finding, when it has one that only changes text. */
function obvious(finding: Finding, context: FeatureContext): readonly Fix[] {
  const fix = fixesOf(finding, context).find(({ preferred, creates }) => preferred === true && creates === undefined);
  return fix === undefined ? [] : [fix];
}

/** The changes of several fixes; one that overlaps with an earlier one is left out. */
function joined(fixes: readonly Fix[]): { readonly changes: readonly TextChange[]; readonly fixes: number } {
  const changes: TextChange[] = [];
  let count = 0;
  for (const { edits } of fixes) {
    const clear = edits.every((edit) => changes.every((other) => !collides(edit, other)));
    if (!clear) continue;
    changes.push(...edits);
    count++;
  }
  return { changes, fixes: count };
}

function collides(a: TextChange, b: TextChange): boolean {
  if (a.place.file.path !== b.place.file.path) return false;
  return a.place.start <= b.place.end && b.place.start <= a.place.end;
}

/** A comment above the line that turns the rule off there; not inside a block scalar, where it would be text. */
function silence(finding: Finding, diagnostics: readonly Diagnostic[], context: FeatureContext): CodeAction[] {
  const { file, start } = finding.place;
  if (findWritePosition(file, start) === undefined) return [];
  const at = lineStart(file.text, start);
  const margin = /^ */.exec(file.text.slice(at))?.[0] ?? "";
  const eol = file.text.includes("\r\n") ? "\r\n" : "\n";
  const text = `${margin}# gitops-author-disable-next-line ${finding.code}${eol}`;
  const title = `Disable '${finding.code}' for this line`;
  const edits = [{ place: { file, start: at, end: at }, text }];
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnosticsOf(finding, diagnostics),
      edit: toWorkspaceEdit({ title, edits }, context),
    },
  ];
}

function diagnosticsOf({ code, place }: Finding, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const range = toRange(place);
  return diagnostics.filter((each) => each.code === code && overlaps(each.range, range));
}

function toWorkspaceEdit({ edits, creates = [] }: Fix, { toUri }: FeatureContext): WorkspaceEdit {
  const byUri = new Map<string, TextEdit[]>();
  for (const { place, text } of edits) {
    const uri = toUri(place.file.path);
    const known = byUri.get(uri) ?? [];
    known.push({ range: toRange(place), newText: text });
    byUri.set(uri, known);
  }
  if (creates.length === 0) return { changes: Object.fromEntries(byUri) };
  const start = { line: 0, character: 0 };
  const changed = [...byUri].map(
    ([uri, list]): TextDocumentEdit => ({ textDocument: { uri, version: null }, edits: list }),
  );
  const made = creates.flatMap(({ path, text }) => {
    const uri = toUri(path);
    const fill: TextDocumentEdit = {
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: start }, newText: text }],
    };
    return [{ kind: "create" as const, uri, options: { ignoreIfExists: true } }, ...(text === "" ? [] : [fill])];
  });
  return { documentChanges: [...made, ...changed] };
}

function overlaps(a: Range, b: Range): boolean {
  return isBefore(a.start, b.end) && isBefore(b.start, a.end);
}

function isBefore(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}
