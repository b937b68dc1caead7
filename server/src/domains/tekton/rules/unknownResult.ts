import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { placeOfVariable } from "../../../tekton/variables";
import { getValue } from "../../../yaml/node";
import { taskCallSample } from "../callSamples";
import { declaredHere } from "../comparisons";
import { type ResultUse, resultUses } from "../resultUses";

/** A result that the task does not have. */
export const unknownResult: Rule = {
  code: "tekton/unknown-result",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const use of resultUses(context)) {
      const hit = checkUse(use);
      if (hit !== undefined) yield { ...hit, root: use.root };
    }
  },
  docs: {
    summary: "A variable names a result that the task does not have.",
    explanation:
      "The run fails with `InvalidTaskResultReference`. Only Tasks that lie in the workspace, or are embedded in the pipeline, are looked at.",
    bad: `${taskCallSample("    params:\n    - name: KUSTOMIZATION_PATH\n      value: a\n")}  results:\n  - name: commit\n    value: $(tasks.update.results.comit)\n`,
    good: `${taskCallSample("    params:\n    - name: KUSTOMIZATION_PATH\n      value: a\n")}  results:\n  - name: commit\n    value: $(tasks.update.results.commit)\n`,
  },
  fix: useSuggestion,
};

function checkUse({ scalar, variable, callees }: ResultUse): Hit | undefined {
  const [callee] = callees;
  const name = variable.names[3] ?? "";
  const key = variable.names[4];
  const place = placeOfVariable(scalar, variable, 3);
  const detail = "is not a named result returned by pipeline task";
  if (callees.every(({ results }) => results.every((result) => result.name !== name))) {
    const known = callee.results.map((result) => result.name);
    const suggestion = didYouMean(name, known);
    const has = known.length === 0 ? "It has none." : `It has ${known.map((each) => `\`${each}\``).join(", ")}.`;
    return {
      place,
      message: `There is no result \`${name}\` in ${callee.what}.`,
      help: suggestion === undefined ? has : `Did you mean \`${suggestion}\`?`,
      detail,
      data: { suggestion },
    };
  }
  if (key === undefined) return undefined;
  for (const { results } of callees) {
    const properties = getValue(results.find((result) => result.name === name)?.node, "properties");
    if (properties?.kind !== "mapping" || getValue(properties, key) !== undefined) return undefined;
  }
  const declared = callee.results.find((result) => result.name === name);
  return {
    place: placeOfVariable(scalar, variable, 4),
    message: `The result \`${name}\` has no key \`${key}\`.`,
    help: "The run fails. Name one of its `properties`.",
    related: declared === undefined ? [] : declaredHere(declared, callee),
  };
}
