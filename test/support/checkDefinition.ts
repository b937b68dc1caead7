import { expect } from "vitest";
import { type DocumentHighlight, DocumentHighlightKind, type Location } from "vscode-languageserver-types";
import { definitionFeature } from "../../server/src/features/definition";
import { documentHighlightsFeature } from "../../server/src/features/documentHighlights";
import { referencesFeature } from "../../server/src/features/references";
import type { AnyFeature } from "../../server/src/lsp/features";
import { findRendered } from "./checkHover";
import { type Editor, openEditor } from "./editor";
import { folder } from "./fixture";

/** Checks where the cursor of a fixture leads, as `path` or `path 'text'`, for example `base/kustomization.yaml`. */
export async function checkDefinition(text: string, expected: readonly string[]): Promise<void> {
  await checkLocations(text, definitionFeature, expected);
}

/** Checks who names the thing at the cursor; with `includeDeclaration` also where it is defined. */
export async function checkReferences(
  text: string,
  expected: readonly string[],
  { includeDeclaration = false } = {},
): Promise<void> {
  await checkLocations(text, referencesFeature, expected, { context: { includeDeclaration } });
}

/** Checks which places of the file an editor marks for the cursor, as `line:column W` for one that defines and `R` for one that uses. */
export async function checkHighlights(text: string, expected: readonly string[] | null): Promise<void> {
  const editor = await openEditor(text);
  const found = await editor.askAtCursor<readonly DocumentHighlight[] | null>(documentHighlightsFeature);
  const shown = found?.map(({ range: { start }, kind }) => {
    return `${start.line + 1}:${start.character + 1} ${kind === DocumentHighlightKind.Write ? "W" : "R"}`;
  });
  expect(shown ?? null).toEqual(expected);
}

/** Checks where a text of the rendered document of `root` leads. */
export async function checkRenderedDefinition(
  text: string,
  root: string,
  line: string,
  ...expected: readonly string[]
): Promise<void> {
  const editor = await openEditor(text);
  const { rendered, position } = await findRendered(editor, root, line);
  const locations = await editor.ask<readonly Location[]>(definitionFeature, rendered, { position });
  expect(locations.map((location) => describe(location, editor))).toEqual(expected);
}

async function checkLocations(
  text: string,
  feature: AnyFeature,
  expected: readonly string[],
  parameters: object = {},
): Promise<void> {
  const editor = await openEditor(text);
  const locations = await editor.askAtCursor<readonly Location[]>(feature, parameters);
  expect(locations.map((location) => describe(location, editor))).toEqual(expected);
}

function describe({ uri, range }: Location, { fixture }: Pick<Editor, "fixture">): string {
  const path = uri.replace("file://", "");
  const lines = (fixture.files.get(path) ?? "").split("\n");
  const found = (lines[range.start.line] ?? "").slice(range.start.character, range.end.character);
  const shown = path.replace(`${folder}/`, "");
  return found === "" || range.start.line !== range.end.line ? shown : `${shown}:${range.start.line + 1} '${found}'`;
}
