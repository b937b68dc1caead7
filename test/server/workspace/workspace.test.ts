import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findFacts } from "../../../server/src/domains/kustomization/findReferences";
import { type FileSystem, FileSystemError } from "../../../server/src/platform/fileSystem";
import { nodeFileSystem } from "../../../server/src/platform/node/nodeFileSystem";
import { Workspace } from "../../../server/src/workspace/workspace";
import { temporaryFolder } from "../../support/temporaryFolder";

/** A file system that counts what is read. */
function counting(): FileSystem & { readonly reads: string[] } {
  const reads: string[] = [];
  return {
    ...nodeFileSystem,
    reads,
    readFile(path) {
      reads.push(path);
      return nodeFileSystem.readFile(path);
    },
  };
}

async function open(folder: string, fileSystem: FileSystem = nodeFileSystem): Promise<Workspace> {
  const workspace = new Workspace({ fileSystem, findFacts });
  await workspace.setFolders([folder]);
  return workspace;
}

const tree = {
  "base/kustomization.yaml": "resources: [deployment.yaml]\n",
  "base/deployment.yaml": "kind: Deployment\n",
  "overlays/dev/kustomization.yaml": "resources: [../../base]\n",
  "overlays/dev/settings.properties": "a=1\n",
  ".git/config.yaml": "a: 1\n",
  "node_modules/x/index.yaml": "a: 1\n",
};

test("a scan reads the YAML files and leaves .git and node_modules alone", async () => {
  const folder = temporaryFolder(tree);
  const { snapshot } = await open(folder);
  const names = [...snapshot.yamlFiles()].map((path) => path.slice(folder.length + 1)).sort();
  expect(names).toEqual(["base/deployment.yaml", "base/kustomization.yaml", "overlays/dev/kustomization.yaml"]);
  expect(snapshot.lookUp(`${folder}/node_modules/x/index.yaml`).kind).toBe("pending");
});

test("what a listed directory does not hold is missing, what was not read is pending until it is loaded", async () => {
  const folder = temporaryFolder(tree);
  const workspace = await open(folder);
  const settings = `${folder}/overlays/dev/settings.properties`;
  expect(workspace.snapshot.lookUp(`${folder}/base/kustomization.yml`).kind).toBe("missing");
  expect(workspace.snapshot.lookUp(`${folder}/nothing/here.yaml`).kind).toBe("missing");
  expect(workspace.snapshot.lookUp(settings).kind).toBe("pending");
  const loaded = await workspace.load([settings]);
  expect(loaded.file(settings)?.text).toBe("a=1\n");
});

test("of two changes of a file the last one counts, also when the first is slow to read", async () => {
  const folder = temporaryFolder(tree);
  const path = `${folder}/base/deployment.yaml`;
  let slow: Promise<void> | undefined;
  const workspace = await open(folder, {
    ...nodeFileSystem,
    async readFile(file) {
      const bytes = await nodeFileSystem.readFile(file);
      const wait = slow;
      slow = undefined;
      await wait;
      return bytes;
    },
  });
  let goOn = (): void => undefined;
  slow = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  writeFileSync(path, "kind: First\n");
  const first = workspace.refresh([path]);
  await expect.poll(() => slow === undefined).toBe(true);
  writeFileSync(path, "kind: Second\n");
  const second = workspace.refresh([path]);
  // Time for the second to read, should it not wait for the first.
  await Promise.race([second, nodeFileSystem.readFile(path).then(() => nodeFileSystem.readFile(path))]);
  goOn();
  await Promise.all([first, second]);
  expect(workspace.snapshot.file(path)?.text).toBe("kind: Second\n");
});

test("the graph knows who includes whom", async () => {
  const folder = temporaryFolder(tree);
  const { graph } = (await open(folder)).snapshot;
  expect(graph.kustomizations.map(({ root }) => root)).toEqual([`${folder}/base`, `${folder}/overlays/dev`]);
  expect(graph.includersOf(`${folder}/base`).map(({ root }) => root)).toEqual([`${folder}/overlays/dev`]);
  expect(graph.reachedFrom(`${folder}/base/deployment.yaml`).map(({ root }) => root)).toEqual([
    `${folder}/base`,
    `${folder}/overlays/dev`,
  ]);
});

