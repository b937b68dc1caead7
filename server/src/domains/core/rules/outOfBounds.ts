import type { Rule } from "../../../analysis/rule";
import { schemaRule } from "./schemaRule";

/** A number, a length or a count outside of its bounds. */
export const outOfBounds: Rule = schemaRule({
  name: "out-of-bounds",
  violation: "out-of-bounds",
  docs: {
    summary:
      "A number is too small or too large, a text too short or too long, or a list has too few or too many items.",
    explanation: "The API server refuses the object.",
    bad: "#- a.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n  - port: 80000\n",
    good: "#- a.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n  - port: 8000\n",
  },
});
