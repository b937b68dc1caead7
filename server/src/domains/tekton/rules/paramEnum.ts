import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { scalarAt, scalarsAt } from "../../../tekton/field";
import { declaredParams, wholeObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { sample } from "../samples";

/** A list of allowed values that contradicts the rest of its parameter. */
export const paramEnum: Rule = {
  code: "tekton/param-enum",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of wholeObjectsOf(context)) {
      for (const { node, name, type } of declaredParams(object)) {
        const values = scalarsAt(node, "enum");
        if (values.length === 0) continue;
        if (type !== undefined && type !== "string") {
          const message = `\`enum\` is for strings, and \`${name}\` is of type \`${type}\`.`;
          yield { place: keyPlace(node, "enum"), message, help: "Remove `enum`." };
          continue;
        }
        const known = new Set<string>();
        for (const value of values) {
          if (known.has(value.text)) {
            const message = `\`${value.text}\` stands twice in \`enum\`.`;
            yield { place: value.origin.place, message, help: "Remove one of the two." };
          }
          known.add(value.text);
        }
        const value = scalarAt(node, "default");
        if (value === undefined || value.text === "" || known.has(value.text) || isPlaceholder(value.text)) continue;
        const suggestion = didYouMean(value.text, known);
        yield {
          place: value.origin.place,
          message: `The default of \`${name}\` is not one of the values in \`enum\`.`,
          help: suggestion === undefined ? "Add it to them, or choose another." : `Did you mean \`${suggestion}\`?`,
          data: { suggestion },
        };
      }
    }
  },
  docs: {
    summary: "The `enum` of a parameter names a value twice, lacks the default, or belongs to no string.",
    explanation: "Tekton's webhook refuses the object. `enum` itself works where the flag `enable-param-enum` is on.",
    bad: sample(
      "Task",
      "  params:\n  - name: level\n    enum: [debug, info]\n    default: inf\n  steps:\n  - image: alpine:3.22\n",
    ),
    good: sample(
      "Task",
      "  params:\n  - name: level\n    enum: [debug, info]\n    default: info\n  steps:\n  - image: alpine:3.22\n",
    ),
  },
  fix: useSuggestion,
};
