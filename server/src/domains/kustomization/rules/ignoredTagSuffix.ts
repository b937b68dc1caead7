import { documentOf, pathAt, removeFix } from "../../../analysis/repair";
import type { Rule } from "../../../analysis/rule";
import { imageEntries } from "../imageEntries";

const sample = (lines: string): string => `#- kustomization.yaml\nimages:\n- name: web\n${lines}`;

/** A suffix for a tag that the entry replaces. */
export const ignoredTagSuffix: Rule = {
  code: "kustomization/ignored-tag-suffix",
  severity: "warning",
  scope: "document",
  *check(context) {
    for (const { tagSuffix, newTag, digest } of imageEntries(context)) {
      const [other, field] = newTag === undefined ? [digest, "digest"] : [newTag, "newTag"];
      if (tagSuffix === undefined || other === undefined) continue;
      yield {
        place: tagSuffix.origin.place,
        message: `\`tagSuffix\` does nothing beside \`${field}\`: it is put behind the tag of the manifest only.`,
        help: field === "newTag" ? "Put it into `newTag`, or remove one of the two." : "Remove one of the two.",
      };
    }
  },
  docs: {
    summary: "An `images` entry has a `tagSuffix` beside `newTag` or `digest`.",
    explanation: "The suffix is put behind the tag that the manifest has. One that the entry gives is taken as it is.",
    bad: sample('  newTag: v2\n  tagSuffix: "-alpine"\n'),
    good: sample('  tagSuffix: "-alpine"\n'),
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    if (document === undefined || path?.at(-1) !== "tagSuffix") return [];
    return removeFix("Remove 'tagSuffix'", document, path);
  },
};
