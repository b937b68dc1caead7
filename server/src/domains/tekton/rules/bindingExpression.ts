import type { Hit, Rule } from "../../../analysis/rule";
import { namedFieldsAt, scalarAt } from "../../../tekton/field";
import { triggersObjectsOf } from "../objects";
import { triggersSample } from "../samples";

/** An expression of a TriggerBinding that does not end. */
export const bindingExpression: Rule = {
  code: "tekton/binding-expression",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { kind, spec } of triggersObjectsOf(context)) {
      if (!kind.endsWith("TriggerBinding") || spec === undefined) continue;
      for (const { node } of namedFieldsAt(spec, "params")) {
        const value = scalarAt(node, "value");
        const start = value === undefined ? -1 : findOpen(value.text);
        if (value === undefined || start < 0) continue;
        const end = value.text.slice(start).search(/\s|$/) + start;
        const message = `The expression \`${value.text.slice(start, end)}\` has no end.`;
        // Only one that is followed by another is refused; the last one stays as it is written.
        const severity = value.text.includes("$(", start + 2) ? undefined : "warning";
        yield { place: value.origin.place, message, help: "Add the closing `)`.", severity };
      }
    }
  },
  docs: {
    summary: "A `$(` in a TriggerBinding has no `)`.",
    explanation:
      "The webhook of Tekton Triggers refuses a value in which another expression follows; the last one in a value stays as it is written, and arrives so.",
    bad: triggersSample("TriggerBinding", "  params:\n  - name: commit\n    value: $(body.head_commit.id\n"),
    good: triggersSample("TriggerBinding", "  params:\n  - name: commit\n    value: $(body.head_commit.id)\n"),
  },
};

/** Where the first `$(` without its `)` stands; brackets within count in pairs. Upstream: `validateParamValue`. */
function findOpen(text: string): number {
  for (let start = text.indexOf("$("); start >= 0; start = text.indexOf("$(", start + 2)) {
    const next = text.indexOf("$(", start + 2);
    let open = 1;
    for (const letter of text.slice(start + 2, next < 0 ? undefined : next)) {
      if (letter === "(") open++;
      if (letter === ")") open--;
      if (open === 0) break;
    }
    if (open > 0) return start;
  }
  return -1;
}
