import { expect, test } from "vitest";
import type { DocumentSymbol, FoldingRange } from "vscode-languageserver-types";
import { documentSymbolsFeature } from "../../../server/src/features/documentSymbols";
import { foldingRangesFeature } from "../../../server/src/features/foldingRanges";
import { openEditor } from "../../support/editor";
import { folder } from "../../support/fixture";

const tree = `
#- all.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
  - name: http
    port: 80
---
# scaled by hand
# for now
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
#- compose.yaml
services:
  web:
    image: a
`;
const all = { kind: "source", path: `${folder}/all.yaml` } as const;
const other = { kind: "source", path: `${folder}/compose.yaml` } as const;

test("the outline of several documents has each object with its kind and name, and the way down to every field", async () => {
  const editor = await openEditor(tree);
  const symbols = await editor.ask<readonly DocumentSymbol[]>(documentSymbolsFeature, all);
  expect(symbols.map(({ name }) => name)).toEqual(["Service web", "Deployment web"]);
  const way: string[] = [];
  for (let at = symbols[0]; at !== undefined; at = at.children?.at(-1)) way.push(at.name);
  expect(way).toEqual(["Service web", "spec", "ports", "http", "port"]);
  expect(symbols.map(({ range }) => [range.start.line, range.end.line])).toEqual([
    [0, 8],
    [9, 14],
  ]);
});

test("what folds are the documents, fields, items and comments of ours", async () => {
  const editor = await openEditor(tree);
  const ranges = await editor.ask<readonly FoldingRange[]>(foldingRangesFeature, all);
  expect(ranges.map(({ startLine, endLine, kind }) => [startLine, endLine, kind])).toEqual([
    [2, 3, undefined],
    [4, 7, undefined],
    [5, 7, undefined],
    [6, 7, undefined],
    [8, 13, undefined],
    [9, 10, "comment"],
  ]);
});

test("other texts are left to the editor", async () => {
  const editor = await openEditor(tree);
  expect(await editor.ask(foldingRangesFeature, other)).toBeNull();
  expect(await editor.ask(documentSymbolsFeature, other)).toEqual([]);
});
