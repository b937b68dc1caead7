import type { Hit, Rule } from "../../../analysis/rule";
import { generatorTypes } from "../../../argocd/applicationSet";
import { getValue, type Mapping, type Node } from "../../../yaml/node";
import { applicationSetsOf, firstKey } from "../applicationSets";
import { itemsOf } from "../applications";
import { applicationSetSample, templateLines } from "../samples";

const sample = (...children: readonly string[]): string =>
  applicationSetSample("generators:", "- matrix:", "    generators:", ...children, ...templateLines("'{{name}}'"));

/** An item of a list of generators that has none, or more than one. */
export const generatorCount: Rule = {
  code: "argocd/generator-count",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set, open } of applicationSetsOf(context)) {
      if (!open) yield* checkItems(getValue(set.spec, "generators"), false);
    }
  },
  docs: {
    summary: "An item of `generators` has no generator, or more than one.",
    explanation:
      "Each item is one generator, with or without a `selector`. In a `matrix` or `merge` Argo CD refuses anything else; on top, an item without a generator makes nothing.",
    bad: sample("    - clusters: {}", "      list:", "        elements: []", "    - clusters: {}"),
    good: sample("    - clusters: {}", "    - list:", "        elements: []"),
  },
};

function* checkItems(list: Node | undefined, nested: boolean): Iterable<Hit> {
  for (const item of itemsOf(list)) {
    if (item.kind !== "mapping") continue;
    const generators = item.entries.filter(({ key }) => generatorTypes.includes(key.text));
    const [first, second] = generators;
    // A null is none, but it may be half typed.
    if (first === undefined) yield* withoutGenerator(item, nested);
    else if (second !== undefined) {
      const message = `The item has \`${first.key.text}\` and \`${second.key.text}\`: one of them is too many.`;
      const help = "Write each generator as an item of its own.";
      yield { place: second.key.origin.place, message, help, severity: nested ? undefined : "information" };
    }
    for (const { key, value } of generators) {
      if (key.text === "matrix" || key.text === "merge") yield* checkItems(getValue(value, "generators"), true);
    }
  }
}

function* withoutGenerator(item: Mapping, nested: boolean): Iterable<Hit> {
  // What the schema does not know it tells of itself.
  if (item.entries.some(({ key }) => key.text !== "selector")) return;
  yield {
    place: firstKey(item),
    message: "The item has no generator.",
    help: `Add one: ${generatorTypes.map((type) => `\`${type}\``).join(", ")}.`,
    severity: nested ? undefined : "warning",
  };
}
