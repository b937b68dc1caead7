import type { Rule } from "../../../analysis/rule";
import { schemaRule } from "./schemaRule";

/** A field that the API server demands. */
export const missingField: Rule = schemaRule({
  name: "missing-field",
  violation: "missing-field",
  docs: {
    summary: "An object lacks a field that its kind demands.",
    explanation:
      "The API server refuses the object. It is reported at the key of the object that lacks the field. Nothing is demanded of patches.",
    bad: "#- a.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  replicas: 1\n  template:\n    metadata:\n      labels: {app: a}\n    spec:\n      containers:\n      - name: a\n        image: a\n",
    good: "#- a.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  replicas: 1\n  selector:\n    matchLabels: {app: a}\n  template:\n    metadata:\n      labels: {app: a}\n    spec:\n      containers:\n      - name: a\n        image: a\n",
  },
});
