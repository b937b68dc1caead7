import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { CodeAction, CompletionItem, DocumentLink, Location, TextEdit } from "vscode-languageserver-types";
import { buildBundles } from "../support/builtServer";
import { LanguageTestClient, uriOf } from "../support/languageClient";
import { temporaryFolder } from "../support/temporaryFolder";

let module = "";
beforeAll(() => {
  module = join(buildBundles("lsp-authoring", ["server"]), "server.cjs");
});

const files = {
  "base/kustomization.yaml": "resources:\n- settings.yaml\n",
  "base/settings.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n",
  "dev/kustomization.yaml": "bases:\n- ../base # the base\nnamePrefx: dev-\n",
};

async function open(): Promise<{ readonly dev: string; readonly folder: string; readonly client: LanguageTestClient }> {
  const folder = temporaryFolder(files);
  const client = await LanguageTestClient.start(module, { folders: [folder] });
  const dev = join(folder, "dev/kustomization.yaml");
  client.open(dev);
  return { dev, folder, client };
}

/** Types the edits of an action into the open text. */
function apply(client: LanguageTestClient, path: string, text: string, action: CodeAction | undefined): string {
  let result = text;
  const edits: readonly TextEdit[] = action?.edit?.changes?.[uriOf(path)] ?? [];
  expect(edits).not.toEqual([]);
  for (const { range, newText } of edits.toReversed()) {
    const lines = result.split("\n");
    const before = [...lines.slice(0, range.start.line), lines[range.start.line]?.slice(0, range.start.character)].join(
      "\n",
    );
    const upTo = [...lines.slice(0, range.end.line), lines[range.end.line]?.slice(0, range.end.character)].join("\n");
    const changed = before + newText + result.slice(upTo.length);
    client.edit(path, result, result, changed);
    result = changed;
  }
  return result;
}

test("a misspelt and a deprecated field are repaired by their quick fixes", async () => {
  const { dev, client } = await open();
  const codes = await client.codes(dev, (found) => found.length === 2);
  expect(codes).toEqual(["kustomization/deprecated-field", "kustomization/unknown-field"]);
  const fix = async (code: string, title: string, text: string): Promise<string> => {
    const diagnostics = (client.diagnostics.get(uriOf(dev)) ?? []).filter((each) => each.code === code);
    const actions = await client.request<readonly CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: uriOf(dev) },
      range: diagnostics[0]?.range,
      context: { diagnostics },
    });
    return apply(
      client,
      dev,
      text,
      actions.find((action) => action.title === title),
    );
  };
  const first = await fix("kustomization/unknown-field", "Change to 'namePrefix'", files["dev/kustomization.yaml"]);
  await client.codes(dev, (found) => found.length === 1);
  const second = await fix("kustomization/deprecated-field", "Use 'resources' instead of 'bases'", first);
  await client.codes(dev, (found) => found.length === 0);
  expect(second).toBe(
    "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- ../base # the base\nnamePrefix: dev-\n",
  );
});

test("completion follows what is being typed", async () => {
  const { dev, client } = await open();
  await client.codes(dev, (found) => found.length === 2);
  const typed = client.edit(
    dev,
    files["dev/kustomization.yaml"],
    "bases:\n- ../base # the base\nnamePrefx: dev-\n",
    "resources:\n- ",
  );
  const at = { textDocument: { uri: uriOf(dev) }, position: { line: 1, character: 2 } };
  const paths = await client.request<readonly CompletionItem[]>("textDocument/completion", at);
  expect(paths.map(({ label }) => label)).toEqual(["../base"]);
  client.edit(dev, typed, "resources:\n- ", "resources:\n- ../base\npa");
  const below = { ...at, position: { line: 2, character: 2 } };
  const fields = await client.request<readonly CompletionItem[]>("textDocument/completion", below);
  expect(fields.map(({ label }) => label)).toContain("patches");
});

test("paths are links, lead to their files, and files know who includes them", async () => {
  // As an editor does: it asks for links once, right after the file is opened.
  const { dev, folder, client } = await open();
  const textDocument = { uri: uriOf(dev) };
  const base = uriOf(join(folder, "base/kustomization.yaml"));
  const links = await client.request<readonly DocumentLink[]>("textDocument/documentLink", { textDocument });
  expect(links.map(({ target }) => target)).toEqual([base]);
  const position = { line: 1, character: 4 };
  const targets = await client.request<readonly Location[]>("textDocument/definition", { textDocument, position });
  expect(targets.map(({ uri }) => uri)).toEqual([base]);
  const includers = await client.request<readonly Location[]>("textDocument/references", {
    textDocument: { uri: base },
    position: { line: 0, character: 0 },
    context: { includeDeclaration: false },
  });
  expect(includers.map(({ uri }) => uri)).toEqual([uriOf(dev)]);
});
