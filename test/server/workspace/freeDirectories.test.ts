import { describe, expect, test } from "vitest";
import { findFacts } from "../../../server/src/lsp/facts";
import { notCancelled } from "../../../server/src/platform/cancellation";
import type { FileSystem } from "../../../server/src/platform/fileSystem";
import { createBuilds } from "../../../server/src/render/builds";
import { loadBuild } from "../../../server/src/render/loadBuild";
import { Workspace } from "../../../server/src/workspace/workspace";
import { folder, parseFixture } from "../../support/fixture";
import { memoryFileSystem } from "../../support/memoryFileSystem";

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
const repository = `
#- one/.git/HEAD
ref: refs/heads/main
#- one/app/kustomization.yaml
resources: [../shared.yaml]
#- one/shared.yaml
${configMap}#- two/.git
gitdir: elsewhere
#- two/app/kustomization.yaml
resources: [../shared.yaml]
#- two/shared.yaml
${configMap}`;

const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  path: ./app
`;
const argoConfig = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: argocd-cm\ndata:\n${data}`;

async function openWorkspace(tree: string) {
  const workspace = new Workspace({ fileSystem: memoryFileSystem(parseFixture(tree)), findFacts });
  await workspace.setFolders([folder]);
  const builds = createBuilds({ clock: { now: () => 0 } });
  const codes = async (root: string): Promise<readonly string[]> =>
    (await loadBuild(builds, workspace, `${folder}/${root}`, notCancelled)).problems.map(({ code }) => code);
  return { workspace, codes };
}

/** A workspace over a disk that changes: gives the problems of `one/app` after a path on it changed. */
async function openDisk(disk: { files: Map<string, string>; directories: readonly string[] }) {
  const fresh = () => memoryFileSystem({ ...disk, files: new Map(disk.files) });
  const fileSystem: FileSystem = {
    stat: (path) => fresh().stat(path),
    readFile: (path) => fresh().readFile(path),
    readDirectory: (path) => fresh().readDirectory(path),
    realPath: (path) => fresh().realPath(path),
  };
  const workspace = new Workspace({ fileSystem, findFacts });
  await workspace.setFolders([folder]);
  const builds = createBuilds({ clock: { now: () => 0 } });
  return async (...changed: readonly string[]): Promise<readonly string[]> => {
    await workspace.refresh(changed);
    return (await loadBuild(builds, workspace, `${folder}/one/app`, notCancelled)).problems.map(({ code }) => code);
  };
}

const outside = ["kustomization/outside-root"];

describe("builds read anywhere in the git work tree when its deployer does", () => {
  test.each([
    ["Flux", flux],
    ["Flux, in a list", `apiVersion: v1\nkind: List\nitems:\n${flux.replace(/^/gm, "  ").replace("  apiV", "- apiV")}`],
    ["Argo CD", argoConfig("  kustomize.buildOptions: --enable-helm --load-restrictor LoadRestrictionsNone\n")],
    [
      "Argo CD, on a line of its own",
      argoConfig("  kustomize.buildOptions: >-\n    --load-restrictor=LoadRestrictionsNone\n"),
    ],
    [
      "Argo CD, for a version",
      argoConfig('  kustomize.buildOptions.v5.8.1: "--load-restrictor LoadRestrictionsNone"\n'),
    ],
    [
      "the operator of OpenShift GitOps",
      "apiVersion: argoproj.io/v1beta1\nkind: ArgoCD\nmetadata:\n  name: a\nspec:\n  kustomizeBuildOptions: --load-restrictor LoadRestrictionsNone\n",
    ],
  ])("%s", async (_name, text) => {
    const { codes } = await openWorkspace(`${repository}#- one/deploy/deployer.yaml\n${text}`);
    expect([await codes("one/app"), await codes("two/app")]).toEqual([[], outside]);
  });

  test.each([
    ["other options of Argo CD", argoConfig("  kustomize.buildOptions: --enable-helm\n")],
    ["a comment", argoConfig("  # kustomize.buildOptions: --load-restrictor LoadRestrictionsNone\n  a: b\n")],
    ["a source of Flux", flux.replace("kustomize.", "source.").replace("Kustomization", "GitRepository")],
    [
      "a definition of the kind",
      "kind: CustomResourceDefinition\nmetadata:\n  name: kustomizations.kustomize.toolkit.fluxcd.io\n",
    ],
  ])("but not for %s", async (_name, text) => {
    const { codes } = await openWorkspace(`${repository}#- one/deploy/deployer.yaml\n${text}`);
    expect(await codes("one/app")).toEqual(outside);
  });

  test("a file beyond the work tree stays out of reach", async () => {
    const { codes } = await openWorkspace(
      `${repository}#- one/deployer.yaml\n${flux}#- one/thief/kustomization.yaml\nresources: [../../two/shared.yaml]\n`,
    );
    expect(await codes("one/thief")).toEqual(outside);
  });
});

