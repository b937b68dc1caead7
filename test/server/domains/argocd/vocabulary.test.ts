import { describe, expect, test } from "vitest";
import { knownAnnotations } from "../../../../server/src/domains/argocd/knownAnnotations";
import { checkCompletion } from "../../../support/checkCompletion";
import { checkHover } from "../../../support/checkHover";

const head = "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n";

describe("hover", () => {
  test("tells what an annotation is for", () =>
    checkHover(
      `${head}    <|argocd.argoproj.io/sync-<|>wave|>: "1"\n`,
      "**argocd.argoproj.io/sync-wave** `string`\n\n*ConfigMap `v1`, Kubernetes 1.36*\n\n---\n\nThe wave in which the object is applied: smaller numbers first, 0 unless said otherwise.",
    ));
  test("tells what one word of a value does", () =>
    checkHover(
      `${head}    argocd.argoproj.io/hook: PreSync,Post<|>Sync\n`,
      "**argocd.argoproj.io/hook** `string`\n\n*ConfigMap `v1`, Kubernetes 1.36*\n\n---\n\n`PostSync`: Runs when everything is applied and healthy.",
    ));
  test("has nothing to add to other annotations", () =>
    checkHover(
      `${head}    example.com/sync-<|>wave: "1"\n`,
      "**example.com/sync-wave** `string`\n\n*ConfigMap `v1`, Kubernetes 1.36*",
    ));
});

describe("completion", () => {
  test("offers annotations that fit the kind", async () => {
    await checkCompletion(`${head}    argo<|>\n`, {
      includes: ["argocd.argoproj.io/sync-wave", "argocd.argoproj.io/hook"],
      excludes: ["argocd.argoproj.io/refresh", "argocd.argoproj.io/tracking-id"],
    });
    await checkCompletion(
      "#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata:\n  name: a\nspec:\n  template:\n    metadata:\n      annotations:\n        <|>\n",
      { includes: ["argocd.argoproj.io/manifest-generate-paths", "pref.argocd.argoproj.io/default-view"] },
    );
    await checkCompletion("#- kustomization.yaml\ncommonAnnotations:\n  <|>\n", {
      includes: ["argocd.argoproj.io/sync-wave"],
    });
  });
  test("offers values, in quotes where they need them", async () => {
    await checkCompletion(`${head}    argocd.argoproj.io/hook: <|>\n`, {
      includes: ["PreSync", "PostDelete", "Skip"],
      choose: ["PostSync", `${head.replace("#- a.yaml\n", "")}    argocd.argoproj.io/hook: PostSync\n`],
    });
    await checkCompletion(`${head}    argocd.argoproj.io/sync-wave: <|>\n`, {
      labels: ["1", "-1"],
      choose: ["-1", `${head.replace("#- a.yaml\n", "")}    argocd.argoproj.io/sync-wave: '-1'\n`],
    });
  });
  test("offers finalizers of an Application", () =>
    checkCompletion(
      "#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: a\n  finalizers:\n  - <|>\nspec: {}\n",
      { includes: ["resources-finalizer.argocd.argoproj.io"], excludes: ["post-delete-finalizer.argocd.argoproj.io"] },
    ));
  test("offers nothing of the kind elsewhere", () =>
    checkCompletion(`${head}    a: b\n  labels:\n    argo<|>\n`, { excludes: ["argocd.argoproj.io/sync-wave"] }));
});

test("every annotation is known once", () => {
  const keys = knownAnnotations.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});
