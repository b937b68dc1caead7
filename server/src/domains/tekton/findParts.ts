import { isObject } from "../../analysis/manifests";
import { mentionerNameOf } from "../../analysis/nameReference";
import { objectsWithin } from "../../analysis/objectsWithin";
import { type Field, fieldAt, fieldsAt, type NamedField, namedFieldsAt, scalarAt } from "../../tekton/field";
import type { PipelineTask, PipelineView } from "../../tekton/pipeline";
import type { RunView } from "../../tekton/run";
import {
  pipelineTaskFields,
  type SubstitutedField,
  sidecarFields,
  stepFields,
  substitutedTexts,
  taskFields,
} from "../../tekton/substitutedFields";
import type { TaskView } from "../../tekton/task";
import { type TektonObject, tasksOf, viewTekton } from "../../tekton/tektonObject";
import { templatedNodes } from "../../tekton/triggerTemplate";
import type { Symbols } from "../../workspace/symbols";
import type { SourceDocument } from "../../yaml/document";
import type { Mapping } from "../../yaml/node";
import { type Owner, PartCollector, referenceOwner } from "./partCollector";

/** The parameters, workspaces, results, steps and tasks that the objects of a document have, and those that they mention. */
export function findParts(document: SourceDocument): Symbols {
  if (document.root === undefined || document.problems.length > 0 || !isObject(document)) return noParts;
  const found = objectsWithin(document.root).flatMap((node) => (node.kind === "mapping" ? [partsOf(node)] : []));
  return {
    definitions: found.flatMap(({ definitions }) => definitions),
    mentions: found.flatMap(({ mentions }) => mentions),
  };
}

const noParts: Symbols = { definitions: [], mentions: [] };

function partsOf(node: Mapping): Symbols {
  const from = mentionerNameOf(node);
  if (from === undefined) return noParts;
  const parts = new PartCollector(from);
  const object = viewTekton(node);
  if (object !== undefined) addObject(parts, object, { object: from });
  if (from.kind === "TriggerTemplate") addTemplate(parts, node, { object: from });
  for (const [i, templated] of templatedNodes(node).entries()) {
    const inner = viewTekton(templated);
    if (inner !== undefined) addObject(parts, inner, { object: from, scope: `/spec/resourcetemplates/${i}` });
  }
  return parts;
}

function addObject(parts: PartCollector, object: TektonObject, owner: Owner): void {
  const { task, pipeline, run, stepAction } = object;
  if (task !== undefined) addTask(parts, task, [owner]);
  if (pipeline !== undefined) addPipeline(parts, pipeline, [owner]);
  if (stepAction !== undefined) {
    for (const param of stepAction.params) parts.define(owner, "param", param.nameNode);
    addTexts(parts, stepAction, stepFields, [owner]);
  }
  if (run !== undefined) addRun(parts, run, owner);
}

/** The parts of a Task's spec. Its variables name its own parts, else those of what is around it: `owners`, the nearest first. */
function addTask(parts: PartCollector, task: TaskView, owners: readonly Owner[]): void {
  const [own] = owners;
  if (own === undefined) return;
  for (const { nameNode } of task.params) parts.define(own, "param", nameNode);
  for (const { nameNode } of task.workspaces) parts.define(own, "workspace", nameNode);
  for (const { nameNode } of task.results) parts.define(own, "result", nameNode);
  for (const { nameNode } of task.steps) parts.define(own, "step", nameNode);
  const texts: readonly (readonly [Field, readonly SubstitutedField[]])[] = [
    ...task.steps.map((step) => [step, stepFields] as const),
    ...task.sidecars.map((sidecar) => [sidecar, sidecarFields] as const),
    ...(task.stepTemplate === undefined ? [] : [[task.stepTemplate, sidecarFields] as const]),
    [task, taskFields],
  ];
  for (const [field, fields] of texts) addTexts(parts, field, fields, owners);
  for (const { nameNode, path } of [...task.steps, ...task.sidecars].flatMap(({ workspaces }) => workspaces)) {
    parts.mention(own, "workspace", nameNode, [...path, "name"]);
  }
}

