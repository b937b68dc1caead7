import { expect, test } from "vitest";
import type { CodeLens } from "vscode-languageserver-types";
import { liveFiles, liveSample } from "../../../server/src/domains/argocd/liveSamples";
import { codeLensFeature } from "../../../server/src/features/codeLens";
import { liveApplicationsFeature } from "../../../server/src/features/liveApplications";
import type { LiveApplicationEntry } from "../../../server/src/protocol/liveApplications";
import { inFolder } from "../../support/checkFix";
import { openEditor } from "../../support/editor";

async function lensesOf(text: string, path: string): Promise<readonly string[]> {
  const editor = await openEditor(text);
  const lenses = await editor.ask<readonly CodeLens[]>(codeLensFeature, { kind: "source", path: inFolder(path) });
  return lenses.map(({ range, command }) => `${range.start.line}: ${command?.title}`);
}

async function applicationsOf(text: string, path: string): Promise<readonly string[]> {
  const editor = await openEditor(text);
  const document = { kind: "source", path: inFolder(path) } as const;
  const entries = await editor.ask<readonly LiveApplicationEntry[]>(liveApplicationsFeature, document);
  return entries.map(({ cluster, key }) => `${cluster} ${key}`);
}

const words = "book-dev: Healthy · Synced — cluster dev";

test("an Application and the kustomization that it deploys say how it is", async () => {
  const text = `${liveFiles}${liveSample()}`;
  expect(await lensesOf(text, "application.yaml")).toEqual([`0: ${words}`]);
  expect(await lensesOf(text, "overlays/dev/kustomization.yaml")).toEqual([`0: ${words}`]);
  expect(await lensesOf(text, "overlays/dev/config.yaml")).toEqual([]);
});

test("the lens stands above its own document", async () => {
  const second = liveFiles.replace("#- application.yaml\n", "#- application.yaml\nkind: Other\n---\n# Ours\n");
  expect(await lensesOf(`${second}${liveSample()}`, "application.yaml")).toEqual([`3: ${words}`]);
});

test("where nothing is known there is nothing to see", async () => {
  expect(await lensesOf(liveFiles, "application.yaml")).toEqual([]);
  const elsewhere = liveSample({ name: "other", path: "overlays/other" });
  expect(await lensesOf(`${liveFiles}${elsewhere}`, "application.yaml")).toEqual([]);
  expect(await lensesOf(`${liveFiles}${elsewhere}`, "overlays/dev/kustomization.yaml")).toEqual([]);
});

test("several clusters stand beside each other, what is not well first, and many are counted", async () => {
  const stage = liveSample({ operation: ["phase: Failed"] }).replace("cluster:dev", "cluster:stage");
  expect(await lensesOf(`${liveFiles}${liveSample()}${stage}`, "application.yaml")).toEqual([
    "0: book-dev: last sync failed · Healthy · Synced — cluster stage",
    `0: ${words}`,
  ]);
  const many = ["a", "b", "c", "d", "e"].map((name) => liveSample().replace("cluster:dev", `cluster:${name}`)).join("");
  expect((await lensesOf(`${liveFiles}${many}`, "application.yaml")).at(-1)).toBe("0: and 3 more Applications");
});

test("a lens says what is unknown, what keeps Argo CD from its work, and what goes on, as the rows of the Applications view do", async () => {
  const conditions = [{ type: "ComparisonError", message: "no" }];
  const text = `${liveFiles}${liveSample({ conditions, operation: ["phase: Running"] })}`;
  expect(await lensesOf(text, "application.yaml")).toEqual([
    "0: book-dev: ComparisonError · Sync unknown · syncing… · Healthy — cluster dev",
  ]);
});

test("any file leads to the Applications that deploy it", async () => {
  const text = `${liveFiles}${liveSample()}`;
  expect(await applicationsOf(text, "overlays/dev/config.yaml")).toEqual(["dev openshift-gitops/book-dev"]);
  expect(await applicationsOf(text, "overlays/dev/kustomization.yaml")).toEqual(["dev openshift-gitops/book-dev"]);
  expect(await applicationsOf(text, "application.yaml")).toEqual(["dev openshift-gitops/book-dev"]);
  expect(await applicationsOf(`${text}#- loose.yaml\nkind: A\n`, "loose.yaml")).toEqual([]);
});
