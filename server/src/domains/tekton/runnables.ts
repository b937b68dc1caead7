import type { NamedField } from "../../tekton/field";
import { pipelinesWithin, type TektonObject, tasksOf } from "../../tekton/tektonObject";
import { getValue, type Mapping } from "../../yaml/node";

/** Something that runs one thing, which several fields can say. */
export interface Runnable {
  readonly field: NamedField;
  /** The fields, of which exactly one must be there. */
  readonly ways: readonly [string, string, ...string[]];
  /** At the beginning of a sentence. */
  readonly what: string;
}

/** The runs and the tasks of pipelines in an object. */
export function runnablesOf(object: TektonObject): readonly Runnable[] {
  const found: Runnable[] = [];
  const ways = waysOf.get(object.kind);
  if (ways !== undefined && object.spec !== undefined) {
    found.push({ field: { ...object.spec, name: "" }, ways, what: `The ${object.kind}` });
  }
  for (const pipeline of pipelinesWithin(object)) {
    for (const task of tasksOf(pipeline)) {
      const what = task.name === "" ? "The task" : `The task \`${task.name}\``;
      found.push({ field: task, ways: ["taskRef", "taskSpec", "pipelineRef", "pipelineSpec"], what });
    }
  }
  return found;
}

/** The fields among `ways` that are written and not null. */
export function presentWays(node: Mapping, ways: readonly string[]): readonly string[] {
  return ways.filter((way) => {
    const value = getValue(node, way);
    return value !== undefined && !(value.kind === "scalar" && value.tag === "null");
  });
}

const waysOf: ReadonlyMap<string, Runnable["ways"]> = new Map<string, Runnable["ways"]>([
  ["TaskRun", ["taskRef", "taskSpec"]],
  ["PipelineRun", ["pipelineRef", "pipelineSpec"]],
  ["CustomRun", ["customRef", "customSpec"]],
]);
