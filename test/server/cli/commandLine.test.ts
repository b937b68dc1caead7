import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createContext, Script } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";
import type { RenderFiles } from "../../../server/src/engineApi";
import { buildBundles } from "../../support/builtServer";
import { LanguageTestClient } from "../../support/languageClient";
import { temporaryFolder } from "../../support/temporaryFolder";

let bundles = "";
beforeAll(() => {
  bundles = buildBundles("cli", ["cli", "check", "server", "engine", "yaml", "re2js"]);
});

/** Runs the built command in a folder. */
function run(folder: string, ...words: readonly string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(bundles, "cli.cjs"), ...words], {
    cwd: folder,
    encoding: "utf8",
  });
  return { code: status, out: stdout, err: stderr };
}

const object = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

const good = {
  "good/kustomization.yaml": "namePrefix: x-\nresources:\n- a.yaml\n",
  "good/a.yaml": object("a"),
  "other/kustomization.yaml": "resources:\n- b.yaml\n",
  "other/b.yaml": object("b"),
};
const bad = { "bad/kustomization.yaml": "resources:\n- gone.yaml\n- c.yaml\n", "bad/c.yaml": object("c") };

describe("build", () => {
  test("prints complete builds with a separator between them, and ends with 0", () => {
    const { code, out, err } = run(temporaryFolder(good), "build", "good", "other");
    expect({ code, out, err }).toEqual({ code: 0, out: `${object("x-a")}---\n${object("b")}`, err: "" });
  });

  test("a build that is not complete prints nothing but its problems, and ends with 1", () => {
    const { code, out, err } = run(temporaryFolder({ ...good, ...bad }), "build", "bad", "other");
    expect([code, out]).toEqual([1, object("b")]);
    expect(err).toMatch(/^bad\/kustomization\.yaml:2:3: error: .*gone\.yaml.* \[kustomization\/missing-file\]/);
  });

  test("--partial prints what there is", () => {
    const { code, out } = run(temporaryFolder(bad), "build", "bad", "--partial");
    expect([code, out]).toEqual([1, object("c")]);
  });

  test("--format jsonl --provenance says where each value comes from", () => {
    const { code, out } = run(temporaryFolder(good), "build", "good", "--format=jsonl", "--provenance");
    const { origins, ...line } = JSON.parse(out);
    expect(code).toBe(0);
    expect(line).toMatchObject({ root: "good", ok: true, yaml: object("x-a"), problems: [] });
    expect(origins.find(({ path }: { path: string }) => path === "/metadata/name")).toEqual({
      line: 4,
      object: { apiVersion: "v1", kind: "ConfigMap", name: "x-a" },
      path: "/metadata/name",
      source: {
        file: "good/a.yaml",
        path: "/metadata/name",
        range: { start: { line: 4, column: 9 }, end: { line: 4, column: 10 } },
      },
      steps: [{ file: "good/kustomization.yaml", path: "/namePrefix", field: "namePrefix", before: "a", after: "x-a" }],
    });
  });

  test("--reorder none keeps the order of accumulation, legacy sorts", () => {
    const folder = temporaryFolder({
      "kustomization.yaml": "resources: [b.yaml, a.yaml]\n",
      "a.yaml": object("a"),
      "b.yaml": object("b"),
    });
    const [sorted, kept] = [`${object("a")}---\n${object("b")}`, `${object("b")}---\n${object("a")}`];
    expect(run(folder, "build", ".").out).toBe(sorted);
    expect(run(folder, "build", ".", "--reorder", "legacy").out).toBe(sorted);
    expect(run(folder, "build", ".", "--reorder", "none").out).toBe(kept);
  });

  test.each(["LoadRestrictionsNone", "none"])("--load-restrictor %s lets files lie elsewhere", (restrictor) => {
    const folder = temporaryFolder({ "app/kustomization.yaml": "resources: [../a.yaml]\n", "a.yaml": object("a") });
    expect(run(folder, "build", "app").code).toBe(1);
    expect(run(folder, "build", "app", "--load-restrictor", "LoadRestrictionsRootOnly").err).toContain("outside-root");
    expect(run(folder, "build", "app", "--load-restrictor", restrictor)).toEqual({
      code: 0,
      out: object("a"),
      err: "",
    });
  });

  test("placeholders are not complete; --partial prints what there is", () => {
    const folder = temporaryFolder({
      "kustomization.yaml":
        "resources: [a.yaml, 'https://github.com/org/repo//base?ref=v1']\nhelmCharts:\n- {name: web, repo: 'https://charts.example'}\n",
      "a.yaml": object("a"),
    });
    const { code, out, err } = run(folder, "build", ".");
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/remote-not-fetched[\s\S]*helm-not-run/);
    expect(run(folder, "build", ".", "--partial")).toMatchObject({ code: 1, out: object("a") });
    const line = JSON.parse(run(folder, "build", ".", "--partial", "--format", "jsonl", "--provenance").out);
    expect(line).toMatchObject({ root: ".", ok: false, yaml: object("a") });
    expect(line.origins).toHaveLength(3);
  });

  test("--all gives one line for each kustomization, hidden folders too, links and .git not", () => {
    const folder = temporaryFolder({
      ...good,
      ...bad,
      ".hidden/kustomization.yml": "namePrefix: y-\nresources:\n- ../good\n",
      ".git/kustomization.yaml": "resources: []\n",
      Kustomization: "resources:\n- good\n",
    });
    symlinkSync("good", join(folder, "link"));
    const { code, out } = run(folder, "build", "--all", ".", "--format", "jsonl");
    const lines = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(code).toBe(1);
    expect(lines.map(({ root, ok }) => `${root} ${ok}`).sort()).toEqual([
      ". true",
      ".hidden true",
      "bad false",
      "good true",
      "other true",
    ]);
    const failed = lines.find(({ root }) => root === "bad");
    expect(failed.yaml).toBeUndefined();
    expect(failed.problems).toMatchObject([{ file: "bad/kustomization.yaml", code: "kustomization/missing-file" }]);
  });
});

