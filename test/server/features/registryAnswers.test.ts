import { expect, test } from "vitest";
import type { CodeLens } from "vscode-languageserver-types";
import { codeLensFeature } from "../../../server/src/features/codeLens";
import { hoverFeature } from "../../../server/src/features/hover";
import { checkCompletion } from "../../support/checkCompletion";
import { checkDiagnostics } from "../../support/checkDiagnostics";
import { inFolder } from "../../support/checkFix";
import { checkHover } from "../../support/checkHover";
import { openEditor } from "../../support/editor";

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

const deployment = `#- web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: quay.io/team/web
`;

const overlay = (...lines: readonly string[]): string =>
  `#- kustomization.yaml\nresources:\n- web.yaml\nimages:\n- name: quay.io/team/web\n${lines.map((line) => `  ${line}\n`).join("")}${deployment}`;

const registry = `#- registry:quay.io/team/web
tags: ["1.0", "1.1", "1.2", latest]
missing: ["1.9"]
digests:
  latest: ${digest("b")}
  "1.2": ${digest("b")}
`;

async function lens(text: string): Promise<unknown> {
  const editor = await openEditor(text);
  const found = await editor.ask<readonly CodeLens[]>(codeLensFeature, {
    kind: "source",
    path: inFolder("kustomization.yaml"),
  });
  return found.map(({ range, command }) => [range.start.line, command?.title, command?.arguments?.[0]]);
}

test("a lens says how an entry stands to its registry", async () => {
  const target = { root: "file:///ws", image: "quay.io/team/web" };
  expect(await lens(overlay('newTag: "1.0"') + registry)).toEqual([[3, "2 versions behind 1.2 · Update…", target]]);
  expect(await lens(overlay('newTag: "1.2"') + registry)).toEqual([[3, "up to date · Bump…", target]]);
  expect(await lens(overlay('newTag: "1.9"') + registry)).toEqual([[3, "tag not in the registry · Choose…", target]]);
  expect(await lens(overlay('newTag: "1.0"'))).toEqual([[3, "Bump…", target]]);
  expect(await lens(overlay(`digest: ${digest("b")}`) + registry)).toEqual([[3, "up to date · Bump…", target]]);
  const behind = { ...target, tag: "latest" };
  expect(await lens(overlay(`digest: ${digest("a")}`) + registry)).toEqual([
    [3, "digest behind tag latest · Update", behind],
  ]);
});

test("the name that counts is the new one, and a Component has no lens", async () => {
  const renamed = overlay("newName: quay.io/team/other", 'newTag: "1.0"');
  expect(await lens(renamed + registry)).toEqual([[3, "Bump…", { root: "file:///ws", image: "quay.io/team/other" }]]);
  const component = overlay('newTag: "1.0"').replace(
    "resources:",
    "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources:",
  );
  expect(await lens(component + registry)).toEqual([]);
});

test("a hover tells what the registry said, and links only to web pages", async () => {
  const details = (source: string): string => `#- registry:quay.io/team/web
tags: ["1.0", "1.1"]
details:
  "1.0":
    digest: ${digest("a")}
    size: 48200000
    created: "2026-11-19T12:00:00Z"
    platforms:
    - {digest: x, platform: {os: linux, architecture: amd64}}
    - {digest: y, platform: {os: linux, architecture: arm64, variant: v8}}
    revision: 3f9e2a1b7c
    source: ${source}
    labels: {"maintainer": "the \`team\`"}
`;
  const expected = (commit: string): string =>
    [
      "**`quay.io/team/web`** `1.0`\n",
      "One version is newer; the newest is `1.1`.\n",
      `- Digest \`${digest("a")}\``,
      "- Built 2026-11-19, 3 days ago",
      "- For `linux/amd64`, `linux/arm64/v8`",
      "- Pulls 48.2 MB per platform",
      `- ${commit}`,
      "- `maintainer` `the 'team'`",
    ].join("\n");
  const pod = `#- a.yaml
kind: Something
spec:
  image: <|quay.io/team<|>/web:1.0|>
`;
  const link =
    "From commit [3f9e2a1b](https://example.com/team/web/commit/3f9e2a1b7c) of `https://example.com/team/web`";
  await checkHover(pod + details("https://example.com/team/web.git"), expected(link));
  await checkHover(pod + details('"javascript:alert(1)"'), expected("From revision `3f9e2a1b7c`"));
});

test("a hover says first, below the name of the image, that its tag leads elsewhere by now", async () => {
  const editor = await openEditor(overlay(`digest: ${digest("a").replace("aa", "a<|>a")}`) + registry);
  const hover = await editor.askAtCursor<{ readonly contents: { readonly value: string } }>(hoverFeature);
  const moved = `The tag \`latest\` leads to \`${digest("b")}\` by now.`;
  expect(hover.contents.value.split("\n\n").slice(0, 2)).toEqual(["**`quay.io/team/web`**", moved]);
});

test("a hover on an entry stands above what the field is for", async () => {
  const editor = await openEditor(overlay('newTag: "1.<|>9"') + registry);
  const hover = await editor.askAtCursor<{ contents: { value: string } }>(hoverFeature);
  expect(hover.contents.value).toMatch(
    /^\*\*`quay.io\/team\/web`\*\* `1.9`\n\nThe registry has no tag `1.9`\.\n\n---\n\n/,
  );
});

