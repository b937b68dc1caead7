import type { Hit, Rule } from "../../../analysis/rule";
import type { Generator } from "../../../argocd/applicationSet";
import { applicationSetsOf } from "../applicationSets";
import { applicationSetSample, templateLines } from "../samples";

const list = "list: {elements: [{name: a}]}";
const sample = (inner: string): string =>
  applicationSetSample(
    "generators:",
    "- matrix:",
    "    generators:",
    `    - ${list}`,
    "    - merge:",
    "        mergeKeys: [name]",
    "        generators:",
    `        - ${list}`,
    `        - ${inner}`,
    ...templateLines("'{{name}}'"),
  );

/** A combination of generators in a combination in a combination. */
export const generatorNesting: Rule = {
  code: "argocd/generator-nesting",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set } of applicationSetsOf(context)) {
      for (const generator of set.generators) yield* tooDeep(generator, 1);
    }
  },
  docs: {
    summary: "A `matrix` or `merge` lies in another one that lies in a third.",
    explanation: "Argo CD combines generators on two levels. Deeper ones it does not read, and then refuses the set.",
    bad: sample(`matrix: {generators: [{${list}}, {${list}}]}`),
    good: sample(list),
  },
};

function* tooDeep({ key, children }: Generator, depth: number): Iterable<Hit> {
  const isCombined = key.text === "matrix" || key.text === "merge";
  if (isCombined && depth > 2) {
    const message = `\`${key.text}\` is nested too deep: there are two levels of \`matrix\` and \`merge\`.`;
    yield { place: key.origin.place, message, help: "Combine the generators on two levels." };
    return;
  }
  for (const child of children) yield* tooDeep(child, depth + 1);
}
