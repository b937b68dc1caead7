import { expect } from "vitest";
import { type ApplyPlan, planApply } from "../../../client/src/cluster/applyPlan";
import { isOpen, runApply } from "../../../client/src/cluster/applyRun";
import { systemClock } from "../../../client/src/cluster/clock";
import type { Connection } from "../../../client/src/cluster/connection";
import type { KubeObject } from "../../../client/src/cluster/kubeObject";

const { signal } = new AbortController();

/** What an apply of objects would do. */
export function planned(connection: Connection, items: readonly KubeObject[]): Promise<ApplyPlan<KubeObject>> {
  return planApply(connection, items, { objectOf: (item) => item, namespace: "default", signal });
}

/** Carries a plan out; fields of others are left alone. */
export function run(
  connection: Connection,
  { objects }: ApplyPlan<KubeObject>,
): ReturnType<typeof runApply<KubeObject>> {
  return runApply(connection, objects, { force: () => false, clock: systemClock, signal });
}

/** Both, where all of it works. */
export async function apply(connection: Connection, items: readonly KubeObject[]): Promise<void> {
  const results = await run(connection, await planned(connection, items));
  expect(results.filter(isOpen)).toEqual([]);
}

/** The state of each object of a plan, by its kind and its name without the hash of a generator. */
export function statesOf({ objects }: ApplyPlan<KubeObject>): Readonly<Record<string, string>> {
  const withoutHash = (name: string): string => name.replace(/^(person-service-settings)-.*/, "$1");
  return Object.fromEntries(
    objects.map(({ object, state }) => [`${object.kind} ${withoutHash(object.metadata.name)}`, state]),
  );
}
