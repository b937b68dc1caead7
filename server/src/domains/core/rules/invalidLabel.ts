import { objectsOf } from "../../../analysis/checkedObjects";
import { isToFillIn } from "../../../analysis/manifests";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { isLabelValue, isQualifiedName } from "../../../kubernetes/labelSelector";
import { podHolders } from "../../../kubernetes/podTemplate";
import { getIn, type Node, textOf } from "../../../yaml/node";

/** A label or the key of an annotation that the API server does not take. */
export const invalidLabel: Rule = {
  code: "core/invalid-label",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    if (isToFillIn(context.file.path)) return;
    for (const { node, inTemplate, known } of objectsOf(context)) {
      if (inTemplate || known === undefined) continue;
      for (const holder of metadataPaths) {
        yield* checkPairs(getIn(node, [...holder, "labels"]), "label");
        yield* checkPairs(getIn(node, [...holder, "annotations"]), "annotation");
      }
    }
  },
  docs: {
    summary: "The key or value of a label, or the key of an annotation, is one that the API server does not take.",
    explanation:
      "A key is a name of at most 63 letters, digits, `-`, `_` and `.`, perhaps with a domain and `/` before it. The value of a label has the same form, or is empty. Values of annotations may be any text.",
    bad: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  labels:\n    owner: Team Web\n",
    good: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  labels:\n    owner: team-web\n",
  },
};

/** Where labels stand: of the object, and of the pods that it makes. */
const metadataPaths: readonly (readonly string[])[] = [
  ["metadata"],
  ...new Map(
    podHolders.filter(({ path }) => path.length > 0).map(({ path }) => [path.join("/"), [...path, "metadata"]]),
  ).values(),
];

function* checkPairs(pairs: Node | undefined, what: "label" | "annotation"): Iterable<Hit> {
  if (pairs?.kind !== "mapping") return;
  for (const { key, value } of pairs.entries) {
    if (key.text === "<<" || isPlaceholder(key.text) || key.text.startsWith("$")) continue;
    if (!isQualifiedName(key.text)) {
      const message = `\`${key.text}\` cannot be the key of ${what === "label" ? "a label" : "an annotation"}.`;
      const help = "Use letters, digits, `-`, `_` and `.`, with at most one `/` behind a domain.";
      yield { place: key.origin.place, message, help };
    }
    const text = textOf(value);
    if (what === "annotation" || text === undefined || isPlaceholder(text) || isLabelValue(text)) continue;
    const reason =
      text.length > 63 ? `it has ${text.length} characters, 63 are allowed` : "not all of its characters are allowed";
    yield {
      place: value.origin.place,
      message: `\`${text.length > 80 ? `${text.slice(0, 77)}...` : text}\` cannot be the value of a label: ${reason}.`,
      help: "Use letters, digits, `-`, `_` and `.`, or an annotation.",
    };
  }
}
