import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { syncRoleOf, waveOf } from "../../../server/src/argocd/hooks";
import { toSyncObject } from "../../../server/src/argocd/syncObject";
import { inRunOrder, orderSync, type SyncOrderOptions, type SyncTask } from "../../../server/src/argocd/syncOrder";
import { readDocuments } from "../../../server/src/yaml/read";

/** Objects, with the tasks that `getSyncTasks` of argo-cd 3.5 `gitops-engine/pkg/sync` makes of them. */
interface RealCase extends Pick<SyncOrderOptions, "namespace" | "pruneLast" | "createNamespace"> {
  readonly targets: readonly object[];
  readonly prunes: readonly object[];
  readonly answer: readonly string[];
}

const realCases = readFileSync(join(import.meta.dirname, "fixtures", "syncOrder.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as RealCase);

test("orders as Argo CD itself does", () => {
  for (const { targets, prunes, answer, ...options } of realCases) {
    const read = (objects: readonly object[]) => objects.flatMap((object) => objectsOf(JSON.stringify(object)));
    const tasks = orderSync({ ...options, targets: read(targets), prunes: read(prunes) });
    expect(tasks.map(words), JSON.stringify({ targets, prunes, ...options })).toEqual(answer);
  }
});

test("sorts a hook with a generated name by the part that is written", () => {
  const tasks = orderSync({ namespace: "book", targets: objectsOf(generated) });
  expect(tasks.map(({ object }) => object.name || object.generateName)).toEqual(["a", "migrate-", "z"]);
});

test("deletes first within a wave", () => {
  const targets = objectsOf(
    '{apiVersion: v1, kind: ConfigMap, metadata: {name: a, annotations: {argocd.argoproj.io/sync-wave: "1"}}}',
  );
  const prunes = objectsOf("{apiVersion: v1, kind: Service, metadata: {name: old}}");
  const more = objectsOf("{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}");
  const tasks = inRunOrder(orderSync({ namespace: "book", targets: [...targets, ...more], prunes }));
  expect(tasks.map(words)).toEqual(["Sync 0 Service/old prune", "Sync 0 ConfigMap/b", "Sync 1 ConfigMap/a"]);
});

test("leaves hooks out of a sync of chosen objects", () => {
  expect(orderSync({ namespace: "book", targets: objectsOf(generated), skipHooks: true })).toEqual([]);
});

describe("reads from annotations", () => {
  const hook = "argocd.argoproj.io/hook";
  const helm = "helm.sh/hook";
  test.each<[Record<string, string>, boolean, readonly string[], readonly string[]]>([
    [{}, false, ["Sync"], []],
    [{ [hook]: "PreSync, PostSync" }, true, ["PreSync", "PostSync"], ["BeforeHookCreation"]],
    [{ [hook]: "Skip" }, false, [], []],
    [{ [hook]: "PostDelete" }, true, [], ["BeforeHookCreation"]],
    [{ [hook]: "presync" }, true, [], ["BeforeHookCreation"]],
    [
      { [helm]: "pre-install,pre-upgrade", "helm.sh/hook-delete-policy": "hook-succeeded" },
      true,
      ["PreSync"],
      ["HookSucceeded"],
    ],
    [{ [helm]: "crd-install" }, false, ["Sync"], []],
    [{ [helm]: "test" }, true, [], ["BeforeHookCreation"]],
  ])("%j", (annotations, isHook, phases, deletePolicies) => {
    expect(syncRoleOf(new Map(Object.entries(annotations)))).toEqual({ isHook, phases, deletePolicies });
  });

  test.each([
    ["5", undefined, 5],
    ["-1", "3", -1],
    ["+2", undefined, 2],
    ["1.5", "3", 3],
    ["x", "y", 0],
    [undefined, "-4", -4],
  ])("the wave %s, the weight %s", (wave, weight, expected) => {
    const annotations = new Map<string, string>();
    if (wave !== undefined) annotations.set("argocd.argoproj.io/sync-wave", wave);
    if (weight !== undefined) annotations.set("helm.sh/hook-weight", weight);
    expect(waveOf(annotations)).toBe(expected);
  });
});

const generated = ["{name: z}", "{generateName: migrate-}", "{name: a}"]
  .map((metadata) => {
    const hook = "annotations: {argocd.argoproj.io/hook: PreSync}";
    return `apiVersion: batch/v1\nkind: Job\nmetadata: ${metadata.replace("}", `, ${hook}}`)}\n`;
  })
  .join("---\n");

function objectsOf(text: string) {
  return readDocuments({ path: "/objects.yaml", text }).flatMap(({ root }) => (root && toSyncObject(root)) ?? []);
}

function words({ phase, wave, object, isHook, isPrune }: SyncTask): string {
  return `${phase} ${wave} ${object.kind}/${object.name}${isHook ? " hook" : ""}${isPrune ? " prune" : ""}`;
}
