import { isPlaceholder } from "../../../analysis/placeholders";
import { documentOf, pathAt, removeFix } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { type NamedField, namedFieldsAt } from "../../../tekton/field";
import { triggersObjectsOf, wholeObjectsOf } from "../objects";
import { headPlace } from "../places";
import { sample } from "../samples";
import { type NameList, nameListsOf } from "../uniqueNames";

/** A name that is given twice. */
export const duplicateName: Rule = {
  code: "tekton/duplicate-name",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    const bindings = [...triggersObjectsOf(context)].filter(({ kind }) => kind.endsWith("TriggerBinding"));
    const lists = [
      ...[...wholeObjectsOf(context)].flatMap(nameListsOf),
      ...bindings.flatMap(({ spec }): readonly NameList[] =>
        spec === undefined ? [] : [{ fields: namedFieldsAt(spec, "params"), what: "parameter" }],
      ),
    ];
    for (const { fields, what, ignoresCase } of lists) {
      const known = new Map<string, NamedField>();
      for (const field of fields) {
        if (field.name === "" || isPlaceholder(field.name)) continue;
        const name = ignoresCase ? field.name.toLowerCase() : field.name;
        const first = known.get(name);
        if (first === undefined) {
          known.set(name, field);
          continue;
        }
        const message = `There is a ${what} \`${first.name}\` already.`;
        const help = first.name === field.name ? "Rename or remove one of the two." : "Case does not tell them apart.";
        const related = [{ place: headPlace(first), message: "The first one stands here." }];
        const same = textOf(first) === textOf(field) && first.node !== field.node;
        yield { place: headPlace(field), message, help, related, data: { same } };
      }
    }
  },
  docs: {
    summary: "A name is given twice in a list where each may stand once.",
    explanation:
      "So it is for parameters, workspaces, volumes, steps and tasks, those of `tasks` and `finally` together. Tekton's webhook refuses the object. In runs, names that differ in upper and lower case alone count as the same.",
    bad: sample("Task", "  steps:\n  - name: make\n    image: alpine:3.22\n  - name: make\n    image: node:24\n"),
    good: sample("Task", "  steps:\n  - name: make\n    image: alpine:3.22\n  - name: test\n    image: node:24\n"),
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end)?.slice(0, -1);
    if (finding.data?.["same"] !== true || document === undefined || path === undefined) return [];
    return removeFix("Remove the second, which is the same", document, path).map((fix) => ({
      ...fix,
      preferred: true,
    }));
  },
};

/** The text of a field, without what surrounds it. */
function textOf({ node }: NamedField): string {
  const { file, start, end } = node.origin.place;
  return file.text.slice(start, end).trim();
}
