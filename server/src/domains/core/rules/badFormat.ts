import type { Rule } from "../../../analysis/rule";
import { schemaRule } from "./schemaRule";

/** A quantity, duration, date, number or base64 text that cannot be read as such. */
export const badFormat: Rule = schemaRule({
  name: "bad-format",
  violation: "bad-format",
  docs: {
    summary: "A value cannot be read as the quantity, duration, date, number or base64 text that its field takes.",
    explanation:
      "The API server refuses the object. Quantities have suffixes like `m`, `k`, `M` and `Mi`, and no space before them.",
    bad: "#- a.yaml\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: a\nspec:\n  accessModes: [ReadWriteOnce]\n  resources:\n    requests:\n      storage: 10GB\n",
    good: "#- a.yaml\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: a\nspec:\n  accessModes: [ReadWriteOnce]\n  resources:\n    requests:\n      storage: 10G\n",
  },
});
