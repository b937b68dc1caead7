import type { Rule } from "../../../analysis/rule";
import { removalOfFirstTwin } from "../../../yaml/duplicateKeys";

/** The same key twice in one map. */
export const duplicateKey: Rule = {
  code: "yaml/duplicate-key",
  severity: "error",
  scope: "build",
  check: "engine",
  docs: {
    summary: "A key of an object stands twice in one map.",
    explanation:
      "The build fails when the object is printed. Mostly the first one was forgotten, or an indentation is wrong.",
    bad: "#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  name: b\n",
    good: "#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n",
  },
  fix({ place }) {
    const removal = removalOfFirstTwin(place);
    return removal === undefined ? [] : [{ title: "Remove the first one", edits: [{ place: removal, text: "" }] }];
  },
};
