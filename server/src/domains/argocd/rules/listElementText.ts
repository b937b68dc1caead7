import type { Hit, Rule } from "../../../analysis/rule";
import { quote } from "../../../analysis/suggestionFix";
import type { Generator } from "../../../argocd/applicationSet";
import type { Mapping, Node } from "../../../yaml/node";
import { applicationSetsOf, elementsOf } from "../applicationSets";
import { applicationSetSample, templateLines } from "../samples";

const sample = (value: string): string =>
  applicationSetSample(
    "generators:",
    "- list:",
    "    elements:",
    "    - stage: dev",
    `      shard: ${value}`,
    ...templateLines("'shop-{{stage}}'"),
  );

/** An element of a list that is no text, where templates know only texts. */
export const listElementText: Rule = {
  code: "argocd/list-element-text",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set } of applicationSetsOf(context)) {
      if (set.goTemplate) continue;
      for (const element of set.generators.flatMap(allElements)) {
        if (element.kind === "mapping") yield* checkElement(element);
      }
    }
  },
  docs: {
    summary: "A value of a list's element is no text, and the ApplicationSet has no templates of Go.",
    explanation:
      "Without `goTemplate: true` every value is a text, or stands below `values`, whose values are texts. Argo CD refuses numbers, booleans, lists and other maps.",
    bad: sample("1"),
    good: sample('"1"'),
  },
  fix({ place, data }) {
    return data?.["scalar"] === true ? [quote(place)] : [];
  },
};

function allElements(generator: Generator): readonly Node[] {
  return [...elementsOf(generator), ...generator.children.flatMap(allElements)];
}

/** argo-cd `applicationset/generators/list.go`. */
function* checkElement(element: Mapping): Iterable<Hit> {
  for (const { key, value } of element.entries) {
    if (key.text === "values" && value.kind === "mapping") {
      for (const inner of value.entries) yield* textHit(inner.key.text, inner.value);
    } else yield* textHit(key.text, value);
  }
}

function* textHit(name: string, value: Node): Iterable<Hit> {
  if (value.kind === "scalar" && (value.tag === "str" || value.tag === "timestamp" || value.text === "")) return;
  const isScalar = value.kind === "scalar";
  if (isScalar && value.style !== "plain") return;
  yield {
    place: value.origin.place,
    message: `\`${name}\` is no text, and Argo CD takes only texts here.`,
    help: isScalar ? "Put it in quotes." : "Set `goTemplate: true`, and use templates of Go.",
    data: { scalar: isScalar },
  };
}