describe("check", () => {
  test("text, and 1 for errors", () => {
    const { code, out } = run(temporaryFolder({ ...good, ...bad }), "check");
    expect(code).toBe(1);
    expect(out).toMatch(/^bad\/kustomization\.yaml:2:3: error: .*\[kustomization\/missing-file\]\n/);
    expect(out).toMatch(/files: 1 error, 0 warning, 0 information, 0 hint\n$/);
  });

  test("json; PATH chooses what is reported, the work tree around it is known", () => {
    const folder = temporaryFolder({
      ...bad,
      "base/kustomization.yaml": "resources:\n- d.yaml\n",
      "base/d.yaml": object("d"),
    });
    mkdirSync(join(folder, ".git"));
    const { code, out } = run(folder, "check", "base", "--format", "json");
    expect([code, JSON.parse(out)]).toEqual([
      0,
      { version: 1, findings: [], summary: { files: 2, error: 0, warning: 0, information: 0, hint: 0 } },
    ]);
    const all = JSON.parse(run(folder, "check", "--format", "json").out);
    expect(all.findings).toMatchObject([
      {
        file: "bad/kustomization.yaml",
        range: { start: { line: 2, column: 3 }, end: { line: 2, column: 12 } },
        severity: "error",
        code: "kustomization/missing-file",
        related: [],
      },
    ]);
  });

  test("sarif and github", () => {
    const folder = temporaryFolder(bad);
    const sarif = JSON.parse(run(folder, "check", "--format", "sarif").out);
    expect(sarif.version).toBe("2.1.0");
    expect(sarif.runs[0].results).toMatchObject([
      {
        ruleId: "kustomization/missing-file",
        level: "error",
        locations: [
          { physicalLocation: { artifactLocation: { uri: "bad/kustomization.yaml" }, region: { startLine: 2 } } },
        ],
      },
    ]);
    expect(run(folder, "check", "--format", "github").out).toMatch(
      /^::error file=bad\/kustomization\.yaml,line=2,endLine=2,col=3,endColumn=12,title=kustomization\/missing-file::/,
    );
  });

  test("--baseline accepts what was there before, wherever it stands now, and reports what is new", () => {
    const folder = temporaryFolder(bad);
    const before = run(folder, "check", "--format", "json");
    expect(before.code).toBe(1);
    writeFileSync(join(folder, "baseline.json"), before.out);
    expect(run(folder, "check", "--baseline", "baseline.json")).toMatchObject({
      code: 0,
      out: "2 files: 0 error, 0 warning, 0 information, 0 hint\n",
      err: "1 accepted by the baseline\n",
    });
    writeFileSync(
      join(folder, "bad/kustomization.yaml"),
      "# moved\nresources:\n- gone.yaml\n- c.yaml\n- also-gone.yaml\n",
    );
    const { code, out } = run(folder, "check", "--baseline=baseline.json", "--format", "json");
    expect([code, JSON.parse(out).summary.error]).toEqual([1, 1]);
    expect(JSON.parse(out).findings).toMatchObject([{ range: { start: { line: 5 } } }]);
    expect(run(folder, "check", "--baseline", "nowhere.json").code).toBe(2);
    expect(run(folder, "check", "--baseline", "bad/c.yaml")).toMatchObject({ code: 2, out: "" });
  });

  test("one file is not files", () => {
    const folder = temporaryFolder({ "kustomization.yaml": "resources: []\nnamePrefix: a-\n" });
    expect(run(folder, "check").out).toMatch(/^1 file: /m);
  });

  test("the repository file turns rules off", () => {
    const settings = { ".gitops-author.yaml": "rules:\n  kustomization/missing-file: off\n" };
    expect(run(temporaryFolder({ ...bad, ...settings }), "check").code).toBe(0);
  });
});

