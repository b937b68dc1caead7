import type { SyncPlan, SyncPlanTask } from "../../../../server/src/protocol/syncPlan";
import type { MadePlan } from "./planSource";

/** A row of the Sync Plan view. */
export type PlanRow = NoteRow | PhaseRow | WaveRow | TaskRow;

export interface NoteRow {
  readonly type: "note";
  readonly id: string;
  readonly text: string;
  /** It tells a failure: planning again may help. */
  readonly isFailure: boolean;
  readonly parent?: undefined;
}

export interface PhaseRow {
  readonly type: "phase";
  readonly id: string;
  readonly phase: SyncPlanTask["phase"];
  readonly count: number;
  readonly children: readonly (WaveRow | TaskRow)[];
  readonly parent?: undefined;
}

export interface WaveRow {
  readonly type: "wave";
  readonly id: string;
  readonly wave: number;
  readonly children: readonly TaskRow[];
  readonly parent: PhaseRow;
}

export interface TaskRow {
  readonly type: "task";
  readonly id: string;
  readonly task: SyncPlanTask;
  /** Its place in the whole plan, from 1. */
  readonly place: number;
  readonly of: number;
  readonly parent: PhaseRow | WaveRow;
}

/**
 * The rows at the top: what failed, what else the person should know, then the phases. Waves stand between where a phase has more than the wave 0.
 */
export function toRows({ tasks, notes, failures = [] }: MadePlan): readonly PlanRow[] {
  const places = new Map(tasks.map((task, i) => [task, i + 1]));
  const rows: PlanRow[] = [
    ...failures.map((text, i): NoteRow => ({ type: "note", id: `failure ${i}`, text, isFailure: true })),
    ...notes.map((text, i): NoteRow => ({ type: "note", id: `note ${i}`, text, isFailure: false })),
  ];
  for (const group of groupBy(tasks, ({ phase }) => phase)) {
    const [first] = group;
    if (first === undefined) continue;
    const children: (WaveRow | TaskRow)[] = [];
    const { phase } = first;
    const row: PhaseRow = { type: "phase", id: phase, phase, count: group.length, children };
    const toTask = (task: SyncPlanTask, parent: PhaseRow | WaveRow): TaskRow => {
      const place = places.get(task) ?? 0;
      return { type: "task", id: `${phase} ${place}`, task, place, of: tasks.length, parent };
    };
    const waves = groupBy(group, ({ wave }) => wave);
    for (const wave of waves) {
      const number = wave[0]?.wave ?? 0;
      if (waves.length === 1 && number === 0) children.push(...wave.map((task) => toTask(task, row)));
      else {
        const inner: TaskRow[] = [];
        const waveRow: WaveRow = {
          type: "wave",
          id: `${phase} wave ${number}`,
          wave: number,
          children: inner,
          parent: row,
        };
        inner.push(...wave.map((task) => toTask(task, waveRow)));
        children.push(waveRow);
      }
    }
    rows.push(row);
  }
  return rows;
}

/** The rows below a row. */
export function childrenOf(row: PlanRow): readonly PlanRow[] {
  return row.type === "phase" || row.type === "wave" ? row.children : [];
}

/** What a plan does, in a few words: `7 objects: 1 PreSync, 6 Sync; 2 are deleted`. */
export function summaryOf({ tasks }: SyncPlan): string {
  const main = tasks.filter(({ phase }) => phase !== "SyncFail");
  const phases = groupBy(main, ({ phase }) => phase).map((group) => `${group.length} ${group[0]?.phase ?? ""}`);
  const { length: kept } = tasks.filter(isKept);
  const pruned = tasks.filter(({ isPrune }) => isPrune).length - kept;
  const ends = [pruned > 0 && `${pruned} ${is(pruned)} deleted`, kept > 0 && `${kept} ${is(kept)} kept`].filter(
    Boolean,
  );
  const prunes = ends.length === 0 ? "" : `; ${ends.join(", ")}`;
  const count = `${main.length} ${main.length === 1 ? "object" : "objects"}`;
  return `${phases.length > 1 ? `${count}: ${phases.join(", ")}` : count}${prunes}`;
}

function is(count: number): string {
  return count === 1 ? "is" : "are";
}

/** Whether an object would be deleted, but says that it must not be. */
export function isKept({ isPrune, pruneOption }: SyncPlanTask): boolean {
  return isPrune && pruneOption === "false";
}

/** What becomes of an object that Git has no more. */
function pruneWords({ pruneOption, isExtraneous }: SyncPlanTask): string {
  const words = { false: "kept (Prune=false)", confirm: "deleted once confirmed (Prune=confirm)" };
  const ignored = isExtraneous === true ? " · not counted as out of sync (IgnoreExtraneous)" : "";
  return (pruneOption === undefined ? "deleted" : words[pruneOption]) + ignored;
}

/** What stands beside the name of an object: its kind, how it is in the cluster, and what it is in the sync. */
export function describeTask(task: SyncPlanTask): string {
  const { kind, isHook, isPrune, deletePolicies, status, namespace, source } = task;
  // Argo CD makes the namespace of the destination itself; nothing else has no source and is not deleted.
  const made = source === undefined && !isPrune && !isHook && kind === "Namespace" ? "made where it is missing" : "";
  const hook = isHook ? "hook" : "";
  const policy = isHook ? policyWords(deletePolicies) : "";
  return [kind, isPrune ? pruneWords(task) : status, made, hook, policy, namespace].filter(Boolean).join(" · ");
}

/** `BeforeHookCreation` is what hooks do unless they say something else. */
function policyWords(policies: readonly string[]): string {
  const words = policies.flatMap((policy) => {
    if (policy === "HookSucceeded") return ["when it succeeded"];
    return policy === "HookFailed" ? ["when it failed"] : [];
  });
  return words.length === 0 ? "" : `deleted ${words.join(" and ")}`;
}

/** Neighbours with the same key, in their order. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => unknown): readonly (readonly T[])[] {
  const groups: T[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    if (last !== undefined && first !== undefined && keyOf(first) === keyOf(item)) last.push(item);
    else groups.push([item]);
  }
  return groups;
}