test("a keystroke reads nothing, and older snapshots keep their text", async () => {
  const folder = temporaryFolder(tree);
  const disk = counting();
  const workspace = await open(folder, disk);
  const before = workspace.snapshot;
  const { graph } = before;
  const path = `${folder}/base/deployment.yaml`;
  disk.reads.length = 0;
  workspace.setBuffer(path, "kind: StatefulSet\n");
  expect(workspace.snapshot.file(path)?.text).toBe("kind: StatefulSet\n");
  expect(before.file(path)?.text).toBe("kind: Deployment\n");
  expect(workspace.snapshot.graph).toBe(graph);
  expect(disk.reads).toEqual([]);
});

test("a text that equals its file is the same object, before and after", async () => {
  const folder = temporaryFolder(tree);
  const workspace = await open(folder);
  const path = `${folder}/base/deployment.yaml`;
  const onDisk = workspace.snapshot.lookUp(path);
  workspace.setBuffer(path, "kind: Deployment\n");
  expect(workspace.snapshot.lookUp(path)).toBe(onDisk);
  await workspace.closeBuffer(path);
  expect(workspace.snapshot.lookUp(path)).toBe(onDisk);
});

test("changes on disk arrive: written, created, renamed and deleted files and folders", async () => {
  const folder = temporaryFolder(tree);
  const workspace = await open(folder);
  writeFileSync(join(folder, "base/deployment.yaml"), "kind: Job\n");
  mkdirSync(join(folder, "overlays/stage"));
  writeFileSync(join(folder, "overlays/stage/kustomization.yaml"), "resources: [../../base]\n");
  await workspace.refresh([`${folder}/base/deployment.yaml`, `${folder}/overlays/stage`]);
  expect(workspace.snapshot.file(`${folder}/base/deployment.yaml`)?.text).toBe("kind: Job\n");
  expect(workspace.snapshot.graph.at(`${folder}/overlays/stage`)?.kind).toBe("Kustomization");
  renameSync(join(folder, "overlays"), join(folder, "environments"));
  await workspace.refresh([`${folder}/overlays`, `${folder}/environments`]);
  expect(workspace.snapshot.graph.kustomizations.map(({ root }) => root.slice(folder.length + 1))).toEqual([
    "base",
    "environments/dev",
    "environments/stage",
  ]);
  expect(workspace.snapshot.lookUp(`${folder}/overlays/dev/kustomization.yaml`).kind).toBe("missing");
});

test("a file looked for and not found is found once it is there", async () => {
  const folder = temporaryFolder(tree);
  const workspace = await open(folder);
  const path = `${folder}/base/added.env`;
  expect(workspace.snapshot.lookUp(path).kind).toBe("missing");
  writeFileSync(path, "A=1\n");
  await workspace.refresh([path]);
  const snapshot = await workspace.load([path]);
  expect(snapshot.file(path)?.text).toBe("A=1\n");
});

test("links: a file through a link is the file itself, loops and dangling links are answers", async () => {
  const folder = temporaryFolder(tree);
  symlinkSync("base", join(folder, "alias"));
  symlinkSync("loop", join(folder, "loop"));
  symlinkSync("nowhere", join(folder, "dangling"));
  symlinkSync("..", join(folder, "base/up"));
  const workspace = await open(folder);
  const aliased = `${folder}/alias/deployment.yaml`;
  await workspace.load([
    aliased,
    `${folder}/loop`,
    `${folder}/dangling`,
    `${folder}/base/up/base/up/base/deployment.yaml`,
  ]);
  const { snapshot } = workspace;
  expect(snapshot.lookUp(aliased)).toBe(snapshot.lookUp(`${folder}/base/deployment.yaml`));
  expect(snapshot.lookUp(`${folder}/base/up/base/up/base/deployment.yaml`)).toBe(snapshot.lookUp(aliased));
  expect(snapshot.lookUp(`${folder}/loop`)).toMatchObject({
    kind: "unreadable",
    reason: expect.stringContaining("loop"),
  });
  expect(snapshot.lookUp(`${folder}/dangling`).kind).toBe("missing");
  workspace.setBuffer(`${folder}/base/deployment.yaml`, "kind: Edited\n");
  expect(workspace.snapshot.file(aliased)?.text).toBe("kind: Edited\n");
});

