import { replaceFix } from "../../../analysis/repair";
import type { Rule } from "../../../analysis/rule";
import { getValue, textOf } from "../../../yaml/node";
import { field, rootMapping } from "../kustomizationFiles";
import { withoutTag } from "../reachableObjects";

/** An image name with a tag changes that very tag only. */
export const imageNameWithTag: Rule = {
  code: "kustomization/image-name-with-tag",
  severity: "warning",
  scope: "document",
  *check({ documents }) {
    const images = field(rootMapping(documents[0]), "images");
    for (const image of images?.kind === "sequence" ? images.items : []) {
      const name = getValue(image, "name");
      const text = textOf(name);
      const bare = text === undefined ? undefined : withoutTag(text);
      if (name === undefined || bare === text) continue;
      yield {
        place: name.origin.place,
        message: `\`${text}\` names a tag, so only that tag of the image is changed.`,
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
  fix(finding) {
    const bare = finding.data?.["bare"];
    return typeof bare === "string" ? [replaceFix(`Change to '${bare}'`, finding, bare)] : [];
  },
};
