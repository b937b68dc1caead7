import { cpSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { CancellationTokenSource, DiagnosticSeverity } from "vscode-languageserver/node";
import { type ObjectDefinition, objectDefinitionsRequest } from "../../server/src/protocol/objectDefinitions";
import {
  goToSourceRequest,
  originRequest,
  type PlaceInFile,
  type RenderedOrigin,
} from "../../server/src/protocol/origin";
import { type OverlayGraph, overlaysRequest } from "../../server/src/protocol/overlays";
import { type PreviewTarget, previewTargetsRequest } from "../../server/src/protocol/rendered";
import { buildBundles } from "../support/builtServer";
import { LanguageTestClient, renderedUri, uriOf } from "../support/languageClient";
import { temporaryFolder } from "../support/temporaryFolder";

const example = fileURLToPath(new URL("../../examples/person-service", import.meta.url));

let module = "";
beforeAll(() => {
  module = join(buildBundles("lsp", ["server"]), "server.cjs");
});

/** A copy of the example, open in an editor. */
async function openExample(): Promise<{ readonly folder: string; readonly client: LanguageTestClient }> {
  const folder = temporaryFolder({});
  cpSync(example, folder, { recursive: true });
  return { folder, client: await LanguageTestClient.start(module, { folders: [folder] }) };
}

async function open(files: Readonly<Record<string, string | Uint8Array>>): Promise<{
  readonly folder: string;
  readonly client: LanguageTestClient;
}> {
  const folder = temporaryFolder(files);
  return { folder, client: await LanguageTestClient.start(module, { folders: [folder] }) };
}

const small = {
  "base/kustomization.yaml": "resources:\n- settings.yaml\n",
  "base/settings.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  color: blue\n",
  "dev/kustomization.yaml": "namePrefix: dev-\nresources:\n- ../base\n",
};

/** Whether the server still answers. */
async function isAlive(client: LanguageTestClient): Promise<boolean> {
  const graph = await client.request<OverlayGraph>(overlaysRequest, null);
  return client.server.exitCode === null && Array.isArray(graph.kustomizations);
}

describe("diagnostics", () => {
  test("a mistake is underlined as it is typed and goes when it is repaired", async () => {
    const { folder, client } = await open(small);
    const path = join(folder, "base/kustomization.yaml");
    client.open(path);
    const broken = client.edit(path, small["base/kustomization.yaml"], "settings.yaml", "nothing.yaml");
    expect(await client.codes(path, (codes) => codes.length > 0)).toEqual(["kustomization/missing-file"]);
    client.edit(path, broken, "nothing.yaml", "settings.yaml");
    await client.codes(path, (codes) => codes.length === 0);
  });

  test("files that nobody opened have diagnostics too, and changes on disk arrive", async () => {
    const { folder, client } = await open({
      ...small,
      "dev/kustomization.yaml": "resources:\n- ../base\n- gone.yaml\n",
    });
    const path = join(folder, "dev/kustomization.yaml");
    expect(await client.codes(path, (codes) => codes.length > 0)).toEqual(["kustomization/missing-file"]);
    writeFileSync(join(folder, "dev/gone.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: here\n");
    client.changedOnDisk(join(folder, "dev/gone.yaml"));
    await client.codes(path, (codes) => codes.length === 0);
  });

  test("a base that breaks two overlays is reported once and names them", async () => {
    const { folder, client } = await open({
      ...small,
      "base/kustomization.yaml": "resources:\n- gone.yaml\n",
      "prod/kustomization.yaml": "resources:\n- ../base\n",
    });
    const path = join(folder, "base/kustomization.yaml");
    await client.codes(path, (codes) => codes.length === 1);
    const [diagnostic] = client.diagnostics.get(uriOf(path)) ?? [];
    await client.until(
      () => (client.diagnostics.get(uriOf(path))?.[0]?.relatedInformation?.length ?? 0) === 2,
      () => JSON.stringify(diagnostic),
    );
    expect(client.diagnostics.get(uriOf(join(folder, "prod/kustomization.yaml"))) ?? []).toEqual([]);
  });

  test("settings turn a rule off", async () => {
    const folder = temporaryFolder({
      ...small,
      "base/kustomization.yaml": "bases: []\nresources:\n- gone.yaml\n",
    });
    const client = await LanguageTestClient.start(module, {
      folders: [folder],
      configuration: { rules: { "kustomization/missing-file": "off" } },
    });
    const path = join(folder, "base/kustomization.yaml");
    const codes = await client.codes(path, (found) => found.length > 0);
    expect(codes).not.toContain("kustomization/missing-file");
  });
});

test("the repository's file says for everyone what is reported, as soon as it is typed", async () => {
  const settings = "rules:\n  kustomization/missing-file: hint\nexclude:\n- old\n";
  const { folder, client } = await open({
    ".gitops-author.yaml": settings,
    "kustomization.yaml": "resources:\n- gone.yaml\n",
    "old/kustomization.yaml": "resources:\n- gone.yaml\n",
  });
  const path = join(folder, "kustomization.yaml");
  const severities = (): unknown[] =>
    (client.diagnostics.get(uriOf(path)) ?? []).map(({ code, severity, source }) => [code, severity, source]);
  await client.codes(path, (codes) => codes.length === 1);
  expect(severities()).toEqual([["kustomization/missing-file", DiagnosticSeverity.Hint, "GitOps Author"]]);
  expect(client.diagnostics.get(uriOf(join(folder, "old/kustomization.yaml"))) ?? []).toEqual([]);
  const file = join(folder, ".gitops-author.yaml");
  client.open(file);
  client.edit(file, settings, "hint", "off");
  await client.codes(path, (codes) => codes.length === 0);
});

test("a part of a repository has the settings of the whole, and nothing above the repository has a say", async () => {
  const folder = temporaryFolder({
    ".gitops-author.yaml": "rules:\n  kustomization/missing-file: off\n",
    "inner/.git": "gitdir: elsewhere\n",
    "inner/.gitops-author.yaml": "rules:\n  kustomization/missing-file: hint\n",
    "inner/app/kustomization.yaml": "resources:\n- gone.yaml\n",
    "bare/.git": "gitdir: elsewhere\n",
    "bare/app/kustomization.yaml": "resources:\n- gone.yaml\n",
  });
  for (const [name, severity] of [
    ["inner", DiagnosticSeverity.Hint],
    ["bare", DiagnosticSeverity.Error],
  ] as const) {
    const client = await LanguageTestClient.start(module, { folders: [join(folder, name, "app")] });
    const path = join(folder, name, "app/kustomization.yaml");
    await client.codes(path, (codes) => codes.length === 1);
    expect(
      client.diagnostics.get(uriOf(path))?.map((each) => each.severity),
      name,
    ).toEqual([severity]);
  }
});

test("settings and git files above the opened folder are watched, and count as soon as they change", async () => {
  const top = temporaryFolder({
    "repo/.git/HEAD": "ref: refs/heads/main\n",
    "repo/.git/config": "",
    "repo/.gitops-author.yaml": "rules: {}\n",
    "repo/part/app/kustomization.yaml": "resources:\n- gone.yaml\n",
  });
  const folder = join(top, "repo/part/app");
  const client = await LanguageTestClient.start(module, { folders: [folder] });
  const path = join(folder, "kustomization.yaml");
  await client.codes(path, (codes) => codes.length === 1);
  const expected = [
    "**/*",
    `${top}/repo/.git/refs/heads/main`,
    `${top}/repo/.git/{HEAD,config,packed-refs}`,
    `${top}/repo/.gitops-author.yaml`,
    `${top}/repo/part/.gitops-author.yaml`,
  ];
  await client.until(
    () => JSON.stringify([...client.watchedPatterns()].sort()) === JSON.stringify(expected),
    () => JSON.stringify(client.watchedPatterns()),
  );
  writeFileSync(join(top, "repo/.gitops-author.yaml"), "rules:\n  kustomization/missing-file: off\n");
  client.changedOnDisk(join(top, "repo/.gitops-author.yaml"));
  await client.codes(path, (codes) => codes.length === 0);
});

test("a workspace that nobody trusts has the same diagnostics and previews: nothing in it is run or asked", async () => {
  const files = { ...small, "dev/kustomization.yaml": "resources:\n- ../base\n- https://example.invalid/app?ref=v1\n" };
  const seen: unknown[] = [];
  for (const trusted of [true, false]) {
    const folder = temporaryFolder(files);
    const client = await LanguageTestClient.start(module, { folders: [folder], initializationOptions: { trusted } });
    const path = join(folder, "dev/kustomization.yaml");
    seen.push([await client.codes(path, (codes) => codes.length > 0), await client.preview(join(folder, "dev"))]);
  }
  expect(seen[0]).toEqual([["kustomization/remote-not-fetched"], expect.stringContaining("kind: ConfigMap")]);
  expect(seen[1]).toEqual(seen[0]);
});

test("files with line breaks of Windows are read, underlined and edited like all others", async () => {
  const crlf = (text: string): string => text.replaceAll("\n", "\r\n");
  const text = crlf("resources:\n- ../base\nnamePrefx: dev-\n");
  const { folder, client } = await open({
    "base/kustomization.yaml": crlf(small["base/kustomization.yaml"]),
    "base/settings.yaml": crlf(small["base/settings.yaml"]),
    "dev/kustomization.yaml": text,
  });
  const path = join(folder, "dev/kustomization.yaml");
  client.open(path);
  await client.codes(path, (codes) => codes.length === 1);
  const [diagnostic] = client.diagnostics.get(uriOf(path)) ?? [];
  expect(diagnostic?.range).toEqual({ start: { line: 2, character: 0 }, end: { line: 2, character: 9 } });
  client.edit(path, text, "namePrefx", "namePrefix");
  await client.codes(path, (codes) => codes.length === 0);
  expect(await client.preview(join(folder, "dev"))).toBe(
    "apiVersion: v1\ndata:\n  color: blue\nkind: ConfigMap\nmetadata:\n  name: dev-settings\n",
  );
});

describe("preview", () => {
  test("an overlay renders, and follows unsaved edits of its base", async () => {
    const { folder, client } = await open(small);
    const root = join(folder, "dev");
    expect(await client.preview(root)).toBe(
      "apiVersion: v1\ndata:\n  color: blue\nkind: ConfigMap\nmetadata:\n  name: dev-settings\n",
    );
    const path = join(folder, "base/settings.yaml");
    client.open(path);
    client.edit(path, small["base/settings.yaml"], "blue", "green");
    await client.until(
      () => client.refreshed.includes(renderedUri(root)),
      () => "no refresh came",
    );
    expect(await client.preview(root)).toContain("color: green");
  });

  test("while it does not build the last good text stays, with a state and a lens that say so", async () => {
    const { folder, client } = await open(small);
    const root = join(folder, "dev");
    const good = await client.preview(root);
    const path = join(folder, "base/kustomization.yaml");
    client.open(path);
    const text = client.edit(path, small["base/kustomization.yaml"], "settings.yaml", "gone.yaml");
    await client.until(
      () => client.states.at(-1)?.state === "stale",
      () => `the last state was ${JSON.stringify(client.states.at(-1))}`,
    );
    expect(client.states.at(-1)?.message).toBe("Shows the last good build; 1 problem");
    expect(await client.preview(root)).toBe(good);
    const lenses = await client.request("textDocument/codeLens", { textDocument: { uri: renderedUri(root) } });
    expect(lenses).toMatchObject([
      { range: { start: { line: 0 } }, command: { title: "Shows the last good build; 1 problem" } },
    ]);
    client.edit(path, text, "gone.yaml", "settings.yaml");
    await client.until(
      () => client.states.at(-1)?.state === "current",
      () => "it stayed stale",
    );
  });

  test("a rendered line says where it comes from", async () => {
    const { folder, client } = await open(small);
    const root = join(folder, "dev");
    const lines = (await client.preview(root)).split("\n");
    const at = (text: string): object => {
      const line = lines.findIndex((each) => each.includes(text));
      return { uri: renderedUri(root), position: { line, character: lines[line]?.indexOf(text) ?? 0 } };
    };
    const place = await client.request<PlaceInFile>(goToSourceRequest, at("blue"));
    expect(place).toEqual({
      uri: uriOf(join(folder, "base/settings.yaml")),
      range: { start: { line: 5, character: 9 }, end: { line: 5, character: 13 } },
    });
    const origin = await client.request<RenderedOrigin>(originRequest, at("dev-settings"));
    expect(origin).toMatchObject({
      object: "ConfigMap dev-settings",
      path: "/metadata/name",
      source: { uri: uriOf(join(folder, "base/settings.yaml")) },
      steps: [{ field: "namePrefix", before: "settings", after: "dev-settings" }],
    });
  });

  test("every line of a rendered document has a hover and a source, on its key and on its value", async () => {
    const { folder, client } = await openExample();
    const root = join(folder, "config/overlays/prod");
    const lines = (await client.preview(root)).trimEnd().split("\n");
    const without: string[] = [];
    for (const [line, text] of lines.entries()) {
      for (const character of text === "---" ? [] : [text.search(/\S/), text.length - 1]) {
        const at = { textDocument: { uri: renderedUri(root) }, position: { line, character } };
        const hover = await client.request<{ contents: { value: string } } | null>("textDocument/hover", at);
        const place = await client.request(goToSourceRequest, { uri: renderedUri(root), position: at.position });
        if (!/\.(yaml|txt|properties):\d+\]\(file:/.test(hover?.contents.value ?? "") || place === null)
          without.push(text);
      }
    }
    expect(without).toEqual([]);
  });

  test("every overlay of the example renders without problems, and its files know their previews", async () => {
    const { folder, client } = await openExample();
    for (const overlay of ["dev", "stage", "prod"]) {
      expect(await client.preview(join(folder, "config/overlays", overlay))).toContain("kind: Deployment");
      expect(client.states.at(-1)).toMatchObject({ state: "current", problems: 0 });
    }
    const targets = await client.request<PreviewTarget[]>(previewTargetsRequest, {
      uri: uriOf(join(folder, "config/base/deployment.yaml")),
    });
    expect(targets.map(({ label }) => label)).toEqual([
      "config/base",
      "config/overlays/dev",
      "config/overlays/prod",
      "config/overlays/stage",
    ]);
  });
});

test("hover and definition work in rendered documents too", async () => {
  const { folder, client } = await open(small);
  const root = join(folder, "dev");
  const lines = (await client.preview(root)).split("\n");
  const line = lines.findIndex((each) => each.includes("dev-settings"));
  const at = { textDocument: { uri: renderedUri(root) }, position: { line, character: 10 } };
  const hover = await client.request<{ contents: { value: string } }>("textDocument/hover", at);
  expect(hover.contents.value).toContain("namePrefix");
  const definition = await client.request<{ uri: string } | { uri: string }[]>("textDocument/definition", at);
  expect(JSON.stringify(definition)).toContain(uriOf(join(folder, "base/settings.yaml")));
});

test("several folders: overlays of one may stand on bases of the other", async () => {
  const one = temporaryFolder({ "base/kustomization.yaml": "resources:\n- gone.yaml\n" });
  const two = temporaryFolder({});
  writeFileSync(join(two, "kustomization.yaml"), `resources:\n- ../${one.slice(one.lastIndexOf("/") + 1)}/base\n`);
  const client = await LanguageTestClient.start(module, { folders: [two] });
  const base = join(one, "base/kustomization.yaml");
  await client.codes(base, (codes) => codes.length > 0);
  client.notify("workspace/didChangeWorkspaceFolders", {
    event: { added: [{ uri: uriOf(one), name: "one" }], removed: [] },
  });
  await client.untilGraph((graph) => graph.kustomizations.length === 2);
  const named = await client.request<OverlayGraph>(overlaysRequest, null);
  expect(named.kustomizations.map(({ label }) => label).sort()).toEqual(
    [`${basename(one)}/base`, basename(two)].sort(),
  );
  client.notify("workspace/didChangeWorkspaceFolders", {
    event: { added: [], removed: [{ uri: uriOf(two), name: "two" }] },
  });
  await client.untilGraph((graph) => graph.kustomizations.map(({ label }) => label).join() === "base");
});

test("an object that a cluster has is found in the files that may define it", async () => {
  const text = (namespace: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: book-dev\n${namespace}`;
  const { folder, client } = await open({
    "apps/book-dev.yaml": `${text("  namespace: argocd\n")}spec: {}\n`,
    "apps/elsewhere.yaml": text("  namespace: other\n"),
    "apps/base.yaml": text(""),
  });
  const object = { group: "argoproj.io", kind: "Application", name: "book-dev", namespace: "argocd" };
  const find = (wanted: object): Promise<readonly ObjectDefinition[]> =>
    client.request(objectDefinitionsRequest, wanted);
  const found = await find(object);
  const files = ["apps/base.yaml", "apps/book-dev.yaml"].map((file) => uriOf(join(folder, file)));
  expect(found.map(({ uri }) => uri).sort()).toEqual(files);
  expect(found.map(({ range }) => range.start.line)).toEqual([3, 3]);
  expect(await find({ ...object, group: "example.com" })).toEqual([]);
});

test("syntax errors are left to the other extension that reports them", async () => {
  const { folder, client } = await open({ ...small, "base/settings.yaml": "kind: ConfigMap\n\tname: x\n" });
  const path = join(folder, "base/settings.yaml");
  expect((await client.codes(path, (codes) => codes.length > 0))[0]).toMatch(/^yaml\//);
  client.notify("gitopsAuthor/yamlSyntax", { elsewhere: true });
  await client.codes(path, (codes) => codes.length === 0);
});

test("the overlay graph says who includes whom and counts problems", async () => {
  const { folder, client } = await open({ ...small, "dev/kustomization.yaml": "resources:\n- ../base\n- gone.yaml\n" });
  await client.codes(join(folder, "dev/kustomization.yaml"), (codes) => codes.length > 0);
  const graph = await client.request<OverlayGraph>(overlaysRequest, null);
  expect(graph.kustomizations).toMatchObject([
    { label: "base", role: "base", includes: [{ text: "settings.yaml", kind: "file" }], problems: { errors: 0 } },
    {
      label: "dev",
      role: "overlay",
      includes: [
        { text: "../base", kind: "kustomization" },
        { text: "gone.yaml", kind: "missing" },
      ],
      problems: { errors: 1 },
    },
  ]);
});

describe("bad input", () => {
  test("an alias bomb, 21 MB, bytes that are no UTF-8, loops of links and paths that leave the root are told, once each", async () => {
    const bomb = Array.from({ length: 30 }, (_, i) =>
      i === 0 ? "a0: &a0 [x, x, x, x, x, x, x, x, x, x]" : `a${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}*a${i - 1}]`,
    ).join("\n");
    const folder = temporaryFolder({
      "bomb/kustomization.yaml": "resources: [bomb.yaml]\n",
      "bomb/bomb.yaml": `apiVersion: v1\nkind: Bomb\nmetadata:\n  name: bomb\n${bomb}\n`,
      "big/kustomization.yaml": "resources: [big.yaml]\n",
      "big/big.yaml": "",
      "latin/kustomization.yaml": "resources: [latin.yaml]\n",
      "latin/latin.yaml": Uint8Array.of(0x61, 0x3a, 0x20, 0xe4, 0x0a),
      "loop/kustomization.yaml": "resources: [loop]\n",
      "leaves/kustomization.yaml": "resources: [../bomb/kustomization.yaml]\n",
      "climbs/kustomization.yaml": "configMapGenerator: [{name: a, files: [../../../../../../../../etc/passwd]}]\n",
    });
    truncateSync(join(folder, "big/big.yaml"), 21 * 1024 * 1024);
    symlinkSync("loop", join(folder, "loop/loop"));
    const client = await LanguageTestClient.start(module, { folders: [folder] });
    const told: readonly (readonly [string, string, RegExp])[] = [
      ["bomb", "bomb/bomb.yaml", /aliases of this document stand for too many values/],
      ["big", "big/kustomization.yaml", /21\.0 MB large; files over 20 MB are not read/],
      ["latin", "latin/kustomization.yaml", /UTF-8/],
      ["loop", "loop/kustomization.yaml", /loop/],
      ["leaves", "leaves/kustomization.yaml", /outside/],
      ["climbs", "climbs/kustomization.yaml", /outside/],
    ];
    for (const [root, file, message] of told) {
      await client.preview(join(folder, root));
      expect(client.states.at(-1)?.state, root).not.toBe("current");
      expect(client.states.at(-1)?.problems).toBeGreaterThan(0);
      await client.codes(join(folder, file), (codes) => codes.length > 0);
      const messages = client.diagnostics.get(uriOf(join(folder, file)))?.map((each) => each.message);
      expect(messages?.join("\n"), root).toMatch(message);
    }
    expect(await isAlive(client)).toBe(true);
  });

  test("a folder that vanishes and a buffer closed in the middle of requests", async () => {
    const { folder, client } = await open(small);
    const path = join(folder, "base/settings.yaml");
    const root = join(folder, "dev");
    await client.preview(root);
    client.open(path);
    client.edit(path, small["base/settings.yaml"], "blue", "green");
    const hover = client.request("textDocument/codeLens", { textDocument: { uri: uriOf(path) } });
    const content = client.preview(root);
    client.close(path);
    expect(await content).toContain("kind: ConfigMap");
    expect(await hover).toEqual([]);
    rmSync(folder, { recursive: true });
    client.changedOnDisk(folder);
    await client.until(
      () => client.states.at(-1)?.state === "stale",
      () => `the last state was ${JSON.stringify(client.states.at(-1))}`,
    );
    expect(await isAlive(client)).toBe(true);
  });

  test("a text of 21 MB in the editor is not read", async () => {
    const { folder, client } = await open(small);
    const path = join(folder, "base/settings.yaml");
    client.open(path, "# x\n".repeat(21 * 256 * 1024));
    await client.preview(join(folder, "dev"));
    expect(client.states.at(-1)?.problems).toBe(1);
    client.close(path);
    await client.until(
      () => client.states.at(-1)?.state === "current",
      () => "the file on disk did not count again",
    );
  });

  test("requests that make no sense are answered with nothing", async () => {
    const { client } = await open(small);
    for (const uri of [
      "",
      "nonsense",
      "untitled:Untitled-1",
      "file:///no/such/file.yaml",
      "gitops-rendered:/no/such/no.rendered.yaml",
    ]) {
      const position = { line: 10_000, character: -5 };
      expect(await client.request(goToSourceRequest, { uri, position })).toBeNull();
      expect(await client.request("textDocument/codeLens", { textDocument: { uri } })).toEqual([]);
    }
    expect(await client.request(originRequest, null)).toBeNull();
    expect(await isAlive(client)).toBe(true);
  });

  test("a cancelled request is answered as such, or with its result when it was quicker", async () => {
    const { folder, client } = await open(small);
    const source = new CancellationTokenSource();
    const answer = client.connection
      .sendRequest("workspace/textDocumentContent", { uri: renderedUri(join(folder, "dev")) }, source.token)
      .then(
        () => "answered",
        (error: { code: number }) => error.code,
      );
    source.cancel();
    expect(["answered", -32800]).toContain(await answer);
    expect(await isAlive(client)).toBe(true);
  });
});

test("every edit of the example shows in its preview", async () => {
  const { folder, client } = await openExample();
  const root = join(folder, "config/overlays/dev");
  const path = join(root, "kustomization.yaml");
  let text = readFileSync(path, "utf8");
  await client.preview(root);
  client.open(path);
  for (let i = 0; i < 15; i++) {
    const seen = client.refreshed.length;
    text = client.edit(path, text, text.match(/^namePrefix: .*\n|^/)?.[0] ?? "", `namePrefix: p${i}-\n`);
    await client.until(
      () => client.refreshed.length > seen,
      () => "no refresh came",
    );
    expect(await client.preview(root)).toContain(`name: p${i}-`);
  }
});
