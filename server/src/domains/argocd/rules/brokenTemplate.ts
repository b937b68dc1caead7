import type { Hit, Rule } from "../../../analysis/rule";
import { findTemplateMistake } from "../../../argocd/templateMistake";
import { applicationSetsOf, placeOfText, renderedTexts } from "../applicationSets";
import { goTemplateSample } from "../samples";

const sample = (name: string): string => goTemplateSample(name, "- clusters: {}");

/** A template of Go that Go cannot read. */
export const brokenTemplate: Rule = {
  code: "argocd/broken-template",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set } of applicationSetsOf(context)) {
      for (const { scalar } of set.goTemplate ? renderedTexts(set) : []) {
        const mistake = findTemplateMistake(scalar.text);
        if (mistake === undefined) continue;
        const place = placeOfText(scalar, mistake.start, mistake.end);
        yield { place, message: mistake.message, help: "Each value is a template of its own, and must be complete." };
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
