import type { Rule } from "../../../analysis/rule";
import { quote } from "../../../analysis/suggestionFix";
import { schemaRule } from "./schemaRule";

/** `yes`, `no`, `on` and `off` without quotes: a text for one reader, a boolean for another. */
export const yamlBoolean: Rule = schemaRule({
  name: "yaml-boolean",
  violation: "old-boolean",
  severity: "warning",
  docs: {
    summary: "A text is one of the booleans of YAML 1.1: `yes`, `no`, `on`, `off`, `y`, `n`.",
    explanation:
      "Kustomize reads such a word as text, kubectl and Argo CD read a boolean where a string is due. Put it in quotes, and all agree.",
    bad: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  debug: on\n",
    good: '#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  debug: "on"\n',
  },
  fix: ({ place }) => [quote(place)],
});
