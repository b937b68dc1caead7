import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import type { Scalar } from "../../../yaml/node";
import { declaredParams, wholeObjectsOf } from "../objects";
import { sample } from "../samples";

/** Names of objects and of their keys, in which a point would part them. */
export const objectName: Rule = {
  code: "tekton/object-name",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of wholeObjectsOf(context)) {
      for (const { type, nameNode, properties } of declaredParams(object)) {
        if (type !== "object") continue;
        const keys = (properties?.entries ?? []).map(({ key }) => key).filter(({ text }) => text !== "<<");
        for (const name of [nameNode, ...keys]) {
          // What no parameter may be called, the schema of the parameter says already.
          if (name === undefined || isGood(name) || (name === nameNode && !name.text.includes("."))) continue;
          const message = `\`${name.text}\` cannot be the name of ${name === nameNode ? "an object" : "a key of an object"}.`;
          const help = "Use letters, digits, `-` and `_`, and begin with a letter or `_`.";
          yield { place: name.origin.place, message, help };
        }
      }
    }
  },
  docs: {
    summary: "A parameter of type `object`, or one of its keys, has a name with a point or other signs in it.",
    explanation:
      "A key is written behind a point, `$(params.repository.url)`, so no name may have one itself. Tekton's webhook refuses the object.",
    bad: sample(
      "Task",
      "  params:\n  - name: repository\n    properties:\n      main.url: {type: string}\n  steps:\n  - image: alpine:3.22\n",
    ),
    good: sample(
      "Task",
      "  params:\n  - name: repository\n    properties:\n      main-url: {type: string}\n  steps:\n  - image: alpine:3.22\n",
    ),
  },
};

function isGood({ text }: Scalar): boolean {
  return isPlaceholder(text) || /^[_a-zA-Z][_a-zA-Z0-9-]*$/.test(text);
}
