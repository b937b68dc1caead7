import { expect, test } from "vitest";
import { liveFiles } from "../../../server/src/domains/argocd/liveSamples";
import { objectDefinitionsFeature } from "../../../server/src/features/objectDefinitions";
import type { ObjectDefinition, ObjectDefinitionsParameters } from "../../../server/src/protocol/objectDefinitions";
import { openEditor } from "../../support/editor";
import { folder } from "../../support/fixture";

const source = { repoURL: "git@example.com:book.git", path: "overlays/dev/" };

async function definitionsOf(more: Partial<ObjectDefinitionsParameters>): Promise<readonly string[]> {
  const editor = await openEditor(liveFiles);
  const asked = { group: "argoproj.io", kind: "Application", name: "book-dev", namespace: "openshift-gitops", ...more };
  const document = { kind: "source", path: folder } as const;
  const found = await editor.ask<readonly ObjectDefinition[]>(objectDefinitionsFeature, document, asked);
  return found.map(({ uri, range }) => `${uri.replace(`file://${folder}/`, "")}:${range.start.line + 1}`);
}

test("an Application is found where a file defines it, whatever it deploys", async () => {
  expect(await definitionsOf({ sources: [source] })).toEqual(["application.yaml:4"]);
});

test("one that no file defines is found where the kustomization is that it deploys, over whatever address it is fetched", async () => {
  expect(await definitionsOf({ name: "other", sources: [source] })).toEqual(["overlays/dev/kustomization.yaml:1"]);
  expect(await definitionsOf({ namespace: "argocd", sources: [source] })).toEqual([
    "overlays/dev/kustomization.yaml:1",
  ]);
});

test("what lies in another repository, leaves this one, or is a chart is found nowhere", async () => {
  const others = [
    { ...source, repoURL: "https://example.com/other.git" },
    { ...source, path: "../overlays/dev" },
    { ...source, path: "/overlays/dev" },
    { ...source, chart: "book" },
    {},
  ];
  for (const each of others) expect(await definitionsOf({ name: "other", sources: [each] })).toEqual([]);
});