test("a workspace folder that is a link: files have the paths that the editor uses, and changes arrive", async () => {
  const target = temporaryFolder(tree);
  const folder = join(temporaryFolder({}), "linked");
  symlinkSync(target, folder);
  const workspace = await open(folder);
  const manifest = `${target}/base/deployment.yaml`;
  const added = `${target}/base/added.env`;
  const snapshot = await workspace.load([manifest, added]);
  expect(snapshot.file(manifest)?.path).toBe(`${folder}/base/deployment.yaml`);
  expect(snapshot.lookUp(added).kind).toBe("missing");
  writeFileSync(join(target, "base/added.env"), "A=1\n");
  await workspace.refresh([`${folder}/base/added.env`]);
  const later = await workspace.load([added]);
  expect(later.file(added)?.text).toBe("A=1\n");
  workspace.setBuffer(`${folder}/base/deployment.yaml`, "kind: Edited\n");
  expect(workspace.snapshot.file(manifest)?.text).toBe("kind: Edited\n");
});

test("too large, not UTF-8, not permitted: an answer with a reason, never a rejection", async () => {
  const folder = temporaryFolder({
    "a/big.yaml": "",
    "a/latin.yaml": Uint8Array.of(0x61, 0xe4, 0x0a),
    "shut/b.yaml": "",
  });
  truncateSync(join(folder, "a/big.yaml"), 21 * 1024 * 1024);
  const { snapshot } = await open(folder);
  expect(snapshot.lookUp(`${folder}/a/big.yaml`)).toMatchObject({
    kind: "unreadable",
    reason: expect.stringContaining("21.0 MB"),
  });
  expect(snapshot.lookUp(`${folder}/a/latin.yaml`)).toMatchObject({ kind: "file", bytes: { length: 3 } });
  expect(snapshot.file(`${folder}/a/latin.yaml`)).toBeUndefined();
});

test("a directory without permission is skipped with its reason", async () => {
  const folder = temporaryFolder({ "shut/b.yaml": "", "open/c.yaml": "" });
  const guarded: FileSystem = {
    ...nodeFileSystem,
    async readDirectory(path) {
      if (path.endsWith("/shut")) throw new FileSystemError("denied", "Permission is denied.");
      return nodeFileSystem.readDirectory(path);
    },
  };
  const { snapshot } = await open(folder, guarded);
  expect(snapshot.lookUp(`${folder}/shut`)).toEqual({ kind: "unreadable", reason: "Permission is denied." });
  expect([...snapshot.yamlFiles()]).toEqual([`${folder}/open/c.yaml`]);
});

test("a folder that vanishes while it is read is missing", async () => {
  const folder = temporaryFolder(tree);
  const vanishing: FileSystem = {
    ...nodeFileSystem,
    async readDirectory(path) {
      if (path.endsWith("/overlays")) rmSync(join(folder, "overlays"), { recursive: true });
      return nodeFileSystem.readDirectory(path);
    },
  };
  const { snapshot } = await open(folder, vanishing);
  expect(snapshot.lookUp(`${folder}/overlays`).kind).toBe("missing");
  expect(snapshot.graph.kustomizations.map(({ root }) => root)).toEqual([`${folder}/base`]);
});

test("a workspace folder that is not there is empty", async () => {
  const { snapshot } = await open("/no/such/folder");
  expect([snapshot.complete, [...snapshot.yamlFiles()]]).toEqual([true, []]);
});

test("what changes while the folders are read for the first time counts", async () => {
  const folder = temporaryFolder(tree);
  const path = `${folder}/base/deployment.yaml`;
  let changed: Promise<void> | undefined;
  const slow: FileSystem = {
    ...nodeFileSystem,
    async readFile(read) {
      const bytes = await nodeFileSystem.readFile(read);
      if (read === path && changed === undefined) {
        writeFileSync(path, "kind: Job\n");
        changed = workspace.refresh([path]);
        await changed;
      }
      return bytes;
    },
  };
  const workspace = new Workspace({ fileSystem: slow, findFacts });
  await workspace.setFolders([folder]);
  expect(workspace.snapshot.file(path)?.text).toBe("kind: Job\n");
});

test("a folder that was closed and opened again is read again", async () => {
  const folder = temporaryFolder(tree);
  const workspace = await open(folder);
  await workspace.setFolders([]);
  writeFileSync(join(folder, "base/deployment.yaml"), "kind: Job\n");
  await workspace.setFolders([folder]);
  expect(workspace.snapshot.file(`${folder}/base/deployment.yaml`)?.text).toBe("kind: Job\n");
});
