import { holdsParts, isInChart, isObject } from "../../analysis/manifests";
import { objectsWithin } from "../../analysis/objectsWithin";
import type { Snapshot } from "../../workspace/snapshot";
import type { SourceDocument } from "../../yaml/document";
import { getIn, getValue, type Mapping, textOf } from "../../yaml/node";
import type { SourceFile } from "../../yaml/source";

const known = new WeakMap<SourceDocument, readonly Mapping[]>();

/** The TaskRuns and PipelineRuns whose name the cluster makes up: no kustomization can list them, and no index knows them by name. */
export function* unnamedRuns(snapshot: Snapshot): Iterable<Mapping> {
  for (const path of snapshot.yamlFiles()) {
    const file = snapshot.file(path);
    if (file === undefined || !mayHoldRuns(file) || holdsParts(path) || isInChart(snapshot, path)) continue;
    for (const document of snapshot.documents(path)) yield* runsIn(document);
  }
}

const candidates = new WeakMap<SourceFile, boolean>();

/** A quick look at a text; once for each, since few hold runs and all are asked. */
function mayHoldRuns(file: SourceFile): boolean {
  let may = candidates.get(file);
  if (may === undefined) {
    may = file.text.includes("tekton.dev/") && /^[ \t-]*generateName:/m.test(file.text);
    candidates.set(file, may);
  }
  return may;
}

function runsIn(document: SourceDocument): readonly Mapping[] {
  let runs = known.get(document);
  if (runs === undefined) {
    const { root, problems } = document;
    const isWhole = root !== undefined && problems.length === 0 && isObject(document);
    runs = isWhole ? objectsWithin(root).flatMap((node) => (isUnnamedRun(node) ? [node] : [])) : [];
    known.set(document, runs);
  }
  return runs;
}

function isUnnamedRun(node: ReturnType<typeof objectsWithin>[number]): node is Mapping {
  if (node.kind !== "mapping" || textOf(getIn(node, ["metadata", "name"])) !== undefined) return false;
  const apiVersion = textOf(getValue(node, "apiVersion")) ?? "";
  const kind = textOf(getValue(node, "kind"));
  return apiVersion.startsWith("tekton.dev/") && (kind === "TaskRun" || kind === "PipelineRun");
}
