import type { WorkspaceContext } from "../../analysis/rule";
import type { NamedField } from "../../tekton/field";
import type { ParamSpec } from "../../tekton/param";
import { paramSpecsOf } from "../../tekton/param";
import type { PipelineTask, PipelineView } from "../../tekton/pipeline";
import type { Reference } from "../../tekton/reference";
import type { TaskView } from "../../tekton/task";
import { viewTekton } from "../../tekton/tektonObject";
import type { ObjectName } from "../../workspace/symbols";
import { getIn, getValue, type Mapping, textOf } from "../../yaml/node";
import { findEntries } from "./catalog";
import { findGitFile } from "./gitResolver";
import { isPipelinesAsCode } from "./pipelinesAsCode";

/** What is called: a Task, Pipeline, StepAction or TriggerTemplate, or a spec that is embedded in its caller. */
export interface Callee {
  /** For example `the Task \`build\``, or `its \`taskSpec\``. */
  readonly what: string;
  readonly params: readonly ParamSpec[];
  readonly workspaces: readonly NamedField[];
  readonly results: readonly NamedField[];
  /** The object; absent for an embedded spec. */
  readonly object?: ObjectName | undefined;
  readonly node?: Mapping | undefined;
}

/** Who mentions a name: the object, and the kustomization that renders it. */
export interface Caller {
  readonly context: WorkspaceContext;
  readonly object: ObjectName;
  readonly root?: string | undefined;
}

/**
 * All that a reference may mean; empty when it is not known here. What a bundle or the hub holds, and what `$(…)` will be one day, is not
 * known to anybody.
 */
export function calleesOf(reference: Reference | undefined, kind: string, caller: Caller): readonly Callee[] {
  if (reference === undefined || reference.bundle !== undefined) return [];
  const { group, name, namespace } = { group: "tekton.dev", ...targetOf(reference, caller) };
  if (reference.resolver?.text === "git") return calleesInFile(reference, kind, caller);
  if (name === undefined || name === "" || name.includes("$(")) return [];
  const wanted = { group, kind: reference.kind?.text || kind, name, namespace };
  return findEntries(caller.context, wanted, caller.root)
    .filter(({ node }) => isVersion(node, reference) && isDeployed(node, reference))
    .flatMap(({ node }) => toCallee(node));
}

/** What Pipelines as Code embeds is in no cluster, so only its own runs can mean it. */
function isDeployed(node: Mapping, reference: Reference): boolean {
  const [own, other] = [node, reference.node].map(({ origin }) => isPipelinesAsCode(origin.place.file.path));
  return own !== true || other === true;
}

/** Some repositories name a version beside the name, which a script turns into a bundle; Tasks tell theirs by a label. */
function isVersion(node: Mapping, reference: Reference): boolean {
  const wanted = textOf(getValue(reference.node, "version"));
  const label = textOf(getIn(node, ["metadata", "labels", "app.kubernetes.io/version"]));
  return wanted === undefined || wanted === label;
}

function targetOf(
  reference: Reference,
  caller: Caller,
): { readonly name?: string | undefined; readonly namespace?: string | undefined } {
  if (reference.resolver === undefined) return { name: reference.name?.text, namespace: caller.object.namespace };
  if (reference.resolver.text !== "cluster") return {};
  const told = new Map(reference.params.map(({ name, value }) => [name, textOf(value)]));
  return { name: told.get("name"), namespace: told.get("namespace") };
}

/** What the git resolver would find, where the repository is open here. */
function calleesInFile(reference: Reference, kind: string, { context }: Caller): readonly Callee[] {
  const { snapshot } = context;
  const file = findGitFile(reference, snapshot);
  if (file === undefined || !file.isCurrent) return [];
  return snapshot.documents(file.path).flatMap(({ root, problems }) => {
    if (root?.kind !== "mapping" || problems.length > 0) return [];
    return toCallee(root).filter(({ object }) => object?.kind === kind);
  });
}

/** An object as something that can be called; an empty list when it cannot. */
export function toCallee(node: Mapping): readonly Callee[] {
  const kind = textOf(getValue(node, "kind")) ?? "";
  const metadata = getValue(node, "metadata");
  const name = textOf(getValue(metadata, "name")) ?? "";
  const namespace = textOf(getValue(metadata, "namespace")) || undefined;
  const what = `the ${kind} \`${name}\``;
  const view = viewTekton(node);
  const group = view === undefined ? "triggers.tekton.dev" : "tekton.dev";
  const callee = { what, object: { group, kind, name, namespace }, node };
  if (view?.task !== undefined) return [{ ...callee, ...partsOf(view.task) }];
  if (view?.pipeline !== undefined) return [{ ...callee, ...partsOf(view.pipeline) }];
  if (view?.stepAction !== undefined) {
    const { params, results } = view.stepAction;
    return [{ ...callee, params, results, workspaces: [] }];
  }
  const spec = getValue(node, "spec");
  if (kind !== "TriggerTemplate" || spec?.kind !== "mapping") return [];
  return [{ ...callee, params: paramSpecsOf({ node: spec, path: ["spec"] }), results: [], workspaces: [] }];
}

/** What a task of a pipeline runs. */
export function calleesOfTask(task: PipelineTask, caller: Caller): readonly Callee[] {
  if (task.isCustom) return [];
  if (task.taskSpec !== undefined) return [embedded("its `taskSpec`", task.taskSpec)];
  if (task.pipelineSpec !== undefined) return [embedded("its `pipelineSpec`", task.pipelineSpec)];
  if (task.pipelineRef !== undefined) return calleesOf(task.pipelineRef, "Pipeline", caller);
  return calleesOf(task.taskRef, "Task", caller);
}

/** A spec that is embedded in its caller. */
export function embedded(what: string, spec: TaskView | PipelineView): Callee {
  return { what, ...partsOf(spec) };
}

function partsOf({ params, workspaces, results }: TaskView | PipelineView): Omit<Callee, "what"> {
  return { params, workspaces, results };
}
