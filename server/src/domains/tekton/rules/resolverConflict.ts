import type { Hit, Rule } from "../../../analysis/rule";
import { resolvers } from "../../../tekton/resolvers";
import { referencesOf, wholeObjectsOf } from "../objects";
import { headPlace } from "../places";
import { pipelineSample } from "../samples";

/** Two parameters of a resolver of which only one can be meant. */
export const resolverConflict: Rule = {
  code: "tekton/resolver-conflict",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of wholeObjectsOf(context)) {
      for (const { resolver, params } of referencesOf(object)) {
        for (const [one, other] of resolvers.get(resolver?.text ?? "")?.exclusive ?? []) {
          const first = params.find(({ name }) => name === one);
          const second = params.find(({ name }) => name === other);
          if (first === undefined || second === undefined) continue;
          if ([first, second].some(({ value }) => value?.kind === "scalar" && value.text === "")) continue;
          const message = `The parameters \`${one}\` and \`${other}\` exclude each other.`;
          const related = [{ place: headPlace(first), message: `\`${one}\` stands here.` }];
          yield { place: headPlace(second), message, help: "Remove one of the two.", related };
        }
      }
    }
  },
  docs: {
    summary: "A reference gives its resolver two parameters that exclude each other.",
    explanation: "The git resolver clones a `url`, or asks a server for `org` and `repo`. With both, the run fails.",
    bad: pipelineSample("").replace(
      "name: git-clone",
      "resolver: git\n      params:\n      - name: url\n        value: https://example.com/tasks.git\n      - name: repo\n        value: tasks\n      - name: pathInRepo\n        value: git-clone.yaml",
    ),
    good: pipelineSample("").replace(
      "name: git-clone",
      "resolver: git\n      params:\n      - name: url\n        value: https://example.com/tasks.git\n      - name: pathInRepo\n        value: git-clone.yaml",
    ),
  },
};
