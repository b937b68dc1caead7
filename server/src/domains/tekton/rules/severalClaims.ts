import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import type { PipelineTask, PipelineView } from "../../../tekton/pipeline";
import type { RunView } from "../../../tekton/run";
import { tasksOf, viewTekton } from "../../../tekton/tektonObject";
import { getIn, getValue, textOf } from "../../../yaml/node";
import { type Caller, calleesOf } from "../callees";
import { deployedTekton } from "../calls";
import { sample } from "../samples";

/** A task of a run whose workspaces lie on two claims, which may be on two nodes. */
export const severalClaims: Rule = {
  code: "tekton/several-claims",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const { node, caller } of deployedTekton(context)) {
      const run = viewTekton(node)?.run;
      const claims = run === undefined ? new Map<string, string>() : claimsOf(run);
      if (run === undefined || new Set(claims.values()).size < 2) continue;
      const [pipeline, ...others] = pipelinesOf(run, caller);
      // Of several pipelines of that name nobody knows which is run.
      if (pipeline === undefined || others.length > 0) continue;
      const task = tasksOf(pipeline).find((each) => bindsSeveral(each, claims));
      const second = run.workspaces.find(({ name }) => claims.get(name) === bound(task, claims)[1]);
      if (task === undefined || second?.nameNode === undefined) continue;
      yield {
        place: second.nameNode.origin.place,
        message: `The task \`${task.name}\` of this run binds workspaces of two claims, which Tekton refuses by default.`,
        help: "Let the workspaces share one claim, each with a `subPath` of its own, or set `coschedule` in Tekton's configuration.",
        detail: "more than one PersistentVolumeClaim is bound",
        related:
          task.nameNode === undefined ? [] : [{ place: task.nameNode.origin.place, message: "This is the task." }],
        root: caller.root,
      };
    }
  },
  docs: {
    summary: "A task of a PipelineRun binds workspaces that lie on different PersistentVolumeClaims.",
    explanation:
      "Tekton keeps the pods of a claim together on one node (`coschedule: workspaces`, the default), and two claims may be on two nodes: the TaskRun fails. With `coschedule: pipelineruns` or `disabled` in its feature flags it may work.",
    bad: sample("PipelineRun", lines("cache")),
    good: sample("PipelineRun", lines("source")),
  },
};

function lines(second: string): string {
  return `  pipelineSpec:\n    workspaces:\n    - name: source\n    - name: cache\n    tasks:\n    - name: compile\n      taskRef:\n        resolver: hub\n        params:\n        - name: name\n          value: maven\n        - name: version\n          value: "0.3.1"\n      workspaces:\n      - name: source\n        workspace: source\n      - name: cache\n        workspace: ${second}\n  workspaces:\n  - name: source\n    persistentVolumeClaim:\n      claimName: source\n  - name: cache\n    persistentVolumeClaim:\n      claimName: cache\n`;
}

/** The claim behind each workspace of a run: one that there is, or one that Tekton makes for it. */
function claimsOf({ workspaces }: RunView): ReadonlyMap<string, string> {
  const claims = new Map<string, string>();
  for (const { node, name } of workspaces) {
    const claim = textOf(getIn(node, ["persistentVolumeClaim", "claimName"]));
    if (claim !== undefined && !isPlaceholder(claim)) claims.set(name, `claim ${claim}`);
    else if (getValue(node, "volumeClaimTemplate") !== undefined) claims.set(name, `made for ${name}`);
  }
  return claims;
}

function pipelinesOf(run: RunView, caller: Caller): readonly PipelineView[] {
  if (run.pipelineSpec !== undefined) return [run.pipelineSpec];
  return calleesOf(run.pipelineRef, "Pipeline", caller).flatMap(({ node }) => {
    return (node === undefined ? undefined : viewTekton(node)?.pipeline) ?? [];
  });
}

function bindsSeveral(task: PipelineTask, claims: ReadonlyMap<string, string>): boolean {
  return bound(task, claims).length > 1;
}

/** The claims of a task, each once. */
function bound(task: PipelineTask | undefined, claims: ReadonlyMap<string, string>): readonly string[] {
  const found = (task?.workspaces ?? []).map(({ workspace }) => claims.get(workspace?.text ?? ""));
  return [...new Set(found.filter((claim) => claim !== undefined))];
}
