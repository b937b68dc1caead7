import { expect } from "vitest";
import type { CompletionItem, TextEdit } from "vscode-languageserver-types";
import { completionFeature } from "../../server/src/features/completion";
import { offsetAt } from "../../server/src/yaml/source";
import { openEditor } from "./editor";

/** What is expected at the cursor of a fixture. */
export interface ExpectedCompletion {
  /** All labels in the order in which they are shown. */
  readonly labels?: readonly string[];
  /** Labels that are among them. */
  readonly includes?: readonly string[];
  /** Labels that are not. */
  readonly excludes?: readonly string[];
  /** The text of the file after a label was chosen; `$0`, `${1|a,b|}` and the like stay in it. */
  readonly choose?: readonly [label: string, after: string];
}

/** Checks what is offered at the cursor, and what choosing it does. */
export async function checkCompletion(text: string, expected: ExpectedCompletion): Promise<void> {
  const editor = await openEditor(text);
  const items = await editor.askAtCursor<readonly CompletionItem[]>(completionFeature);
  const sorted = [...items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
  const labels = sorted.map(({ label }) => label);
  if (expected.labels !== undefined) expect(labels).toEqual(expected.labels);
  for (const label of expected.includes ?? []) expect(labels).toContain(label);
  for (const label of expected.excludes ?? []) expect(labels).not.toContain(label);
  if (expected.choose === undefined) return;
  const [label, after] = expected.choose;
  const item = items.find((each) => each.label === label);
  const path = editor.fixture.cursor?.path ?? "";
  const file = { path, text: editor.fixture.files.get(path) ?? "" };
  if (item?.textEdit === undefined) throw new Error(`Not offered: ${label}`);
  const { range, newText } = item.textEdit as TextEdit;
  expect(file.text.slice(0, offsetAt(file, range.start)) + newText + file.text.slice(offsetAt(file, range.end))).toBe(
    after,
  );
}
