import { objectsOf } from "../../../analysis/checkedObjects";
import type { Finding, Fix, TextChange } from "../../../analysis/finding";
import type { DocumentContext, FixContext, Hit, Rule } from "../../../analysis/rule";
import { didYouMean } from "../../../platform/didYouMean";
import { templatedNodes } from "../../../tekton/triggerTemplate";
import { placeOfVariable } from "../../../tekton/variables";
import { getIn, getValue, type Mapping, textOf } from "../../../yaml/node";
import type { Place } from "../../../yaml/source";
import { severityOfLack } from "../objects";
import { paramUseOf, type UndeclaredParam } from "../paramUse";
import { isPipelinesAsCode } from "../pipelinesAsCode";
import { sample } from "../samples";

/** Variables that name a parameter which nobody declares. */
export const unknownParameter: Rule = {
  code: "tekton/unknown-parameter",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    if (isPipelinesAsCode(context.file.path)) return;
    for (const { node, partial } of objectsOf(context)) {
      if (partial) continue;
      yield* hitsIn(node, context);
      const replaced = namesOfTemplate(node);
      for (const each of templatedNodes(node)) yield* hitsIn(each, context, replaced);
    }
  },
  docs: {
    summary: "Variables name a parameter that is not declared.",
    explanation:
      "Tekton refuses a Task or Pipeline that uses a parameter that it does not declare. In the fields that it does not look at before they run, the text stays as it is written. What a run gives can be named by everything that is embedded in that run. A name that is used many times is told of once; where another one is declared and never used, it is that one that should have its name.",
    bad: sample(
      "Task",
      "  params:\n  - name: image\n  steps:\n  - name: show\n    image: alpine:3.22\n    args:\n    - $(params.imge)\n",
    ),
    good: sample(
      "Task",
      "  params:\n  - name: image\n  steps:\n  - name: show\n    image: alpine:3.22\n    args:\n    - $(params.image)\n",
    ),
  },
  fix(finding: Finding, { snapshot }: FixContext): readonly Fix[] {
    const { place, data } = finding;
    const { declared, used, suggestion } = data ?? {};
    if (typeof used !== "string" || snapshot.file(place.file.path)?.text !== place.file.text) return [];
    const rename = (text: string): readonly TextChange[] =>
      usesIn(finding, used).map((each) => ({ place: each, text }));
    if (typeof declared === "string") {
      return [
        { title: `Rename the parameter to '${used}'`, edits: [{ place, text: used }], preferred: true },
        { title: `Use '${declared}' instead`, edits: rename(declared) },
      ];
    }
    if (typeof suggestion !== "string") return [];
    return [{ title: `Change to '${suggestion}'`, edits: rename(suggestion), preferred: true }];
  },
};

/** The places at which a name is used: that of the finding, and those that are related to it. */
function usesIn({ place, related }: Finding, name: string): readonly Place[] {
  const places = [place, ...related.map((each) => each.place)];
  return places.filter(({ file, start, end }) => file === place.file && file.text.slice(start, end) === name);
}

function* hitsIn(node: Mapping, context: DocumentContext, replaced: ReadonlySet<string> = new Set()): Iterable<Hit> {
  const { undeclared, slips } = paramUseOf(node);
  for (const { declared, used } of slips) {
    if (declared.nameNode === undefined) continue;
    yield {
      place: declared.nameNode.origin.place,
      message: `The parameter \`${declared.name}\` is never used, but \`${used.name}\` is, and nobody declares that.`,
      help: `Give it the name \`${used.name}\`.`,
      severity: severityOf(used, context),
      related: placesOf(used).map((place) => ({ place, message: `\`${used.name}\` is used here.` })),
      data: { declared: declared.name, used: used.name },
    };
  }
  for (const each of undeclared) {
    const [place, ...others] = placesOf(each);
    if (place === undefined || replaced.has(each.name)) continue;
    const suggestion = didYouMean(each.name, each.known);
    yield {
      place,
      message: `There is no parameter \`${each.name}\` here.`,
      help: suggestion === undefined ? "Declare it in `params`." : `Did you mean \`${suggestion}\`?`,
      severity: severityOf(each, context),
      related: others.map((other) => ({ place: other, message: "It is used here, too." })),
      data: { suggestion, used: each.name },
    };
  }
}

function severityOf({ uses }: UndeclaredParam, context: DocumentContext): Hit["severity"] {
  return uses.some(({ refused }) => refused) ? severityOfLack(context) : "warning";
}

function placesOf({ name, uses }: UndeclaredParam): readonly Place[] {
  return uses.map(({ scalar, variable }) => placeOfVariable(scalar, variable, variable.names.indexOf(name, 1)));
}

/** The first version of TriggerTemplates named their own parameters like those of Tasks. */
function namesOfTemplate(node: Mapping): ReadonlySet<string> {
  const params = getIn(node, ["spec", "params"]);
  if (params?.kind !== "sequence") return new Set();
  return new Set(params.items.flatMap((item) => textOf(getValue(item, "name")) ?? []));
}
