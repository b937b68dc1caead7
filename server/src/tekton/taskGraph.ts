import { getValue, type Scalar } from "../yaml/node";
import type { PipelineTask } from "./pipeline";
import { scalarsWithin } from "./scalarsWithin";
import { findVariables } from "./variables";

/** Why one task of a pipeline runs after another. */
export interface Dependency {
  readonly task: PipelineTask;
  /** The name of the other task. */
  readonly on: string;
  /** What says so: an item of `runAfter`, or a text with a result of the other. */
  readonly node: Scalar;
}

/** The fields of a task whose texts order it behind the tasks that they name results of. */
const orderingFields = ["params", "matrix", "when"];

/**
 * What a task runs after: what `runAfter` says, and the tasks whose results it uses, also within the steps of its own spec (upstream:
 * `PipelineTask.Deps`).
 */
export function dependenciesOf(task: PipelineTask): readonly Dependency[] {
  const found: Dependency[] = task.runAfter.map((node) => ({ task, on: node.text, node }));
  const values = orderingFields.map((field) => getValue(task.node, field));
  const spec = task.taskSpec?.node;
  for (const value of [...values, getValue(spec, "steps"), getValue(spec, "sidecars")]) {
    for (const node of scalarsWithin(value)) {
      for (const { names } of findVariables(node.text)) {
        const [head, on, property] = names;
        if (head === "tasks" && on !== undefined && property === "results") found.push({ task, on, node });
      }
    }
  }
  return found;
}

/** The circles in which tasks wait for each other, each as the dependencies along it; no two of them share a task. */
export function findCycles(tasks: readonly PipelineTask[]): readonly (readonly Dependency[])[] {
  const edges = new Map<string, readonly Dependency[]>();
  for (const task of tasks) if (task.name !== "" && !edges.has(task.name)) edges.set(task.name, dependenciesOf(task));
  const cycles: (readonly Dependency[])[] = [];
  for (;;) {
    removeFree(edges);
    const [start] = edges.keys();
    if (start === undefined) return cycles;
    const cycle = followFrom(start, edges);
    cycles.push(cycle);
    for (const { task } of cycle) edges.delete(task.name);
  }
}

/** Takes away the tasks that wait for nothing that is left, until there are none. */
function removeFree(edges: Map<string, readonly Dependency[]>): void {
  let before = -1;
  while (before !== edges.size) {
    before = edges.size;
    for (const [name, list] of edges) if (!list.some(({ on }) => edges.has(on))) edges.delete(name);
  }
}

/** The first circle on the way from a task, where every task waits for one that is there. */
function followFrom(start: string, edges: ReadonlyMap<string, readonly Dependency[]>): readonly Dependency[] {
  const way: Dependency[] = [];
  const positions = new Map<string, number>();
  let name = start;
  for (;;) {
    const seen = positions.get(name);
    if (seen !== undefined) return way.slice(seen);
    positions.set(name, way.length);
    const next = edges.get(name)?.find(({ on }) => edges.has(on));
    if (next === undefined) return way;
    way.push(next);
    name = next.on;
  }
}