function addPipeline(parts: PartCollector, pipeline: PipelineView, owners: readonly Owner[]): void {
  const [own] = owners;
  if (own === undefined) return;
  for (const { nameNode } of pipeline.params) parts.define(own, "param", nameNode);
  for (const { nameNode } of pipeline.workspaces) parts.define(own, "workspace", nameNode);
  for (const { nameNode } of pipeline.results) parts.define(own, "result", nameNode);
  const tasks = new Map(tasksOf(pipeline).map((task) => [task.name, calledBy(task, own)]));
  for (const task of tasksOf(pipeline)) {
    parts.define(own, "task", task.nameNode);
    addPipelineTask(parts, task, own);
    addTexts(parts, task, pipelineTaskFields, owners, tasks);
    if (task.taskSpec !== undefined && !task.isCustom) {
      addTask(parts, task.taskSpec, [scoped(own, task.taskSpec), ...owners]);
    }
    if (task.pipelineSpec !== undefined) addPipeline(parts, task.pipelineSpec, [scoped(own, task.pipelineSpec)]);
  }
  addTexts(parts, pipeline, resultFields, owners, tasks);
}

const resultFields: readonly SubstitutedField[] = [
  { path: ["results", "*", "value", "**"], checked: true, holds: "value" },
];

function addTexts(
  parts: PartCollector,
  field: Field,
  fields: readonly SubstitutedField[],
  ...owners: readonly [readonly Owner[], ReadonlyMap<string, Owner | undefined>?]
): void {
  for (const { scalar } of substitutedTexts(field, fields)) {
    parts.mentionVariables({ scalar, at: field.path }, ...owners);
  }
}

/** A TriggerTemplate has parameters of its own, which anything in it may name. */
function addTemplate(parts: PartCollector, node: Mapping, owner: Owner): void {
  const spec = fieldAt({ node, path: [] }, "spec");
  if (spec === undefined) return;
  for (const { nameNode } of namedFieldsAt(spec, "params")) parts.define(owner, "param", nameNode);
  const everything: SubstitutedField = { path: ["resourcetemplates", "**"], checked: false, holds: "text" };
  for (const { scalar } of substitutedTexts(spec, [everything])) {
    parts.mentionTemplateParams({ scalar, at: spec.path }, owner);
  }
}

/** What a task of a pipeline hands over, and what it waits for. */
function addPipelineTask(parts: PartCollector, task: PipelineTask, pipeline: Owner): void {
  const called = calledBy(task, pipeline);
  const given = [
    task.params,
    ...(task.matrix === undefined ? [] : [task.matrix, ...task.matrix.include].map((each) => each.params)),
  ];
  if (called !== undefined) mentionNames(parts, called, "param", given.flat());
  if (called !== undefined) mentionNames(parts, called, "workspace", task.workspaces);
  for (const { workspace, path } of task.workspaces) {
    parts.mention(pipeline, "workspace", workspace, [...path, "workspace"]);
  }
  for (const [i, name] of task.runAfter.entries()) parts.mention(pipeline, "task", name, [...task.path, "runAfter", i]);
}

function addRun(parts: PartCollector, run: RunView, owner: Owner): void {
  const spec = run.taskSpec ?? run.pipelineSpec;
  const kind = run.pipelineRef === undefined ? "Task" : "Pipeline";
  const called =
    spec === undefined ? referenceOwner(run.pipelineRef ?? run.taskRef, kind, owner.object) : scoped(owner, spec);
  if (called !== undefined) {
    mentionNames(parts, called, "param", run.params);
    mentionNames(parts, called, "workspace", run.workspaces);
    for (const { node, path } of fieldsAt(run, "taskRunSpecs")) {
      parts.mention(called, "task", scalarAt(node, "pipelineTaskName"), [...path, "pipelineTaskName"]);
    }
  }
  if (run.taskSpec !== undefined) addTask(parts, run.taskSpec, [scoped(owner, run.taskSpec)]);
  if (run.pipelineSpec !== undefined) addPipeline(parts, run.pipelineSpec, [scoped(owner, run.pipelineSpec)]);
}

function mentionNames(parts: PartCollector, owner: Owner, type: string, fields: readonly NamedField[]): void {
  for (const { nameNode, path } of fields) parts.mention(owner, type, nameNode, [...path, "name"]);
}

/** The Task or Pipeline that a task of a pipeline runs; `undefined` when it comes from elsewhere. */
function calledBy(task: PipelineTask, pipeline: Owner): Owner | undefined {
  if (task.isCustom) return undefined;
  const spec = task.taskSpec ?? task.pipelineSpec;
  if (spec !== undefined) return scoped(pipeline, spec);
  const kind = task.pipelineRef === undefined ? "Task" : "Pipeline";
  return referenceOwner(task.pipelineRef ?? task.taskRef, kind, pipeline.object);
}

function scoped({ object, scope = "" }: Owner, { path }: Field): Owner {
  // The path of what a template holds begins at what it holds.
  const outer = scope.startsWith("/spec/resourcetemplates/") ? scope.split("/").slice(0, 4).join("/") : "";
  return { object, scope: `${outer}/${path.join("/")}` };
}
