import type { Hit, Rule } from "../../../analysis/rule";
import type { ParamSpec } from "../../../tekton/param";
import { tasksOf } from "../../../tekton/tektonObject";
import { type Scalar, textOf } from "../../../yaml/node";
import type { Place } from "../../../yaml/source";
import { pipelineSpecsOf, taskSpecsOf, wholeObjectsOf } from "../objects";
import { stepSample } from "../samples";

/** A script that writes to the branch that everybody deploys from. */
export const pushToMain: Rule = {
  code: "tekton/push-to-main",
  severity: "information",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const [script, params] of scriptsOf(context)) {
      for (const [command, quoted, param = ""] of script.text.matchAll(push)) {
        const value = textOf(params.find(({ name }) => name === param)?.default);
        const branch = param === "" ? quoted : value;
        if (branch === undefined || !/^(?:main|master|trunk)$/.test(branch)) continue;
        yield {
          place: placeOfText(script, command),
          message: `This pushes straight to \`${branch}\`.`,
          help: "Push to a branch and open a pull request, or make the branch a parameter.",
        };
      }
    }
  },
  docs: {
    summary: "A script pushes to `main`, `master` or `trunk`.",
    explanation:
      "Nobody reviews what a pipeline changes in this way, and what Argo CD deploys from that branch is rolled out at once. For a development environment that may be what you want.",
    bad: stepSample("    script: |\n      #!/bin/sh\n      git push origin HEAD:main\n"),
    good: stepSample('    script: |\n      #!/bin/sh\n      git push origin "HEAD:release-$(params.version)"\n'),
  },
};

/** `git push origin HEAD:main`; the branch, or the parameter that names it. */
const push =
  /\bgit\s(?:[^\n;&|]{0,200}\s)?push\s(?:[^\n;&|]{0,300}[\s:"'/])?(?:(main|master|trunk)|\$\(params\.([\w-]+)\))(?=["']?\s*(?:$|[\n;&|)#]))/gm;

/** The scripts of steps, and those that a pipeline hands to the Task `git-cli`, with the parameters that they can name. */
function* scriptsOf(
  context: Parameters<typeof taskSpecsOf>[0],
): Iterable<readonly [script: Scalar, params: readonly ParamSpec[]]> {
  for (const { task, pipeline } of taskSpecsOf(context)) {
    const params = [...task.params, ...(pipeline?.params ?? [])];
    for (const { script } of task.steps) if (script !== undefined) yield [script, params];
  }
  for (const { stepAction } of wholeObjectsOf(context)) {
    if (stepAction?.script !== undefined) yield [stepAction.script, stepAction.params];
  }
  for (const { pipeline } of pipelineSpecsOf(context)) {
    for (const { name, value } of tasksOf(pipeline).flatMap(({ params }) => params)) {
      if (name === "GIT_SCRIPT" && value?.kind === "scalar") yield [value, pipeline.params];
    }
  }
}

/** Where a text stands in a scalar, as far as it is written there letter for letter. */
function placeOfText({ origin: { place } }: Scalar, text: string): Place {
  const { file, start, end } = place;
  const at = file.text.slice(start, end).indexOf(text);
  return at < 0 ? place : { file, start: start + at, end: start + at + text.length };
}
