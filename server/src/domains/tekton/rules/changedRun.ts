import { comparedObjects } from "../../../analysis/committedObjects";
import type { Hit, Rule } from "../../../analysis/rule";
import { jsonEqual } from "../../../kustomize/merge/jsonEqual";
import { getIn, getValue, type Mapping, textOf } from "../../../yaml/node";
import type { Place } from "../../../yaml/source";
import { isPipelinesAsCode } from "../pipelinesAsCode";

/** The kinds whose objects never change once they have started. */
export const runKinds: readonly string[] = ["TaskRun", "PipelineRun"];

/** What may be written into a run that has started, to end it. */
const changeable: ReadonlySet<string> = new Set(["status", "statusMessage"]);

const sample = (revision: string, name = "build"): string =>
  `apiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata:\n  name: ${name}\n  namespace: book-ci\nspec:\n  taskRef:\n    name: build\n  params:\n  - name: REVISION\n    value: ${revision}\n`;
const listed = "#- kustomization.yaml\nresources:\n- run.yaml\n";

/** A run of a fixed name that differs from the one in git. */
export const changedRun: Rule = {
  code: "tekton/changed-run",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const { graph } = context.snapshot;
    for (const { now, before } of comparedObjects(context, "tekton.dev", runKinds)) {
      const { path } = now.origin.place.file;
      // A run that nothing deploys is one that somebody starts by hand, mostly under a new name.
      const [first, ...others] = before;
      if (first === undefined || others.length > 0 || graph.includersOf(path).length === 0) continue;
      const place = isPipelinesAsCode(path) || isReplaced(now) ? undefined : findChange(now, first);
      if (place === undefined) continue;
      yield {
        place,
        message: `A run cannot be changed once it has started: \`${textOf(getIn(now, ["metadata", "name"]))}\` of Git has another spec.`,
        help: "Give the run another name, or annotate it with `argocd.argoproj.io/sync-options: Force=true,Replace=true` so that Argo CD starts it anew.",
      };
    }
  },
  docs: {
    summary: "A TaskRun or PipelineRun of a fixed name has another spec than in the commit that is checked out.",
    explanation:
      "Tekton refuses every change of a run that has started, but that of `status`, and a run starts as soon as it is deployed. A run that is deployed again with other values needs another name. `#- HEAD:PATH` in the samples is the file as Git has it.",
    bad: `#- HEAD:run.yaml\n${sample("v1")}${listed}#- run.yaml\n${sample("v2")}`,
    good: `#- HEAD:run.yaml\n${sample("v1")}${listed}#- run.yaml\n${sample("v2", "build-v2")}`,
  },
};

/** The first part of the spec that differs. */
function findChange(now: Mapping, before: Mapping): Place | undefined {
  const [spec, old] = [getValue(now, "spec"), getValue(before, "spec")];
  if (spec?.kind !== "mapping" || old?.kind !== "mapping") return undefined;
  const isFixed = (key: string): boolean => !changeable.has(key);
  const changed = spec.entries.find(({ key, value }) => {
    const same = getValue(old, key.text);
    return isFixed(key.text) && (same === undefined || !jsonEqual(value, same, false));
  });
  if (changed !== undefined) return changed.key.origin.place;
  const isGone = old.entries.some(({ key }) => isFixed(key.text) && getValue(spec, key.text) === undefined);
  return isGone ? now.entries.find(({ key }) => key.text === "spec")?.key.origin.place : undefined;
}

/** Whether Argo CD deletes the run and makes it anew (argo-cd documentation, `sync-options`, Force Sync). */
function isReplaced(run: Mapping): boolean {
  const annotations = getIn(run, ["metadata", "annotations"]);
  const options = textOf(getValue(annotations, "argocd.argoproj.io/sync-options")) ?? "";
  if (options.split(",").some((option) => option.trim() === "Force=true")) return true;
  // A hook is deleted before it is made again.
  return getValue(annotations, "argocd.argoproj.io/hook") !== undefined;
}
