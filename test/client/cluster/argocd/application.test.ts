import { expect, test } from "vitest";
import { sourcesOf } from "../../../../client/src/cluster/argocd/application";

test("several sources win over the one, which Argo CD leaves empty beside them in its history", () => {
  const [one, two] = [{ path: "a" }, { path: "b" }];
  expect(sourcesOf({ source: { repoURL: "" }, sources: [one, two] })).toEqual([one, two]);
  expect(sourcesOf({ source: one, sources: [] })).toEqual([one]);
  expect(sourcesOf()).toEqual([]);
});
