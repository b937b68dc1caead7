import type { Rule } from "../../../analysis/rule";
import { imageEntries } from "../imageEntries";

/** The name of an image is compared as a regular expression, which nobody documents. */
export const imageNamePattern: Rule = {
  code: "kustomization/image-name-pattern",
  severity: "information",
  scope: "document",
  *check(context) {
    for (const { name } of imageEntries(context)) {
      const found = name && /[\\+*?()[\]{}|^$]/.exec(name.text)?.[0];
      if (name === undefined || found === undefined) continue;
      yield {
        place: name.origin.place,
        message: `\`${found}\` has a meaning of its own here: Kustomize compares the name as a regular expression.`,
        help: "Write the plain name of one image. The pattern works today, but it is no documented feature.",
      };
    }
  },
  docs: {
    summary: "The `name` of an `images` entry is a pattern.",
    explanation:
      "Kustomize puts the name into a regular expression without saying so in its documentation: `.` matches any character, and `*`, `+`, brackets and the like have their meaning. An image name never has them.",
    bad: "#- kustomization.yaml\nimages:\n- name: quay.io/team/.*\n  newTag: v2\n",
    good: "#- kustomization.yaml\nimages:\n- name: quay.io/team/web\n  newTag: v2\n",
  },
};
