import type { Hit, Rule } from "../../../analysis/rule";
import { tasksOf } from "../../../tekton/tektonObject";
import { pipelineSpecsOf } from "../objects";
import { headPlace } from "../places";
import { pipelineSample } from "../samples";

/** A parameter that a task gives once and for each run. */
export const paramInMatrix: Rule = {
  code: "tekton/param-in-matrix",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { pipeline } of pipelineSpecsOf(context)) {
      for (const { params, matrix } of tasksOf(pipeline)) {
        if (matrix === undefined) continue;
        const given = [...matrix.params, ...matrix.include.flatMap((each) => each.params)];
        for (const param of params) {
          const other = param.name === "" ? undefined : given.find(({ name }) => name === param.name);
          if (other === undefined) continue;
          const message = `The matrix gives the parameter \`${param.name}\`, too.`;
          const related = [{ place: headPlace(other), message: "The matrix gives it here." }];
          yield { place: headPlace(param), message, help: "Remove one of the two.", related };
        }
      }
    }
  },
  docs: {
    summary: "A task gives a parameter under `params` and in its matrix.",
    explanation: "Tekton's webhook refuses the Pipeline.",
    bad: pipelineSample(
      "    params:\n    - name: platform\n      value: linux\n    matrix:\n      params:\n      - name: platform\n        value: [linux, mac]\n",
    ),
    good: pipelineSample("    matrix:\n      params:\n      - name: platform\n        value: [linux, mac]\n"),
  },
};
