import type { Rule } from "../../../analysis/rule";
import { type Entry, getValue, type Node, textOf } from "../../../yaml/node";
import { field, rootMapping } from "../kustomizationFiles";

/** The same label in `commonLabels` and in `labels`: the former is set last and wins. */
export const repeatedLabel: Rule = {
  code: "kustomization/repeated-label",
  severity: "warning",
  scope: "document",
  *check({ documents }) {
    const root = rootMapping(documents[0]);
    const common = new Map(entriesOf(field(root, "commonLabels")).map((entry) => [entry.key.text, entry]));
    const labels = field(root, "labels");
    for (const item of labels?.kind === "sequence" ? labels.items : []) {
      for (const { key, value } of entriesOf(getValue(item, "pairs"))) {
        const other = common.get(key.text);
        if (other === undefined) continue;
        const isSame = textOf(other.value) === textOf(value);
        yield {
          place: key.origin.place,
          message: `\`${key.text}\` is in \`commonLabels\` too${isSame ? "" : ", which is set last and wins"}.`,
          help: "Keep one of the two. `kustomize edit fix` refuses a kustomization that has both.",
          related: [{ place: other.key.origin.place, message: "This is the other one." }],
        };
      }
    }
  },
  docs: {
    summary: "A label is in `labels` and in `commonLabels`.",
    explanation:
      "It builds, with the value of `commonLabels`. `kustomize edit fix`, which turns `commonLabels` into `labels`, refuses to choose.",
    bad: "#- kustomization.yaml\nresources: []\ncommonLabels:\n  app: web\nlabels:\n- pairs:\n    app: shop\n",
    good: "#- kustomization.yaml\nresources: []\nlabels:\n- pairs:\n    app: web\n",
  },
};

function entriesOf(node: Node | undefined): readonly Entry[] {
  return node?.kind === "mapping" ? node.entries : [];
}
