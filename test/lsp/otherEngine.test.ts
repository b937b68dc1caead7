import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { CodeLens } from "vscode-languageserver/node";
import { buildBundles } from "../support/builtServer";
import { getRealKustomize } from "../support/kubectl";
import { LanguageTestClient, renderedUri } from "../support/languageClient";
import { setVariable } from "../support/setVariable";
import { temporaryFolder } from "../support/temporaryFolder";

let module = "";
beforeAll(() => {
  module = join(buildBundles("lsp-engine", ["server"]), "server.cjs");
});

const files = {
  "app/kustomization.yaml": "namePrefix: dev-\nresources: [a.yaml]\n",
  "app/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n",
};

async function start(folder: string, trusted = true): Promise<LanguageTestClient> {
  const configuration = { render: { engine: "kubectl" } };
  return LanguageTestClient.start(module, {
    folders: [folder],
    configuration,
    initializationOptions: { trusted, settings: configuration },
  });
}

/** What stands above the first line of a preview, once it is something of the program. */
async function lens(client: LanguageTestClient, root: string): Promise<string> {
  for (;;) {
    const parameters = { textDocument: { uri: renderedUri(root) } };
    const lenses = await client.request<readonly CodeLens[]>("textDocument/codeLens", parameters);
    const found = lenses.map(({ command }) => command?.title ?? "").find((title) => title.includes("kubectl"));
    if (found !== undefined) return found;
    await new Promise((later) => setImmediate(later));
  }
}

test("a preview says that the real kubectl prints the same, and is silent about what is not saved", async () => {
  setVariable("PATH", [dirname(getRealKustomize().program), process.env["PATH"]].join(delimiter));
  const folder = temporaryFolder(files);
  const client = await start(folder);
  const root = join(folder, "app");
  expect(await client.preview(root)).toContain("dev-a");
  expect(await lens(client, root)).toBe("kubectl prints the same");

  const path = join(root, "kustomization.yaml");
  client.open(path);
  const text = client.edit(path, files["app/kustomization.yaml"], "dev-", "stage-");
  expect(await client.preview(root)).toContain("stage-a");
  const parameters = { textDocument: { uri: renderedUri(root) } };
  expect(await client.request("textDocument/codeLens", parameters)).toEqual([]);
  writeFileSync(path, text);
  client.changedOnDisk(path);
  expect(await lens(client, root)).toBe("kubectl prints the same");
});

test("another result is told by its line, and nothing runs without trust", async () => {
  const bin = temporaryFolder({});
  const program = join(bin, "kubectl");
  const ran = join(bin, "ran");
  writeFileSync(program, `#!/bin/sh\necho "$@" > '${ran}'\nprintf 'apiVersion: v1\\nkind: Secret\\n'\n`);
  chmodSync(program, 0o755);
  setVariable("PATH", [bin, process.env["PATH"]].join(delimiter));
  const folder = temporaryFolder(files);
  const root = join(folder, "app");
  const untrusted = await start(folder, false);
  await untrusted.preview(root);
  const client = await start(folder);
  await client.preview(root);
  expect(await lens(client, root)).toBe("kubectl prints something else, first on line 2: kind: Secret");
  expect(existsSync(ran)).toBe(true);
  const parameters = { textDocument: { uri: renderedUri(root) } };
  expect(await untrusted.request("textDocument/codeLens", parameters)).toEqual([]);
});
