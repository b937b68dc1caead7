import { documentOf, pathAt } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { type ImageEntry, imageEntries } from "../imageEntries";
import { withoutTag } from "../reachableObjects";
import { splitNewName } from "../splitNewName";

/** A tag in `newName` is no tag for Kustomize: it puts another one behind it. */
export const newNameWithTag: Rule = {
  code: "kustomization/new-name-with-tag",
  severity: "warning",
  scope: "document",
  *check(context) {
    for (const entry of imageEntries(context)) {
      // A name with a tag is a finding of its own, and its fix takes care of both.
      const isTold = entry.name !== undefined && withoutTag(entry.name.text) !== entry.name.text;
      const hit = isTold ? undefined : judge(entry);
      if (hit !== undefined) yield hit;
    }
  },
  docs: {
    summary: "The `newName` of an `images` entry has a tag or a digest.",
    explanation:
      "Kustomize takes all of `newName` for the name and puts `newTag`, or else the tag of the manifest, behind it: `web:v1:v2` is no image. With a `digest` alone the result is valid, `web:v1@sha256:…`; `newTag` beside the digest says the same in the fields that are made for it. (Renovate updates `newTag: v1@sha256:…` in one field, and leaves entries alone that have both.)",
    bad: "#- kustomization.yaml\nimages:\n- name: web\n  newName: quay.io/team/web:v1\n  newTag: v2\n",
    good: "#- kustomization.yaml\nimages:\n- name: web\n  newName: quay.io/team/web\n  newTag: v2\n",
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    return document === undefined || path === undefined ? [] : splitNewName(document, path.slice(0, -1));
  },
};

function judge({ newName, newTag, digest }: ImageEntry): Hit | undefined {
  const bare = newName && withoutTag(newName.text);
  if (newName === undefined || bare === undefined || bare === newName.text) return undefined;
  const { place } = newName.origin;
  const help = `Write \`newName: ${bare}\`, and the tag under \`newTag\`.`;
  if (newTag !== undefined) {
    const message = `The image becomes \`${newName.text}:${newTag.text}\`, which is none: \`newName\` has a tag, and \`newTag\` comes behind it.`;
    return { place, message, help };
  }
  if (digest !== undefined) {
    const message = "`newName` has a tag. The digest comes behind it, which works; `newTag` is the field for the tag.";
    return { place, message, help, severity: "information" };
  }
  const message = "`newName` has a tag. The tag of the image in the manifest comes behind it, if there is one.";
  return { place, message, help, severity: newName.text.includes("@") ? "warning" : "information" };
}
