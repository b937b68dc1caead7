import { documentOf, pathAt, removeFix } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { joinPath, parentPath } from "../../../platform/path";
import { getValue, type Node, textOf } from "../../../yaml/node";
import { field, rootMapping } from "../kustomizationFiles";
import { isRemote } from "../pathFields";

const paths = ["components", "crds", "configurations", "generators", "transformers", "validators"];
const named = ["images", "replicas"];

/** The same entry twice in one list. Of resources the build says so: their objects are there twice. */
export const duplicateEntry: Rule = {
  code: "kustomization/duplicate-entry",
  severity: "warning",
  scope: "document",
  *check({ documents }) {
    const root = rootMapping(documents[0]);
    const itemsOf = (name: string): readonly Node[] => {
      const value = field(root, name);
      return value?.kind === "sequence" ? value.items : [];
    };
    for (const name of paths) yield* repeated(itemsOf(name), pathKey);
    for (const name of named) yield* repeated(itemsOf(name), (item) => textOf(getValue(item, "name")));
  },
  docs: {
    summary: "A list of the kustomization holds the same entry twice.",
    explanation:
      "A component or plugin that is listed twice is applied twice. Of two `images` or `replicas` entries with the same name the last one wins.",
    bad: "#- kustomization.yaml\nimages:\n- name: web\n  newTag: v1\n- name: web\n  newTag: v2\n",
    good: "#- kustomization.yaml\nimages:\n- name: web\n  newTag: v2\n",
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    const path = document && pathAt(document, finding.place.start, finding.place.end);
    if (document === undefined || path === undefined) return [];
    const item = path.slice(0, path.findLastIndex((step) => typeof step === "number") + 1);
    return removeFix("Remove this entry", document, item).map((fix) => ({ ...fix, preferred: true }));
  },
};

function pathKey(item: Node): string | undefined {
  const text = textOf(item);
  if (text === undefined || text === "" || text.includes("\n")) return undefined;
  return isRemote(text) ? text : joinPath(parentPath(item.origin.place.file.path), text);
}

function* repeated(items: readonly Node[], keyOf: (item: Node) => string | undefined): Iterable<Hit> {
  const first = new Map<string, Node>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const shown = item.kind === "mapping" ? (getValue(item, "name") ?? item) : item;
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, shown);
      continue;
    }
    yield {
      place: shown.origin.place,
      message: `\`${textOf(shown) ?? key}\` is listed twice.`,
      help: "Remove one of the two.",
      related: [{ place: before.origin.place, message: "The first one is here." }],
    };
  }
}
