import type { Fix } from "../../../analysis/finding";
import type { Hit, Rule } from "../../../analysis/rule";
import { textOf } from "../../../yaml/node";
import { paramCallSample } from "../callSamples";
import { findCalls } from "../calls";
import { compareCall } from "../comparisons";

/** A parameter that gets a value of another type than the one it declares. */
export const parameterType: Rule = {
  code: "tekton/parameter-type",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const call of findCalls(context)) {
      const [callee] = call.callees;
      for (const { given, wanted, found, lacks } of compareCall(call).types) {
        if (given.nameNode === undefined || given.value === undefined) continue;
        const isText = given.value.kind === "scalar";
        const place = isText ? given.value.origin.place : given.nameNode.origin.place;
        const base = { place, root: call.root };
        if (lacks !== undefined) {
          const message = `The value of \`${given.name}\` lacks ${lacks.map((key) => `\`${key}\``).join(", ")}.`;
          const help = `Add what ${callee.what} declares without defaults: the run fails otherwise.`;
          yield { ...base, message, help };
          continue;
        }
        const message = `\`${given.name}\` is ${names[wanted]}, but gets ${names[found]}.`;
        const help = `Give it the type that ${callee.what} declares; the run fails otherwise.`;
        const canWrap = wanted === "array" && isText && textOf(given.value) !== undefined;
        yield { ...base, message, help, data: { wrap: canWrap } };
      }
    }
  },
  docs: {
    summary:
      "A parameter gets a value of another type than the one it declares, or an object without some of its keys.",
    explanation:
      "The run fails with `param types don't match the user-specified type` or `missing keys for these params`. Text with a variable in it may stand for an array or object; the values of a matrix are handed over one by one.",
    bad: paramCallSample("KUSTOMIZATION_PATH", "    - name: FLAGS\n      value: --verbose\n"),
    good: paramCallSample("KUSTOMIZATION_PATH", "    - name: FLAGS\n      value:\n      - --verbose\n"),
  },
  fix({ place, data }): readonly Fix[] {
    if (data?.["wrap"] !== true) return [];
    const text = place.file.text.slice(place.start, place.end);
    // In brackets a comma or a bracket would end the text.
    if (/^[|>]/.test(text) || (/[,[\]{}]/.test(text) && !/^["']/.test(text))) return [];
    return [{ title: "Make it an array", edits: [{ place, text: `[${text}]` }], preferred: true }];
  },
};

const names = { string: "a text", array: "an array", object: "an object" } as const;
