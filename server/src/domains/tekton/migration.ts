import { type FieldPath, isSet } from "../../tekton/field";
import type { Reference } from "../../tekton/reference";
import { pipelinesWithin, type TektonObject, tasksOf, tasksWithin } from "../../tekton/tektonObject";
import { removeAt, renameKey, setValue } from "../../yaml/edit";
import { fragmentOf } from "../../yaml/moveValue";
import { getIn, getValue, type Mapping } from "../../yaml/node";
import type { RewriteStep } from "../../yaml/rewrite";
import type { EditValue } from "../../yaml/writeValue";
import { moveEntry } from "./moveEntry";

/** What cannot be said in `tekton.dev/v1`, or must be thought about, by its key. */
export interface Obstacle {
  readonly node: Mapping;
  readonly key: string;
}

/**
 * What keeps an object of v1beta1 from becoming one of v1: the PipelineResources and Conditions that Tekton has dropped, and two
 * fields of v1beta1 that become the same one.
 */
export function obstaclesOf(object: TektonObject): readonly Obstacle[] {
  const specs = [object.spec, ...tasksWithin(object).map(({ task }) => task), ...pipelinesWithin(object)];
  const tasks = pipelinesWithin(object).flatMap(tasksOf);
  const nodes = new Set([...specs, ...tasks].flatMap((field) => field?.node ?? []));
  const found = [...nodes].flatMap((node) => ["resources", "inputs", "outputs"].map((key) => ({ node, key })));
  for (const { node } of tasks) found.push({ node, key: "conditions" });
  return found.filter(({ node, key }) => getValue(node, key) !== undefined);
}

/**
 * The steps that make an object of v1beta1 one of v1: those of Tekton's own conversion (upstream: `*_conversion.go` in
 * `pkg/apis/pipeline/v1beta1`). `at` is the path of the object in its document. Only for objects without obstacles.
 */
export function migrate(object: TektonObject, at: FieldPath): readonly RewriteStep[] {
  const steps: RewriteStep[] = [];
  for (const { task } of tasksWithin(object)) {
    const path = [...at, ...task.path];
    for (const part of [...task.steps, ...task.sidecars])
      steps.push(rename([...at, ...part.path], "resources", resources));
    for (const { path: step } of task.steps) steps.push(...drop([...at, ...step], droppedFromSteps));
    const template = [...path, "stepTemplate"];
    if (task.stepTemplate !== undefined) {
      steps.push(rename(template, "resources", resources), ...drop(template, ["name", ...droppedFromSteps]));
    }
  }
  for (const { taskRef, pipelineRef } of pipelinesWithin(object).flatMap(tasksOf)) {
    steps.push(...useBundleResolver(taskRef, "task", at), ...useBundleResolver(pipelineRef, "pipeline", at));
  }
  if (object.run !== undefined) steps.push(...migrateRun(object, at));
  steps.push((document) => setValue(document, [...at, "apiVersion"], "tekton.dev/v1"));
  return steps;
}

/** The step that makes `bundle` and `name` of a reference parameters of the resolver for bundles; none without both. */
export function useBundleResolver(
  reference: Reference | undefined,
  kind: "task" | "pipeline",
  at: FieldPath,
): readonly RewriteStep[] {
  if (reference?.bundle === undefined || reference.name === undefined || isSet(reference.node, "resolver")) return [];
  const path = [...at, ...reference.path];
  return [
    (document) => {
      const params: EditValue[] = [["bundle", "bundle"] as const, ["name", "name"] as const].map(([name, key]) =>
        toParam(name, fragmentOf(document, [...path, key], "inside") ?? ""),
      );
      params.push(toParam("kind", kind));
      return setValue(
        document,
        path,
        new Map<string, EditValue>([
          ["resolver", "bundles"],
          ["params", params],
        ]),
      );
    },
  ];
}

const resources = "computeResources";

/** Fields of a container that make no sense in a step; v1 does not have them. */
const droppedFromSteps = [
  ...["ports", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle", "terminationMessagePath"],
  ...["terminationMessagePolicy", "stdin", "stdinOnce", "tty"],
];

function migrateRun({ kind, run }: TektonObject, at: FieldPath): readonly RewriteStep[] {
  const spec = [...at, "spec"];
  const steps: RewriteStep[] = [
    ...useBundleResolver(run?.taskRef, "task", at),
    ...useBundleResolver(run?.pipelineRef, "pipeline", at),
    ...overrides(run?.node, spec),
  ];
  if (kind !== "PipelineRun") return steps;
  const template = [...spec, "taskRunTemplate"];
  steps.push(...moveEntry([...spec, "timeout"], [...spec, "timeouts", "pipeline"]));
  steps.push(...moveEntry([...spec, "serviceAccountName"], [...template, "serviceAccountName"]));
  steps.push(...moveEntry([...spec, "podTemplate"], [...template, "podTemplate"]));
  const parts = getValue(run?.node, "taskRunSpecs");
  for (const [i, part] of (parts?.kind === "sequence" ? parts.items : []).entries()) {
    const path = [...spec, "taskRunSpecs", i];
    steps.push(rename(path, "taskServiceAccountName", "serviceAccountName"));
    steps.push(rename(path, "taskPodTemplate", "podTemplate"));
    steps.push(...overrides(part.kind === "mapping" ? part : undefined, path));
  }
  return steps;
}

/** `stepOverrides` and `sidecarOverrides` with their resources. */
function overrides(node: Mapping | undefined, path: FieldPath): readonly RewriteStep[] {
  return (["stepOverrides", "sidecarOverrides"] as const).flatMap((key) => {
    const list = getValue(node, key);
    if (list?.kind !== "sequence") return [];
    const inner = list.items.map((_, i) => rename([...path, key, i], "resources", resources));
    return [...inner, rename(path, key, key.replace("Overrides", "Specs"))];
  });
}

function rename(path: FieldPath, from: string, to: string): RewriteStep {
  return (document) =>
    getIn(document.root, [...path, from]) === undefined ? [] : renameKey(document, [...path, from], to);
}

function drop(path: FieldPath, keys: readonly string[]): readonly RewriteStep[] {
  return keys.map(
    (key): RewriteStep =>
      (document) =>
        getIn(document.root, [...path, key]) === undefined ? [] : removeAt(document, [...path, key]),
  );
}

function toParam(name: string, value: EditValue): EditValue {
  return new Map<string, EditValue>([
    ["name", name],
    ["value", value],
  ]);
}
