import type { PlannedObject, PlannedState } from "../../cluster/applyPlan";
import { type ApplyResult, describeConflicts, isOpen } from "../../cluster/applyRun";
import { objectName } from "../../cluster/objectName";

/** What an apply is about. */
export interface ApplySubject {
  /** For example `config/overlays/dev`. */
  readonly what: string;
  readonly context: string;
}

const plannedWords: Readonly<Record<PlannedState, string>> = {
  created: "will be created",
  configured: "will be configured",
  adopted: "stays as it is; GitOps Author becomes a manager of its fields",
  unchanged: "unchanged",
  later: "will be applied after what it needs, not checked yet",
  conflict: "others manage some of its fields",
  failed: "cannot be applied",
};

const countWords: Readonly<Record<PlannedState, string>> = {
  created: "to create",
  configured: "to configure",
  adopted: "to adopt",
  unchanged: "unchanged",
  later: "not checked yet",
  conflict: "in conflict",
  failed: "cannot be applied",
};

const resultWords: Readonly<Record<ApplyResult<unknown>["state"], string>> = {
  created: "created",
  configured: "configured",
  adopted: "adopted",
  unchanged: "unchanged",
  failed: "FAILED",
  unknown: "UNKNOWN",
  skipped: "skipped",
};

/** What would be done to an object, and what stands against it. */
export function describePlanned({ state, message, conflicts, warnings }: PlannedObject<unknown>): readonly string[] {
  return [
    plannedWords[state],
    ...(message === undefined ? [] : [message]),
    ...(conflicts.length === 0 ? [] : [describeConflicts({ conflicts })]),
    ...warnings.map((text) => `Warning: ${text}`),
  ];
}

/** For example `3 to create, 1 to configure, 5 unchanged`. */
export function countPlanned(planned: readonly PlannedObject<unknown>[]): string {
  return countStates(planned.map(({ state }) => countWords[state]));
}

/** For example `3 created, 1 configured, 5 unchanged`; in the order in which the words come up. */
export function countStates(states: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(", ");
}

/** The result of an apply as a text: a line for each object, with what went wrong below it. */
export function writeApplyReport({ what, context }: ApplySubject, results: readonly ApplyResult<unknown>[]): string {
  const lines = [`${what} applied to ${context}: ${countStates(results.map(({ state }) => state))}.`, ""];
  for (const { planned, state, message, warnings } of results) {
    const { namespace } = planned.object.metadata;
    const where = namespace === undefined ? "" : ` in ${namespace}`;
    lines.push(`${resultWords[state].padEnd(10)}  ${objectName(planned.object)}${where}`);
    if (message !== undefined) lines.push(`            ${message}`);
    if (state === "unknown")
      lines.push("            Nobody knows whether it was applied. A retry looks first, and applies nothing twice.");
    lines.push(...warnings.map((text) => `            Warning: ${text}`));
  }
  const open = results.filter(isOpen).length;
  if (open > 0)
    lines.push(
      "",
      `${open === 1 ? "1 object is" : `${open} objects are`} left: correct what is wrong, then choose Retry above.`,
    );
  return `${lines.join("\n")}\n`;
}
