import { expect, test } from "vitest";
import { liveFiles, liveSample } from "../../../../server/src/domains/argocd/liveSamples";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { parseFixture } from "../../../support/fixture";
import { inspect } from "../../../support/inspect";

const revision = "9f1c2d4e5b6a79808182838485868788898a8b8c";
const repository =
  '#- .git/HEAD\nref: refs/heads/main\n#- .git/config\n[remote "origin"]\n\turl = git@example.com:book.git\n';
const overlay = `${repository}#- overlays/dev/kustomization.yaml
resources:
- web.yaml
`;
const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: example.com/web:1
`;

function failed(message: string, more: readonly string[] = []): string {
  return liveSample({
    operation: [
      "phase: Failed",
      "message: one or more objects failed to apply",
      "syncResult:",
      `  revision: ${revision}`,
      "  resources:",
      "  - group: apps",
      "    version: v1",
      "    kind: Deployment",
      "    namespace: book-dev",
      "    name: web",
      "    status: SyncFailed",
      `    message: ${JSON.stringify(message)}`,
      ...more,
    ],
  });
}

async function liveCodes(text: string): Promise<readonly string[]> {
  const { findings } = await inspect(parseFixture(text));
  const live = new Set(["argocd/comparison-error", "argocd/rejected-spec", "argocd/sync-failed"]);
  return findings.filter(({ code }) => live.has(code)).map(({ code, place }) => `${code} ${place.file.path}`);
}

test("what the API server says of a field stands at the field, in the file that writes it", () =>
  checkDiagnostics(`${overlay}#- overlays/dev/web.yaml
${web.replace("image: example.com/web:1\n", "image: example.com/web:1\n#              ^^^^^^^^^^^^^^^^^ warning argocd/sync-failed: In cluster `dev`, as of revision 9f1c2d4, Deployment `web` could not be synced: Deployment.apps")}
${failed('Deployment.apps "web" is invalid: spec.template.spec.containers[0].image: Invalid value')}`));

test("what the API server says of an object stands at its name", () =>
  checkDiagnostics(`${overlay}#- overlays/dev/web.yaml
${web.replace("name: web\nspec", "name: web\n#       ^^^ warning argocd/sync-failed\nspec")}
${failed('deployments.apps "web" is forbidden: User "x" cannot patch resource')}`));

test("a failure of nothing that is rendered here stands where the Application names its source", async () => {
  const text = `${liveFiles}${failed("no matches for kind")}`;
  expect(await liveCodes(text)).toEqual(["argocd/sync-failed /ws/application.yaml"]);
});

test("without a file that defines the Application, its overlay is named", async () => {
  const text = `${overlay}#- overlays/dev/web.yaml\n${web}${liveSample({ conditions: [{ type: "ComparisonError", message: "no" }] })}`;
  expect(await liveCodes(text)).toEqual(["argocd/comparison-error /ws/overlays/dev/kustomization.yaml"]);
});

test("several clusters that complain of one place are one finding", async () => {
  const sample = liveSample({ conditions: [{ type: "ComparisonError", message: "no" }] });
  const text = `${liveFiles}${sample}${sample.replace("cluster:dev", "cluster:stage")}`;
  const { findings } = await inspect(parseFixture(text));
  const [finding] = findings.filter(({ code }) => code === "argocd/comparison-error");
  expect(finding?.message).toContain("In cluster `dev`");
  expect(finding?.related.map(({ message }) => message)).toEqual([expect.stringContaining("In cluster `stage`")]);
});

test("what a file does not say any more is not held against it", async () => {
  const conditions = [
    { type: "ComparisonError", message: "no" },
    { type: "InvalidSpecError", message: "destination" },
  ];
  expect(await liveCodes(`${liveFiles}${liveSample({ conditions })}`)).toHaveLength(2);
  expect(await liveCodes(`${liveFiles}${liveSample({ conditions, path: "overlays/old" })}`)).toEqual([]);
  const moved = liveSample({ conditions }).replace("namespace: book-dev", "namespace: book-old");
  expect(await liveCodes(`${liveFiles}${moved}`)).toEqual(["argocd/comparison-error /ws/application.yaml"]);
});

test("a sync of an older commit than the one compared with tells nothing", async () => {
  const text = `${overlay}#- overlays/dev/web.yaml\n${web}${failed("no").replace(`revision: ${revision}`, "revision: 0123456")}`;
  expect(await liveCodes(text)).toEqual([]);
});

test("a branch that is not the one at hand may hold anything", async () => {
  const text = `${overlay}#- overlays/dev/web.yaml\n${web}${failed("no").replace("path: overlays/dev", "path: overlays/dev\n    targetRevision: next")}`;
  expect(await liveCodes(text)).toEqual([]);
});

test("comments turn it off", async () => {
  const silent = liveFiles.replace(
    "    path: overlays/dev",
    "    # gitops-author-disable-next-line argocd/comparison-error\n    path: overlays/dev",
  );
  const sample = liveSample({ conditions: [{ type: "ComparisonError", message: "no" }] });
  expect(await liveCodes(`${liveFiles}${sample}`)).toHaveLength(1);
  expect(await liveCodes(`${silent}${sample}`)).toEqual([]);
});
