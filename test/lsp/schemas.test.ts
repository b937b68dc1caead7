import { dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { Hover, MarkupContent } from "vscode-languageserver-types";
import { buildBundles } from "../support/builtServer";
import { LanguageTestClient, uriOf } from "../support/languageClient";
import { temporaryFolder } from "../support/temporaryFolder";

let module = "";
beforeAll(() => {
  module = join(buildBundles("lsp-schemas", ["server"]), "server.cjs");
});

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: books.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {kind: Book, plural: books}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: {type: object, properties: {isbn: {type: string, description: What is on its back.}}}
`;
const book = "apiVersion: example.com/v1\nkind: Book\nmetadata: {name: a}\nspec:\n  isbm: a\n";

const other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\ndata: {}\n";

/** A workspace whose settings name a folder outside of it, where a definition lies. */
async function openBook(trusted: boolean): Promise<{ readonly path: string; readonly client: LanguageTestClient }> {
  const folder = temporaryFolder({
    "work/book.yaml": book,
    "work/other.yaml": other,
    "schemas/books.yaml": definition,
  });
  const client = await LanguageTestClient.start(module, {
    folders: [join(folder, "work")],
    initializationOptions: { trusted },
    configuration: { schemas: { folder: "../schemas" } },
  });
  const path = join(folder, "work/book.yaml");
  client.open(path);
  return { path, client };
}

test("a folder of the settings brings schemas, and a hover says so", async () => {
  const { path, client } = await openBook(true);
  expect(await client.codes(path, (codes) => codes.length > 0)).toEqual(["schema/unknown-field"]);
  client.edit(path, book, "isbm", "isbn");
  expect(await client.codes(path, (codes) => codes.length === 0)).toEqual([]);
  const hover = await client.request<Hover | null>("textDocument/hover", {
    textDocument: { uri: uriOf(path) },
    position: { line: 4, character: 3 },
  });
  const value = (hover?.contents as MarkupContent | undefined)?.value;
  expect(value).toContain("What is on its back.");
  expect(value).toMatch(/from the folder of schemas, .*books\.yaml\*$/);
});

test("a workspace that nobody trusts names no folder", async () => {
  const { path, client } = await openBook(false);
  // Files that are not open are read after the settings, and checked together with those that are.
  const other = join(dirname(path), "other.yaml");
  expect(await client.codes(other, (codes) => codes.length > 0)).toEqual(["yaml/duplicate-key"]);
  expect(await client.codes(path, () => true)).toEqual([]);
});
