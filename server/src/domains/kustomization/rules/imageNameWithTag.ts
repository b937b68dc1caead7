import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, pathAt, replaceFix } from "../../../analysis/repair";
import type { FixContext, Rule } from "../../../analysis/rule";
import { imageEntries } from "../imageEntries";
import { withoutTag } from "../reachableObjects";
import { splitNewName } from "../splitNewName";

/** An image name with a tag changes that very tag only. */
export const imageNameWithTag: Rule = {
  code: "kustomization/image-name-with-tag",
  severity: "warning",
  scope: "document",
  *check(context) {
    for (const { name } of imageEntries(context)) {
      const bare = name && withoutTag(name.text);
      if (name === undefined || bare === undefined || bare === name.text) continue;
      yield {
        place: name.origin.place,
        message: `\`${name.text}\` names a tag, so only that tag of the image is changed.`,
        help: `Write \`${bare}\`.`,
        data: { bare },
      };
    }
  },
  docs: {
    summary: "The `name` of an `images` entry has a tag or a digest.",
    explanation:
      "The name is compared with the image without its tag. With a tag in it, the entry stops working as soon as the manifest names another one.",
    bad: "#- kustomization.yaml\nimages:\n- name: quay.io/team/web:latest\n  newTag: v2\n",
    good: "#- kustomization.yaml\nimages:\n- name: quay.io/team/web\n  newTag: v2\n",
  },
  fix(finding, context) {
    const bare = finding.data?.["bare"];
    if (typeof bare !== "string") return [];
    return [replaceFix(`Change to '${bare}'`, finding, bare), ...splitBoth(finding, bare, context)];
  },
};

/** Where `newName` has a tag as well, both can be taken apart at once. */
function splitBoth(finding: Finding, bare: string, context: FixContext): readonly Fix[] {
  const document = documentOf(finding, context);
  const path = document && pathAt(document, finding.place.start, finding.place.end);
  if (document === undefined || path === undefined) return [];
  return splitNewName(document, path.slice(0, -1)).map(({ title, edits }) => ({
    title: `Change to '${bare}', and ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
    edits: [{ place: finding.place, text: bare }, ...edits],
  }));
}