test.each([
  [[], "Usage:"],
  [["frobnicate"], "There is no command 'frobnicate'"],
  [["build"], "Say which DIR"],
  [["build", "nowhere"], "There is no directory 'nowhere'.\nTry 'gitops-author build --help'."],
  [["build", "--colour", "."], "There is no option '--colour'"],
  [["build", ".", "--format", "xml"], "it takes yaml, jsonl"],
  [["build", ".", "--provenance"], "needs '--format jsonl'"],
  [["check", "nowhere"], "There is nothing at 'nowhere'"],
  [["check", "--format"], "needs a value"],
  [["lsp"], "needs '--stdio'"],
])("%j could not run: 2 and why", (words, why) => {
  const { code, out, err } = run(temporaryFolder({}), ...words);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(why);
});

test("a loop of links could not be built: 2 and why", () => {
  const folder = temporaryFolder({});
  symlinkSync("loop", join(folder, "loop"));
  const { code, err } = run(folder, "build", "loop");
  expect([code, err]).toEqual([2, expect.stringMatching(/^gitops-author: The symbolic links at .* form a loop\.\n$/)]);
});

test.each([["--help"], ["build", "--help"], ["check", "--help"], ["lsp", "--help"]])("%s %s says how", (...words) => {
  const { code, out } = run(temporaryFolder({}), ...words.filter((word) => word !== undefined));
  expect([code, out.startsWith("Usage: gitops-author")]).toEqual([0, true]);
});

test("--version says which one this is, and which Kustomize it follows", () => {
  expect(run(temporaryFolder({}), "--version").out).toMatch(/^gitops-author \d+\.\d+\.\d+ \(Kustomize 5\.8\.1\)\n$/);
});

test("lsp --stdio speaks the protocol", async () => {
  const client = await LanguageTestClient.start(join(bundles, "cli.cjs"), { folders: [], words: ["lsp"] });
  expect(client.initialized?.serverInfo?.name).toBe("gitops-author");
});

