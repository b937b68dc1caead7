import type { Severity } from "../../../analysis/finding";
import { replaceFix } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import type { ApplicationSet } from "../../../argocd/applicationSet";
import { hasParameter, type Parameters } from "../../../argocd/parameters";
import { findGoNames, findPlainNames, type TemplateName } from "../../../argocd/templateText";
import { didYouMean } from "../../../platform/didYouMean";
import { getValue } from "../../../yaml/node";
import { applicationSetsOf, foreignTexts, placeOfText, renderedTexts } from "../applicationSets";
import { goTemplateSample } from "../samples";

const sample = (name: string): string =>
  goTemplateSample(`shop-{{ .${name} }}`, "- list:", "    elements:", "    - cluster: dev");

/** A parameter in a template that no generator gives. */
export const unknownParameter: Rule = {
  code: "argocd/unknown-parameter",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set } of applicationSetsOf(context)) {
      // Without generators nobody knows, and the set is being written.
      if (set.generators.length === 0) continue;
      const foreign = foreignTexts(getValue(set.spec, "template"));
      for (const { scalar, parameters } of renderedTexts(set)) {
        for (const name of namesIn(scalar.text, set)) {
          const hit = unknownHit(name, parameters, set, foreign.has(scalar));
          if (hit !== undefined) yield { ...hit, place: placeOfText(scalar, name.start, name.end) };
        }
      }
    }
  },
  docs: {
    summary: "A template of an ApplicationSet uses a parameter that none of its generators gives.",
    explanation:
      "With `missingkey=error` Argo CD makes no Applications then; templates of Go without it write `<no value>`, and others leave `{{name}}` as it is. What a generator gives depends on its kind: the keys of a list's elements, `path` of directories, `name` and `server` of clusters, and `values` of most. Files, plugins and the labels of clusters may hold anything.",
    bad: sample("clutser"),
    good: sample("cluster"),
  },
  fix(finding) {
    const suggestion = finding.data?.["suggestion"];
    return typeof suggestion === "string" ? [replaceFix(`Change to '${suggestion}'`, finding, suggestion)] : [];
  },
};

function namesIn(text: string, { goTemplate }: ApplicationSet): readonly TemplateName[] {
  return goTemplate ? findGoNames(text) : findPlainNames(text);
}

function unknownHit(
  { name, conditional }: TemplateName,
  parameters: Parameters,
  set: ApplicationSet,
  isForeign: boolean,
): Omit<Hit, "place"> | undefined {
  if (conditional || hasParameter(parameters, name)) return undefined;
  const suggestion = didYouMean(name, parameters.names);
  // Braces in texts for somebody else are left as they are, where templates know no more than names.
  if (isForeign && !set.goTemplate && suggestion === undefined) return undefined;
  const dot = set.goTemplate ? "." : "";
  const known = [...parameters.names].slice(0, 12).map((each) => `\`${dot}${each}\``);
  return {
    message: `No generator gives the parameter \`${name}\`${effectIn(set)}.`,
    help: suggestion === undefined ? `There are ${known.join(", ")}.` : `Did you mean \`${dot}${suggestion}\`?`,
    severity: severityIn(set),
    data: { suggestion: suggestion === undefined ? undefined : dot + suggestion },
  };
}

function severityIn({ goTemplate, stopsAtMissingKeys }: ApplicationSet): Severity {
  return goTemplate && stopsAtMissingKeys ? "error" : "warning";
}

function effectIn({ goTemplate, stopsAtMissingKeys }: ApplicationSet): string {
  if (!goTemplate) return ", so the braces stay";
  return stopsAtMissingKeys ? "" : ", so it becomes `<no value>`";
}
