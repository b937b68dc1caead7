import { expect, test } from "vitest";
import {
  childrenOf,
  describeTask,
  type PlanRow,
  summaryOf,
  toRows,
} from "../../../../client/src/features/syncPlan/planRows";
import type { SyncPlan, SyncPlanTask } from "../../../../server/src/protocol/syncPlan";

const plan: SyncPlan = {
  title: "book",
  notes: ["A chart is not rendered here."],
  tasks: [
    task("PreSync", 0, "migrate", { kind: "Job", isHook: true, deletePolicies: ["HookSucceeded", "HookFailed"] }),
    task("Sync", -1, "settings", { status: "Synced" }),
    task("Sync", 0, "web", { kind: "Deployment", status: "Missing", namespace: "shop" }),
    task("Sync", 1, "old", { isPrune: true, status: "OutOfSync" }),
    task("SyncFail", 0, "clean", { kind: "Job", isHook: true, deletePolicies: ["BeforeHookCreation"] }),
  ],
};

test("puts notes first, then phases; waves stand between where there is more than the wave 0", () => {
  expect(outline(toRows(plan))).toEqual([
    "note 0",
    "PreSync",
    "  migrate 1/5",
    "Sync",
    "  wave -1",
    "    settings 2/5",
    "  wave 0",
    "    web 3/5",
    "  wave 1",
    "    old 4/5",
    "SyncFail",
    "  clean 5/5",
  ]);
});

test("puts first what failed, which can be tried again", () => {
  const rows = toRows({ ...plan, failures: ["Its cluster did not answer."] });
  expect(rows.slice(0, 2)).toMatchObject([
    { text: "Its cluster did not answer.", isFailure: true },
    { text: "A chart is not rendered here.", isFailure: false },
  ]);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
});

test("gives every row an id of its own and the way back to its parent", () => {
  const all = allOf(toRows(plan));
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const row of all) for (const child of childrenOf(row)) expect(child.parent).toBe(row);
});

test("says what is done, without what only a failure would bring", () => {
  expect(summaryOf(plan)).toBe("4 objects: 1 PreSync, 3 Sync; 1 is deleted");
  expect(summaryOf({ ...plan, tasks: plan.tasks.slice(2, 3) })).toBe("1 object");
});

test("says in words what an object is in the sync, and how it is in the cluster", () => {
  expect(plan.tasks.map(describeTask)).toEqual([
    "Job · hook · deleted when it succeeded and when it failed",
    "ConfigMap · Synced",
    "Deployment · Missing · shop",
    "ConfigMap · deleted",
    "Job · hook",
  ]);
  expect(describeTask(task("PreSync", 0, "shop", { kind: "Namespace" }))).toBe("Namespace · made where it is missing");
});

test("what says itself that it must not be deleted is kept, and counted so", () => {
  const kept = task("Sync", 0, "kept", { isPrune: true, pruneOption: "false", isExtraneous: true });
  const asked = task("Sync", 0, "asked", { isPrune: true, pruneOption: "confirm" });
  expect([kept, asked].map(describeTask)).toEqual([
    "ConfigMap · kept (Prune=false) · not counted as out of sync (IgnoreExtraneous)",
    "ConfigMap · deleted once confirmed (Prune=confirm)",
  ]);
  expect(summaryOf({ ...plan, tasks: [kept, asked] })).toBe("2 objects; 1 is deleted, 1 is kept");
  expect(summaryOf({ ...plan, tasks: [kept] })).toBe("1 object; 1 is kept");
});

function task(phase: SyncPlanTask["phase"], wave: number, name: string, more: Partial<SyncPlanTask>): SyncPlanTask {
  const common = { group: "", kind: "ConfigMap", isHook: false, isPrune: false, deletePolicies: [] };
  return { ...common, phase, wave, name, ...more };
}

function allOf(rows: readonly PlanRow[]): readonly PlanRow[] {
  return rows.flatMap((row) => [row, ...allOf(childrenOf(row))]);
}

function outline(rows: readonly PlanRow[], indent = ""): readonly string[] {
  return rows.flatMap((row) => {
    const words =
      row.type === "wave"
        ? `wave ${row.wave}`
        : row.type === "task"
          ? `${row.task.name} ${row.place}/${row.of}`
          : row.id;
    return [`${indent}${words}`, ...outline(childrenOf(row), `${indent}  `)];
  });
}
