import type { Hit, Rule } from "../../../analysis/rule";
import type { MatrixView } from "../../../tekton/pipeline";
import { tasksOf } from "../../../tekton/tektonObject";
import { pipelineSpecsOf } from "../objects";
import { keyPlace } from "../places";
import { pipelineSample } from "../samples";

/** More runs than a cluster takes unless it is told to. */
export const matrixSize: Rule = {
  code: "tekton/matrix-size",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { pipeline } of pipelineSpecsOf(context)) {
      for (const { node, matrix } of tasksOf(pipeline)) {
        const count = matrix === undefined ? 0 : countCombinations(matrix);
        if (count <= 256) continue;
        const message = `The matrix has ${count} combinations, and a cluster takes at most 256.`;
        const help =
          "Make it smaller, or raise `default-max-matrix-combinations-count` in the ConfigMap `config-defaults`.";
        yield { place: keyPlace(node, "matrix"), message, help };
      }
    }
  },
  docs: {
    summary: "A matrix has more combinations than a cluster takes by default.",
    explanation: "Tekton's webhook refuses more than 256, unless the cluster sets another limit.",
    bad: pipelineSample(
      `    matrix:\n      params:\n${["a", "b"].map((name) => `      - name: ${name}\n        value: [${[...Array(17).keys()].map((n) => `"${n}"`).join(", ")}]\n`).join("")}`,
    ),
    good: pipelineSample('    matrix:\n      params:\n      - name: a\n        value: ["1", "2"]\n'),
  },
};

/** Lists that a run makes longer count as one value. Upstream: `Matrix.CountCombinations`. */
function countCombinations({ params, include }: MatrixView): number {
  const lengths = params.map(({ value }) => (value?.kind === "sequence" ? Math.max(1, value.items.length) : 1));
  return lengths.length === 0 ? include.length : lengths.reduce((product, length) => product * length, 1);
}
