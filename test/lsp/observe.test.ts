import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { CodeLens } from "vscode-languageserver-types";
import { type ClusterObservation, type LiveApplication, observeNotification } from "../../server/src/protocol/observe";
import { buildBundles } from "../support/builtServer";
import { LanguageTestClient, uriOf } from "../support/languageClient";
import { temporaryFolder } from "../support/temporaryFolder";

let module = "";
beforeAll(() => {
  module = join(buildBundles("lsp-observe", ["server"]), "server.cjs");
});

const source = { repoURL: "https://example.com/book.git", path: "overlays/dev" };
const broken: LiveApplication = {
  ...{ name: "book-dev", namespace: "argocd", sync: "Unknown", health: "Healthy", sources: [source] },
  conditions: [{ type: "ComparisonError", message: "it does not build" }],
};

async function openOverlay(): Promise<{ readonly client: LanguageTestClient; readonly path: string }> {
  const folder = temporaryFolder({
    ".git/HEAD": "ref: refs/heads/main\n",
    ".git/config": '[remote "origin"]\n\turl = https://example.com/book.git\n',
    "overlays/dev/kustomization.yaml": "resources:\n- config.yaml\n",
    "overlays/dev/config.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
  });
  const client = await LanguageTestClient.start(module, { folders: [folder] });
  const path = join(folder, "overlays/dev/kustomization.yaml");
  client.open(path);
  return { client, path };
}

function tell(client: LanguageTestClient, news: ClusterObservation): void {
  client.notify(observeNotification, news);
}

async function lenses(client: LanguageTestClient, path: string): Promise<readonly (string | undefined)[]> {
  const found = await client.request<readonly CodeLens[]>("textDocument/codeLens", {
    textDocument: { uri: uriOf(path) },
  });
  return found.map(({ command }) => command?.title);
}

test("what a client sees in a cluster shows above the overlay and among its findings, until the context is closed", async () => {
  const { client, path } = await openOverlay();
  expect(await lenses(client, path)).toEqual([]);
  tell(client, { cluster: "dev", applications: [broken] });
  expect(await lenses(client, path)).toEqual(["book-dev: ComparisonError · Sync unknown · Healthy — cluster dev"]);
  expect(await client.codes(path, (codes) => codes.length > 0)).toEqual(["argocd/comparison-error"]);

  tell(client, { cluster: "dev", applications: [{ ...broken, sync: "Synced", conditions: [] }] });
  await client.codes(path, (codes) => codes.length === 0);
  expect(await lenses(client, path)).toEqual(["book-dev: Healthy · Synced — cluster dev"]);

  tell(client, { cluster: "dev", applications: [broken] });
  await client.codes(path, (codes) => codes.length > 0);
  tell(client, { cluster: "dev", reset: true });
  await client.codes(path, (codes) => codes.length === 0);
  expect(await lenses(client, path)).toEqual([]);
});

test("of a cluster that does not answer it is said that it was seen so last", async () => {
  const { client, path } = await openOverlay();
  tell(client, { cluster: "dev", applications: [{ ...broken, sync: "Synced", conditions: [] }] });
  tell(client, { cluster: "dev", isReachable: false });
  expect(await lenses(client, path)).toEqual(["book-dev: Healthy · Synced (last seen) — cluster dev"]);
  tell(client, { cluster: "dev", isReachable: true });
  expect(await lenses(client, path)).toEqual(["book-dev: Healthy · Synced — cluster dev"]);
});

test("an Application that was deleted is gone, the others stay", async () => {
  const { client, path } = await openOverlay();
  tell(client, { cluster: "dev", applications: [broken, { ...broken, name: "other" }] });
  tell(client, { cluster: "dev", removed: ["argocd/book-dev"] });
  expect(await lenses(client, path)).toEqual(["other: ComparisonError · Sync unknown · Healthy — cluster dev"]);
});

/** The overlay in a real repository, with the id of its commit. */
async function openCommitted(): Promise<Awaited<ReturnType<typeof openOverlay>> & { readonly revision: string }> {
  const folder = temporaryFolder({
    "overlays/dev/kustomization.yaml": "resources:\n- config.yaml\n",
    "overlays/dev/config.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
  });
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: folder,
      encoding: "utf8",
    });
  git("init", "--quiet", "--initial-branch", "main");
  git("remote", "add", "origin", source.repoURL);
  git("add", ".");
  git("commit", "--quiet", "--message", "all");
  const revision = git("rev-parse", "HEAD").trim();
  const client = await LanguageTestClient.start(module, { folders: [folder] });
  const path = join(folder, "overlays/dev/kustomization.yaml");
  client.open(path);
  return { client, path, revision };
}

/** The severities that a file shows, once `done` holds for them. */
async function severities(
  client: LanguageTestClient,
  path: string,
  done: (severities: readonly (number | undefined)[]) => boolean,
): Promise<void> {
  const now = () => (client.diagnostics.get(uriOf(path)) ?? []).map(({ severity }) => severity);
  await client.until(
    () => done(now()),
    () => `the severities stayed ${JSON.stringify(now())}`,
  );
}

const error = 1;
const warning = 2;

test("what a cluster complains of is sure where the files are those that it saw, and told no more once they are others", async () => {
  const { client, path, revision } = await openCommitted();
  tell(client, { cluster: "dev", applications: [{ ...broken, revision }] });
  await severities(client, path, ([first, ...others]) => first === error && others.length === 0);
  const config = join(path, "../config.yaml");
  writeFileSync(config, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n");
  client.changedOnDisk(config);
  await severities(client, path, (all) => all.length === 0);
});

test("of a commit that is not here nobody can be sure", async () => {
  const { client, path, revision } = await openCommitted();
  tell(client, {
    cluster: "dev",
    applications: [{ ...broken, revision: revision.replace(/^./, (x) => (x === "0" ? "1" : "0")) }],
  });
  await severities(client, path, ([first]) => first === warning);
});