describe("library", () => {
  const load = async (): Promise<RenderFiles> =>
    (await import(pathToFileURL(join(bundles, "engine.js")).toString())).renderFiles;

  test("renders files in memory", async () => {
    const renderFiles = await load();
    const files = { "/app/kustomization.yaml": "resources: [a.yaml]\n", "/app/a.yaml": object("a") };
    expect(await renderFiles(files, "app")).toMatchObject({ yaml: object("a"), problems: [] });
    const broken = await renderFiles({ ...files, "/app/kustomization.yaml": "resources: [a.yaml, b.yaml]\n" }, "/app");
    expect(broken).toMatchObject({
      partialYaml: object("a"),
      problems: [{ file: "/app/kustomization.yaml", code: "kustomization/missing-file" }],
    });
    expect("yaml" in broken).toBe(false);
  });

  test("does what the sample of the README says", async () => {
    const readme = readFileSync(resolve(import.meta.dirname, "../../../README.md"), "utf8");
    const sample = /## As a library\s+```js\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
    const folder = temporaryFolder({
      "sample.mjs": `${sample}\nconsole.log(JSON.stringify({ yaml, problems, origins: origins.length }));\n`,
      "node_modules/gitops-author/package.json": JSON.stringify({
        type: "module",
        exports: { "./engine": "./engine.js" },
      }),
    });
    copyFileSync(join(bundles, "engine.js"), join(folder, "node_modules/gitops-author/engine.js"));
    const { stdout, stderr } = spawnSync(process.execPath, ["sample.mjs"], { cwd: folder, encoding: "utf8" });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({ yaml: object("dev-settings"), problems: [], origins: 3 });
  });

  test("takes every option, bytes, empty directories and a relative root", async () => {
    const renderFiles = await load();
    const files = {
      "/app/kustomization.yaml": new TextEncoder().encode("resources: [../b.yaml, a.yaml]\n"),
      "/app/a.yaml": object("a"),
      "/b.yaml": object("b"),
      "/empty/": "",
    };
    const free = { loadRestrictions: "none" } as const;
    const [a, b] = [object("a"), object("b")];
    expect((await renderFiles(files, "app", free)).yaml).toBe(`${a}---\n${b}`);
    expect((await renderFiles(files, "app", { ...free, reorder: "legacy" })).yaml).toBe(`${a}---\n${b}`);
    expect((await renderFiles(files, "app", { ...free, reorder: "unspecified" })).yaml).toBe(`${a}---\n${b}`);
    expect((await renderFiles(files, "app", { ...free, reorder: "none" })).yaml).toBe(`${b}---\n${a}`);
    expect((await renderFiles(files, "/app")).problems).toMatchObject([{ code: "kustomization/outside-root" }]);
    expect((await renderFiles(files, "app", { ...free, managedByLabel: true })).yaml).toContain(
      "app.kubernetes.io/managed-by: kustomize-v5.8.1\n",
    );
    expect((await renderFiles(files, "empty")).problems).toMatchObject([
      { code: "kustomization/missing-kustomization" },
    ]);
  });

  test("needs nothing of Node: it runs where there are only the globals of a browser's worker", async () => {
    const source = readFileSync(join(bundles, "engine.js"), "utf8").replace(
      /export\s*\{\s*(\w+) as renderFiles\s*\};?\s*$/,
      "globalThis.renderFiles = $1;",
    );
    const context = createContext({ TextDecoder, TextEncoder, URL, crypto, structuredClone });
    new Script(source).runInContext(context);
    const renderFiles: RenderFiles = context["renderFiles"];
    const files = {
      // A regular expression and an anchor take the ways that most builds do not need.
      "/app/kustomization.yaml":
        "resources: [a.yaml]\npatches:\n- target: {name: 'w.*|a'}\n  patch: |-\n    - {op: add, path: /data, value: {b: \"1\"}}\n",
      "/app/a.yaml": `${object("a")}  labels: &same {x: y}\n  annotations: *same\n`,
    };
    const { yaml, problems } = await renderFiles(files, "/app");
    expect(problems).toEqual([]);
    expect(yaml).toContain('data:\n  b: "1"\n');
  });

  test("its types stand alone", () => {
    const types = readFileSync(join(bundles, "engine.d.ts"), "utf8");
    expect(types).not.toMatch(/\bimport\b|\bfrom "/);
    expect(types).toContain("export declare const renderFiles: RenderFiles;");
  });
});
