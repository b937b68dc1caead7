import { expect } from "vitest";
import type { CodeAction, TextDocumentEdit, TextEdit } from "vscode-languageserver-types";
import { codeActionsFeature } from "../../server/src/features/codeActions";
import { toRange } from "../../server/src/features/range";
import { offsetAt } from "../../server/src/yaml/source";
import { applyEdits } from "../../server/src/yaml/textEdit";
import { openEditor } from "./editor";
import { folder, parseFixture } from "./fixture";

/** Files by path after an action; those that did not change are left out. */
export type Changed = ReadonlyMap<string, string>;

/** The actions that an editor offers for the findings with a code, by title, with what each does to the files. */
export async function findFixes(text: string, code: string): Promise<ReadonlyMap<string, Changed>> {
  const editor = await openEditor(text);
  const found = new Map<string, Changed>();
  for (const finding of editor.findings.filter((each) => each.code === code)) {
    const document = { kind: "source" as const, path: finding.place.file.path };
    const parameters = { range: toRange(finding.place), context: { diagnostics: [], only: ["quickfix"] } };
    const actions = await editor.ask<readonly CodeAction[]>(codeActionsFeature, document, parameters);
    for (const action of actions)
      if (!found.has(action.title)) found.set(action.title, applied(action, editor.fixture.files));
  }
  return found;
}

/** Checks that the action `title` for a code turns the fixture into `after` (a fixture with the files that differ). */
export async function checkFix(text: string, code: string, title: string, after: string): Promise<void> {
  const fixes = await findFixes(text, code);
  expect([...fixes.keys()]).toContain(title);
  const expected = [...parseFixture(after).files].filter(
    ([path, content]) => parseFixture(text).files.get(path) !== content,
  );
  expect(Object.fromEntries(fixes.get(title) ?? [])).toEqual(Object.fromEntries(expected));
}

function applied({ edit }: CodeAction, files: ReadonlyMap<string, string>): Changed {
  const edits = new Map<string, readonly TextEdit[]>();
  const created: string[] = [];
  for (const [uri, list] of Object.entries(edit?.changes ?? {})) edits.set(uri, list);
  for (const change of edit?.documentChanges ?? []) {
    if ("kind" in change && change.kind === "create") created.push(change.uri);
    else edits.set((change as TextDocumentEdit).textDocument.uri, (change as TextDocumentEdit).edits as TextEdit[]);
  }
  const changed = new Map<string, string>();
  for (const uri of created) changed.set(uri.replace("file://", ""), "");
  for (const [uri, list] of edits) {
    const path = uri.replace("file://", "");
    const file = { path, text: files.get(path) ?? "" };
    const offsets = list.map(({ range, newText }) => ({
      start: offsetAt(file, range.start),
      end: offsetAt(file, range.end),
      text: newText,
    }));
    changed.set(path, applyEdits(file.text, offsets));
  }
  return changed;
}

/** A path of a fixture. */
export function inFolder(path: string): string {
  return `${folder}/${path}`;
}