test("typing the deployer's object, and deleting it, builds anew", async () => {
  const { workspace, codes } = await openWorkspace(repository);
  expect(await codes("one/app")).toEqual(outside);
  workspace.setBuffer(`${folder}/one/deployer.yaml`, flux);
  expect(await codes("one/app")).toEqual([]);
  workspace.setBuffer(`${folder}/one/deployer.yaml`, "");
  expect(await codes("one/app")).toEqual(outside);
});

test("a definition of kinds beside an object of Flux keeps both facts", async () => {
  const definition = `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: as.example.com}
spec: {group: example.com, names: {kind: A}, scope: Namespaced, versions: [{name: v1, schema: {openAPIV3Schema: {type: object}}}]}
`;
  const { workspace } = await openWorkspace(`#- all.yaml\n${flux}${definition}`);
  const { liftsRestrictions, kinds } = workspace.snapshot.facts(`${folder}/all.yaml`);
  expect([liftsRestrictions, kinds?.length]).toEqual([true, 1]);
});

describe("a Makefile or script that builds without load restrictions", () => {
  const other = "#- one/other/kustomization.yaml\nresources: [../shared.yaml]\n";
  const build = (directory: string) => `kustomize build --load-restrictor LoadRestrictionsNone ${directory}\n`;

  test.each([
    ["the directory that it names", "one/Makefile", "app"],
    ["a directory seen from above its own", "one/hack/build.sh", "app"],
    ["its own directory", "one/app/Makefile", "."],
    ["what the directory includes", "one/Makefile", "top"],
  ])("lifts them for %s", async (_name, file, directory) => {
    const top = "#- one/top/kustomization.yaml\nresources: [../app]\n";
    const { codes } = await openWorkspace(`${repository}${other}${top}#- ${file}\nall:\n\t${build(directory)}`);
    expect([await codes("one/app"), await codes("one/other"), await codes("two/app")]).toEqual([[], outside, outside]);
  });

  test.each([
    ["a variable says which", "$(DIR)"],
    ["no such directory is known", "generated"],
  ])("lifts them for the repository when %s", async (_name, directory) => {
    const { codes } = await openWorkspace(`${repository}${other}#- one/Makefile\nall:\n\t${build(directory)}`);
    expect([await codes("one/app"), await codes("one/other"), await codes("two/app")]).toEqual([[], [], outside]);
  });

  test("is not looked at when it is huge", async () => {
    const { codes } = await openWorkspace(`${repository}#- one/a.sh\n${build("app")}${"# more\n".repeat(40_000)}`);
    expect(await codes("one/app")).toEqual(outside);
  });

  test("counts as soon as it is saved, and no longer when it is gone", async () => {
    const tree = parseFixture(repository);
    const files = new Map(tree.files);
    const codesAfter = await openDisk({ files, directories: tree.directories });
    expect(await codesAfter()).toEqual(outside);
    for (const text of [build("app"), "all:\n", build("$(DIR)")]) {
      files.set(`${folder}/one/Makefile`, text);
      expect(await codesAfter(`${folder}/one/Makefile`)).toEqual(text === "all:\n" ? outside : []);
    }
    files.delete(`${folder}/one/Makefile`);
    expect(await codesAfter(`${folder}/one/Makefile`)).toEqual(outside);
  });

  test("keeps no text of scripts that say nothing", async () => {
    const { workspace } = await openWorkspace(`${repository}#- one/a.sh\ntrue\n#- one/b.sh\n${build("app")}`);
    const kinds = ["a.sh", "b.sh"].map((name) => workspace.snapshot.lookUp(`${folder}/one/${name}`).kind);
    expect(kinds).toEqual(["pending", "file"]);
  });
});
