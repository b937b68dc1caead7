import type { Hit, Rule } from "../../../analysis/rule";
import { quote } from "../../../analysis/suggestionFix";
import { referencesOf, wholeObjectsOf } from "../objects";
import { pipelineSample } from "../samples";

/** A version that is read as a number and loses its end. */
export const unquotedVersion: Rule = {
  code: "tekton/unquoted-version",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of wholeObjectsOf(context)) {
      for (const { params } of referencesOf(object)) {
        for (const { value } of params) {
          if (value?.kind !== "scalar" || value.tag !== "float" || value.style !== "plain") continue;
          if (!/^\d+\.\d*0$/.test(value.text)) continue;
          const message = `\`${value.text}\` is a number, which arrives as \`${Number(value.text)}\`.`;
          yield { place: value.origin.place, message, help: "Put it in quotes." };
        }
      }
    }
  },
  docs: {
    summary: "A version that is given to a resolver ends in a zero and has no quotes.",
    explanation: "YAML reads `0.10` as the number 0.1, and the resolver looks for that version.",
    bad: pipelineSample("").replace(
      "name: git-clone",
      "resolver: hub\n      params:\n      - name: name\n        value: git-clone\n      - name: version\n        value: 0.10",
    ),
    good: pipelineSample("").replace(
      "name: git-clone",
      'resolver: hub\n      params:\n      - name: name\n        value: git-clone\n      - name: version\n        value: "0.10"',
    ),
  },
  fix: ({ place }) => [quote(place)],
};
