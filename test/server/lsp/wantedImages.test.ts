import { expect, test } from "vitest";
import { wantedImages } from "../../../server/src/lsp/wantedImages";
import { noObservations } from "../../../server/src/observations/observations";
import { createBuilds } from "../../../server/src/render/builds";
import { openEditor } from "../../support/editor";

/** What is asked for when all files are open, with the builds of some roots. */
async function wanted(text: string, ...roots: readonly string[]): Promise<readonly string[]> {
  const { snapshot } = await openEditor(text);
  const builds = createBuilds({ clock: { now: () => 0 } });
  for (const root of roots) builds.build(`/ws/${root}`, snapshot);
  return wantedImages(snapshot, builds, noObservations).map(({ image, versions }) => `${image} ${versions.join()}`);
}

const base = `#- base/kustomization.yaml
resources: [pod.yaml]
#- base/pod.yaml
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - {name: web, image: "quay.io/team/placeholder:latest"}
  - {name: proxy, image: "quay.io/team/proxy:3"}
`;
const dev = `#- dev/kustomization.yaml
resources: [../base]
images:
- name: quay.io/team/placeholder
  newName: quay.io/team/web
  newTag: "1.0"
`;

test("what an overlay replaces is asked of nobody, what it renders is", async () => {
  expect(await wanted(base + dev, "dev")).toEqual(["quay.io/team/web 1.0", "quay.io/team/proxy 3"]);
});

test("before the overlays are built, nothing that they may replace is asked for", async () => {
  expect(await wanted(base + dev)).toEqual([]);
});

test("an overlay that takes the image as it is keeps it among what is asked for", async () => {
  const prod = "#- prod/kustomization.yaml\nresources: [../base]\n";
  expect(await wanted(base + dev + prod, "dev", "prod")).toContain("quay.io/team/placeholder latest");
});

test("manifests by themselves are asked for, and bare words outside of containers are not", async () => {
  const files = `#- a.yaml
apiVersion: tekton.dev/v1
kind: Task
metadata: {name: build}
spec:
  stepTemplate: {image: alpine}
  steps: [{name: a, image: "quay.io/team/tool@sha256:${"a".repeat(64)}"}, {name: b, image: $(params.image)}]
---
apiVersion: example.com/v1
kind: Page
metadata: {name: a}
spec: {logo: {image: logo.png}, image: "quay.io/team/page:2"}
`;
  expect([...(await wanted(files))].sort()).toEqual([
    "alpine latest",
    "quay.io/team/page 2",
    `quay.io/team/tool sha256:${"a".repeat(64)},latest`,
  ]);
});
