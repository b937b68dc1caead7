import { objectsOf } from "../../../analysis/checkedObjects";
import type { Hit, Rule } from "../../../analysis/rule";
import { getValue } from "../../../yaml/node";

/** `generateName` beside `name` does nothing. */
export const nameAndGenerateName: Rule = {
  code: "core/name-and-generate-name",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node, known, partial } of objectsOf(context)) {
      const metadata = getValue(node, "metadata");
      if (known === undefined || partial || metadata?.kind !== "mapping") continue;
      const generated = metadata.entries.find(({ key }) => key.text === "generateName");
      if (generated === undefined || getValue(metadata, "name") === undefined) continue;
      const message = "`generateName` does nothing beside `name`.";
      yield { place: generated.key.origin.place, message, help: "Remove one of the two." };
    }
  },
  docs: {
    summary: "An object has both a `name` and a `generateName`.",
    explanation: "The API server takes the name and ignores the other.",
    bad: "#- a.yaml\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\n  generateName: migrate-\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: a\n        image: a\n",
    good: "#- a.yaml\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: migrate\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: a\n        image: a\n",
  },
};
