import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, pathAt } from "../../../analysis/repair";
import type { FixContext, Rule } from "../../../analysis/rule";
import { getIn } from "../../../yaml/node";

const sample = (metadata: string): string =>
  `#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  ${metadata}\n`;

/** An object without a name, be there a `generateName` or not. */
export const missingName: Rule = {
  code: "kustomization/missing-name",
  severity: "error",
  scope: "build",
  check: "engine",
  docs: {
    summary: "An object has no `metadata.name`.",
    explanation:
      "Kustomize does not take objects with `generateName` alone. A hook of Argo CD needs none: one with a fixed name is deleted before the next sync makes it again.",
    bad: sample("generateName: a-"),
    good: sample("name: a"),
  },
  fix: makeFixed,
};

/** A fixed name out of what names were generated from. */
function makeFixed(finding: Finding, context: FixContext): readonly Fix[] {
  const { place } = finding;
  const document = documentOf(finding, context);
  const path = document && pathAt(document, place.start, place.end);
  const value = path?.at(-1) === "generateName" ? getIn(document?.root, path) : undefined;
  const name = value?.kind === "scalar" ? value.text.replace(/[-.]+$/, "") : "";
  if (value === undefined || name === "") return [];
  const edits = [
    { place, text: "name" },
    { place: value.origin.place, text: name },
  ];
  return [{ title: `Use the fixed name '${name}'`, edits }];
}
