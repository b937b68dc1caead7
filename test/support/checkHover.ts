import { expect } from "vitest";
import type { Hover, MarkupContent } from "vscode-languageserver-types";
import { hoverFeature } from "../../server/src/features/hover";
import { offsetAt, positionAt } from "../../server/src/yaml/source";
import { openEditor } from "./editor";
import { folder } from "./fixture";

/** Checks the hover at the cursor of a fixture; where the fixture marks a range, that it is the hover's. */
export async function checkHover(text: string, expected: string | null): Promise<void> {
  const editor = await openEditor(text);
  const hover = await editor.askAtCursor<Hover | null>(hoverFeature);
  expect(hover && (hover.contents as MarkupContent).value).toEqual(expected);
  const [range] = editor.fixture.ranges;
  if (range === undefined || hover?.range === undefined) return;
  const file = { path: range.path, text: editor.fixture.files.get(range.path) ?? "" };
  expect([offsetAt(file, hover.range.start), offsetAt(file, hover.range.end)]).toEqual([range.start, range.end]);
}

/** Checks the hover on the first line of the rendered document of `root` that holds `line`. */
export async function checkRenderedHover(text: string, root: string, line: string, expected: string): Promise<void> {
  const editor = await openEditor(text);
  const { rendered, position } = await findRendered(editor, root, line);
  const hover = await editor.ask<Hover | null>(hoverFeature, rendered, { position });
  expect(hover && (hover.contents as MarkupContent).value).toEqual(expected);
}

/** The position of a text in a rendered document. */
export async function findRendered(editor: Awaited<ReturnType<typeof openEditor>>, root: string, line: string) {
  const rendered = { kind: "rendered" as const, root: root === "." ? folder : `${folder}/${root}` };
  const output = await editor.ask<string>(
    {
      method: "",
      capabilities: {},
      empty: "",
      handle: (_, context) => context.shownBuild(rendered.root)?.text.file.text ?? "",
    },
    rendered,
  );
  const at = output.indexOf(line);
  if (at < 0) throw new Error(`'${line}' is not in the rendered text:\n${output}`);
  return { rendered, position: positionAt({ path: "", text: output }, at + line.length - 1) };
}
