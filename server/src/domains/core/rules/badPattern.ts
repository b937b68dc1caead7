import type { Rule } from "../../../analysis/rule";
import { schemaRule } from "./schemaRule";

/** A text that does not match the pattern of its field. */
export const badPattern: Rule = schemaRule({
  name: "bad-pattern",
  violation: "bad-pattern",
  docs: {
    summary: "A text does not have the form that its field demands.",
    explanation:
      "The schema of the kind gives the form as a regular expression. The API server refuses what does not match.",
    bad: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: My_App\n    image: a\n",
    good: "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: my-app\n    image: a\n",
  },
});
