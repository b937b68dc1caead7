import type { Rule } from "../../../analysis/rule";

/** A number or boolean as a key. */
export const nonStringKey: Rule = {
  code: "yaml/non-string-key",
  severity: "error",
  scope: "build",
  check: "engine",
  docs: {
    summary: "A key of an object is a number, a boolean or null.",
    explanation: "Objects become JSON, whose keys are strings. Put the key in quotes.",
    bad: "#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  10: a\n",
    good: '#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  "10": a\n',
  },
  fix({ place }) {
    const written = place.file.text.slice(place.start, place.end);
    if (!/^[\w.+-]+$/.test(written)) return [];
    return [{ title: "Put it in quotes", edits: [{ place, text: `"${written}"` }], preferred: true }];
  },
};