test("tags and digests are offered, the newest first", async () => {
  await checkCompletion(overlay("newTag: <|>") + registry, {
    labels: ["1.2", "1.1", "1.0", "latest"],
    choose: ["1.1", overlay("newTag: '1.1'").replace(deployment, "").replace("#- kustomization.yaml\n", "")],
  });
  await checkCompletion(overlay("digest: <|>") + registry, { labels: [digest("b")] });
  const pod =
    "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: quay.io/team/web:<|>\n";
  await checkCompletion(pod + registry, { includes: ["quay.io/team/web:1.2", "quay.io/team/web:latest"] });
  await checkCompletion(pod.replace("web:<|>", "web@<|>") + registry, {
    labels: [`quay.io/team/web@${digest("b")}`],
  });
  await checkCompletion(pod.replace("web:<|>", "web:1.2@<|>") + registry, {
    labels: [`quay.io/team/web:1.2@${digest("b")}`],
  });
  await checkCompletion(overlay("newName: quay.io/team/web:<|>") + registry, { includes: ["quay.io/team/web:1.2"] });
  const older = overlay("newTag: <|>").replace("images:", "imageTags:");
  await checkCompletion(older + registry, { labels: ["1.2", "1.1", "1.0", "latest"] });
  const step =
    "#- a.yaml\napiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a}\nspec:\n  steps:\n  - name: a\n    image: quay.io/team/web:<|>\n";
  await checkCompletion(step + registry, { includes: ["quay.io/team/web:1.2"] });
});

test("a tag that the registry does not have is told where it is written", async () => {
  const pod = (tag: string): string =>
    `#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: a\n    image: quay.io/team/web:${tag}\n`;
  await checkDiagnostics(
    `${pod("1.9")}#          ^^^^^^^^^^^^^^^^^^^^ error core/unknown-image: The registry has no tag \`1.9\`\n${registry}`,
  );
  await checkDiagnostics(pod("1.2") + registry);
  await checkDiagnostics(pod("3.0") + registry);
  await checkDiagnostics(pod("1.9"));
});

test("what an overlay sets is told in the overlay, and what it replaces is not told", async () => {
  const replaced = deployment.replace("quay.io/team/web\n", "quay.io/team/web:1.9\n");
  const kustomization = (tag: string): string =>
    `#- kustomization.yaml\nresources:\n- web.yaml\nimages:\n- name: quay.io/team/web\n  newTag: "${tag}"\n`;
  await checkDiagnostics(kustomization("1.2") + replaced + registry);
  await checkDiagnostics(`${kustomization("1.9")}#         ^^^^^ error core/unknown-image\n${deployment}${registry}`);
});

test("of steps, sidecars and step templates it is told too, also in tasks that pipelines hold", async () => {
  const task = (kind: string, ...lines: readonly string[]): string =>
    `#- task.yaml\napiVersion: tekton.dev/v1\nkind: ${kind}\nmetadata:\n  name: build\n${lines.map((line) => `${line}\n`).join("")}${registry}`;
  const carets = "^".repeat("quay.io/team/web:1.9".length);
  const told =
    "error core/unknown-image: The registry has no tag `1.9` of `quay.io/team/web`: its runs could not be started.";
  await checkDiagnostics(
    task(
      "Task",
      "spec:",
      "  steps:",
      "  - name: a",
      "    image: quay.io/team/web:1.9",
      `#          ${carets} ${told}`,
      "  - name: b",
      "    image: quay.io/team/web:1.2",
      "  - name: c",
      "    image: $(params.image):1.9",
      "  sidecars:",
      "  - name: d",
      "    image: quay.io/team/web:1.9",
      `#          ${carets} ${told}`,
      "  params:",
      "  - name: image",
      "    type: string",
    ),
  );
  await checkDiagnostics(
    task(
      "Pipeline",
      "spec:",
      "  tasks:",
      "  - name: a",
      "    taskSpec:",
      "      steps:",
      "      - name: a",
      "        image: quay.io/team/web:1.9",
      `#              ${carets} ${told}`,
    ),
  );
});

test("a placeholder that every overlay replaces is no finding, though the registry does not have it", async () => {
  const placeholder = registry.replace("quay.io/team/web", "quay.io/team/placeholder").replace('"1.9"', '"0.1"');
  const base = `#- base/kustomization.yaml\nresources:\n- web.yaml\n${deployment.replace("web.yaml", "base/web.yaml").replace("quay.io/team/web", "quay.io/team/placeholder:0.1")}`;
  const overlayOf = (stage: string, ...lines: readonly string[]): string =>
    `#- overlays/${stage}/kustomization.yaml\nresources:\n- ../../base\n${lines.map((line) => `${line}\n`).join("")}`;
  const replaced = ["images:", "- name: quay.io/team/placeholder", "  newName: quay.io/team/web", '  newTag: "1.2"'];
  const dev = overlayOf("dev", ...replaced);
  await checkDiagnostics(base + dev + overlayOf("prod", ...replaced) + registry + placeholder);
  // One overlay that takes it as it is would not start.
  const bad = base.replace(
    "image: quay.io/team/placeholder:0.1\n",
    `image: quay.io/team/placeholder:0.1\n#              ${"^".repeat(28)} error core/unknown-image\n`,
  );
  await checkDiagnostics(bad + dev + overlayOf("prod") + registry + placeholder);
});
