import type { WorkspaceContext } from "../../analysis/rule";
import type { IdleStep } from "../../kustomize/idleStep";
import type { Snapshot } from "../../workspace/snapshot";
import type { Node } from "../../yaml/node";
import type { Place } from "../../yaml/source";
import { field } from "./kustomizationFiles";

const known = new WeakMap<WorkspaceContext, readonly IdleStep[]>();

/**
 * The steps that do nothing in any build of the workspace. A step of a Component or base that does nothing in one overlay and
 * something in another is none of them, nor is one of a build that could not be completed, nor one that has no objects to work on yet.
 */
export function stepsIdleEverywhere(context: WorkspaceContext): readonly IdleStep[] {
  let steps = known.get(context);
  if (steps === undefined) {
    steps = findSteps(context);
    known.set(context, steps);
  }
  return steps;
}

function findSteps({ builds }: WorkspaceContext): readonly IdleStep[] {
  const byPlace = new Map<string, { readonly step: IdleStep; readonly roots: Set<string> }>();
  for (const { root, result } of builds) {
    for (const step of result.idle) {
      const { place } = step.cause;
      const key = `${step.reason}\n${place.start}\n${place.end}\n${place.file.path}`;
      const entry = byPlace.get(key);
      if (entry === undefined) byPlace.set(key, { step, roots: new Set([root]) });
      else entry.roots.add(root);
    }
  }
  return [...byPlace.values()].flatMap(({ step, roots }) => {
    const { path } = step.cause.place.file;
    const isBusy = builds.some(({ root, result }) => !roots.has(root) && result.filesRead.get(path)?.kind === "file");
    return isBusy || step.among.length === 0 ? [] : [step];
  });
}

/** The part of a kustomization that asked for a step, as it is written; `undefined` when the text has changed since. */
export function entryOf({ cause }: IdleStep, snapshot: Snapshot): Node | undefined {
  const { file } = cause.place;
  if (snapshot.file(file.path)?.text !== file.text) return undefined;
  let node: Node | undefined = snapshot.documents(file.path)[0]?.root;
  for (const step of cause.path.split("/").slice(1)) {
    node = node?.kind === "sequence" ? node.items[Number(step)] : field(node, step);
  }
  return node;
}

/** The first line of a place, so that a long entry is not underlined as a whole. */
export function firstLine({ file, start, end }: Place): Place {
  const line = file.text.indexOf("\n", start);
  return { file, start, end: line < 0 ? end : Math.min(end, line) };
}
