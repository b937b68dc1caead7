import type { Hit, Rule } from "../../../analysis/rule";
import { findTemplateMistake } from "../../../argocd/templateMistake";
import { applicationSetsOf, placeOfText, renderedParts, textsBelow } from "../applicationSets";
import { applicationSetSample, templateLines } from "../samples";

const sample = (name: string): string =>
  applicationSetSample(
    "goTemplate: true",
    "goTemplateOptions:",
    "- missingkey=error",
    "generators:",
    "- clusters: {}",
    ...templateLines(`'${name}'`),
  );

/** A template of Go that Go cannot read. */
export const brokenTemplate: Rule = {
  code: "argocd/broken-template",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set } of applicationSetsOf(context)) {
      for (const { node } of set.goTemplate ? renderedParts(set) : []) {
        for (const scalar of textsBelow(node)) {
          const mistake = scalar.text.includes("{{") ? findTemplateMistake(scalar.text) : undefined;
          if (mistake === undefined) continue;
          const place = placeOfText(scalar, mistake.start, mistake.end);
          yield { place, message: mistake.message, help: "Each value is a template of its own, and must be complete." };
        }
      }
    }
  },
  docs: {
    summary: "A template of an ApplicationSet is not complete: braces, or a block without `end`.",
    explanation: "Argo CD renders every text on its own. One that it cannot read makes the whole ApplicationSet fail.",
    bad: sample("{{ if .name }}{{ .name }}"),
    good: sample("{{ if .name }}{{ .name }}{{ end }}"),
  },
};
