import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Domain } from "../../../server/src/analysis/domain";
import { findSymbols } from "../../../server/src/analysis/findSymbols";
import { nodeFileSystem } from "../../../server/src/platform/node/nodeFileSystem";
import { noFacts } from "../../../server/src/workspace/facts";
import { Workspace } from "../../../server/src/workspace/workspace";
import { temporaryFolder } from "../../support/temporaryFolder";

const domain: Domain = {
  name: "test",
  rules: [],
  understands: () => true,
  references: [
    {
      from: { group: "", kinds: ["Pod"] },
      path: ["spec", "serviceAccountName"],
      to: { group: "", kind: "ServiceAccount" },
    },
  ],
};

async function open(files: Readonly<Record<string, string>>): Promise<{ folder: string; workspace: Workspace }> {
  const folder = temporaryFolder(files);
  const workspace = new Workspace({
    fileSystem: nodeFileSystem,
    findFacts: (file, documents) => ({ ...noFacts, ...findSymbols(file, documents, [domain]) }),
  });
  await workspace.setFolders([folder]);
  return { folder, workspace };
}

const account = (name: string): string => `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n`;
const pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  serviceAccountName: robot\n";

function namesOf({ snapshot }: Workspace): readonly string[] {
  return snapshot.symbols.objectsOf("", "ServiceAccount").map(({ object }) => object.name);
}

test("names come from the files, also from lists, and open texts hide those of the disk", async () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n- ${account("one").trim().replaceAll("\n", "\n  ")}\n- ${account("two").trim().replaceAll("\n", "\n  ")}\n`;
  const { folder, workspace } = await open({ "list.yaml": list, "a.yaml": account("robot"), "pod.yaml": pod });
  expect([...namesOf(workspace)].sort()).toEqual(["one", "robot", "two"]);
  const robot = { object: { group: "", kind: "ServiceAccount", name: "robot" } };
  expect(workspace.snapshot.symbols.mentionsOf(robot).map(({ from }) => from.name)).toEqual(["web"]);
  workspace.setBuffer(`${folder}/a.yaml`, account("droid"));
  expect([...namesOf(workspace)].sort()).toEqual(["droid", "one", "two"]);
  expect(workspace.snapshot.symbols.definitionsOf(robot)).toEqual([]);
  await workspace.closeBuffer(`${folder}/a.yaml`);
  expect([...namesOf(workspace)].sort()).toEqual(["one", "robot", "two"]);
});

test("the index stays the same object until a file with names changes", async () => {
  const { folder, workspace } = await open({ "a.yaml": account("robot"), "b.yaml": "b: 1\n" });
  const { symbols } = workspace.snapshot;
  workspace.setBuffer(`${folder}/b.yaml`, "b: 2\n");
  expect(workspace.snapshot.symbols.objectsOf("", "ServiceAccount")).toHaveLength(1);
  const withBuffer = workspace.snapshot.symbols;
  workspace.setBuffer(`${folder}/b.yaml`, "b: 3\n");
  expect(workspace.snapshot.symbols).toBe(withBuffer);
  await workspace.closeBuffer(`${folder}/b.yaml`);
  writeFileSync(`${folder}/b.yaml`, "b: 4\n");
  await workspace.refresh([`${folder}/b.yaml`]);
  expect(workspace.snapshot.symbols).toBe(symbols);
  writeFileSync(`${folder}/a.yaml`, account("droid"));
  await workspace.refresh([`${folder}/a.yaml`]);
  expect(workspace.snapshot.symbols).not.toBe(symbols);
  expect(namesOf(workspace)).toEqual(["droid"]);
});

test("an open text that is no YAML for a moment keeps its names, until it is YAML again or closed", async () => {
  const { folder, workspace } = await open({ "a.yaml": account("robot") });
  const path = `${folder}/a.yaml`;
  workspace.setBuffer(path, `${account("robot")}data: {`);
  expect(namesOf(workspace)).toEqual(["robot"]);
  workspace.setBuffer(path, account("droid"));
  expect(namesOf(workspace)).toEqual(["droid"]);
  workspace.setBuffer(path, `${account("dro")}data: {`);
  expect(namesOf(workspace)).toEqual(["droid"]);
  workspace.setBuffer(path, "a: 1\n");
  expect(namesOf(workspace)).toEqual([]);
  await workspace.closeBuffer(path);
  expect(namesOf(workspace)).toEqual(["robot"]);
});
