import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { originRequest } from "../../server/src/protocol/origin";
import { buildBundles } from "../support/builtServer";
import { LanguageTestClient, renderedUri, uriOf } from "../support/languageClient";
import { temporaryFolder } from "../support/temporaryFolder";

let module = "";
beforeAll(() => {
  module = join(buildBundles("lsp-random", ["server"]), "server.cjs");
});

/** What people type, and what they paste by mistake. */
const pieces = [
  ..."[]{}'\"|#\t%~?\u0000é😀",
  ..."\n|  |- |: |&a |*a|!!binary |<<: |null|../|\r\n|---\n|resources:|patches:\n- path: |images:\n- name: ".split("|"),
];

const requests = [
  "textDocument/hover",
  "textDocument/completion",
  "textDocument/definition",
  "textDocument/references",
  "textDocument/documentLink",
  "textDocument/documentSymbol",
  "textDocument/codeAction",
  "textDocument/codeLens",
];

test.each([1, 2, 3])("no random edit makes a handler fail (seed %i)", async (seed) => {
  const folder = temporaryFolder({});
  cpSync(fileURLToPath(new URL("../../examples/person-service", import.meta.url)), folder, { recursive: true });
  const client = await LanguageTestClient.start(module, { folders: [folder] });
  const random = randomNumbers(seed);
  const paths = ["base/kustomization", "base/deployment", "overlays/prod/kustomization", "overlays/prod/route-host"];
  const root = join(folder, "config/overlays/prod");
  const texts = new Map(paths.map((path) => [join(folder, `config/${path}.yaml`), ""]));
  for (const path of texts.keys()) {
    texts.set(path, readFileSync(path, "utf8"));
    client.open(path);
  }
  for (let i = 0; i < 60; i++) {
    const [path, text] = [...texts][random(texts.size)] ?? ["", ""];
    const start = random(text.length);
    const before = text.slice(start, start + (random(3) === 0 ? random(20) : 0));
    texts.set(path, client.replace(path, text, { start, before, after: pieces[random(pieces.length)] ?? "" }));
    const position = { line: random(40), character: random(40) };
    const range = { start: { line: 0, character: 0 }, end: position };
    const context = { diagnostics: [], includeDeclaration: true };
    const parameters = { position, range, context };
    await Promise.all([
      ...requests.map((method) => client.request(method, { textDocument: { uri: uriOf(path) }, ...parameters })),
      client.request("textDocument/hover", { textDocument: { uri: renderedUri(root) }, position }),
      client.request(originRequest, { uri: renderedUri(root), position }),
      client.preview(root),
    ]);
  }
  expect(client.log).toEqual([]);
});

/** Numbers below the one asked for; the same for the same seed. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % Math.max(1, below);
  };
}
