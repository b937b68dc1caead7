import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { holdsTexts, valueTypeOf } from "../../../tekton/param";
import { declaredParams, wholeObjectsOf } from "../objects";
import { valuePlace } from "../places";
import { sample } from "../samples";

/** A default that is not of the type of its parameter. */
export const paramDefault: Rule = {
  code: "tekton/param-default",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of wholeObjectsOf(context)) {
      for (const param of declaredParams(object)) {
        const { type, default: value, name } = param;
        if (type === undefined || value === undefined || (value.kind === "scalar" && value.tag === "null")) continue;
        const found = valueTypeOf(value);
        if (found === type && found !== "string" && !holdsTexts(value)) {
          const message = `The default of \`${name}\` holds something else than texts, so Tekton takes all of it for one text.`;
          yield { place: valuePlace(param.node, "default"), message, help: "Put numbers and booleans in quotes." };
          continue;
        }
        if (found === type || (value.kind === "scalar" && isPlaceholder(value.text))) continue;
        const help = `Write ${words[type]}, or \`type: ${found}\`.`;
        const message = `The parameter \`${name}\` is of type \`${type}\`, its default is ${kinds[found]}.`;
        yield { place: valuePlace(param.node, "default"), message, help };
      }
    }
  },
  docs: {
    summary: "The default of a parameter is of another type than the parameter.",
    explanation: "Tekton's webhook refuses the object. Numbers and booleans count as strings.",
    bad: sample(
      "Task",
      "  params:\n  - name: flags\n    type: array\n    default: --quiet\n  steps:\n  - image: alpine:3.22\n",
    ),
    good: sample(
      "Task",
      "  params:\n  - name: flags\n    type: array\n    default: [--quiet]\n  steps:\n  - image: alpine:3.22\n",
    ),
  },
};

const words = { string: "a text", array: "a list of texts", object: "a map of texts" } as const;
const kinds = { string: "a text", array: "a list", object: "a map" } as const;
