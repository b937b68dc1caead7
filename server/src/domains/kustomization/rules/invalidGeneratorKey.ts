import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { baseName } from "../../../platform/path";
import { getValue, type Node, type Scalar } from "../../../yaml/node";
import { field, rootMapping } from "../kustomizationFiles";

/** A key that a ConfigMap or Secret cannot have; Kustomize makes it, and the API server refuses it. */
export const invalidGeneratorKey: Rule = {
  code: "kustomization/invalid-generator-key",
  severity: "error",
  scope: "document",
  *check({ documents }) {
    const root = rootMapping(documents[0]);
    for (const name of ["configMapGenerator", "secretGenerator"]) {
      for (const generator of itemsOf(field(root, name))) {
        for (const literal of itemsOf(getValue(generator, "literals"))) yield* judge(literal, keyOfLiteral);
        for (const file of itemsOf(getValue(generator, "files"))) yield* judge(file, keyOfFile);
      }
    }
  },
  docs: {
    summary: "A generator gives a key that a ConfigMap or Secret cannot have.",
    explanation:
      "Keys have letters, digits, `-`, `_` and `.` only, and at most 253 of them. Kustomize does not check it. Give a file another key with `key=path`.",
    bad: "#- kustomization.yaml\nconfigMapGenerator:\n- name: a\n  literals:\n  - LOG LEVEL=debug\n",
    good: "#- kustomization.yaml\nconfigMapGenerator:\n- name: a\n  literals:\n  - LOG_LEVEL=debug\n",
  },
};

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === "sequence" ? node.items : [];
}

function keyOfLiteral(text: string): string {
  const equals = text.indexOf("=");
  return equals <= 0 ? "" : text.slice(0, equals);
}

function keyOfFile(text: string): string {
  const equals = text.indexOf("=");
  return equals < 0 ? baseName(`/${text}`) : text.slice(0, equals);
}

/** What has no key at all is told by the engine. */
function* judge(item: Node, keyOf: (text: string) => string): Iterable<Hit> {
  if (item.kind !== "scalar" || item.tag === "null" || item.text === "") return;
  const key = keyOf(item.text);
  if (key === "" || isPlaceholder(key) || (/^[-._a-zA-Z0-9]+$/.test(key) && key.length <= 253)) return;
  yield {
    place: placeOf(item, key),
    message: `\`${key}\` cannot be a key of a ConfigMap or Secret.`,
    help: "Use letters, digits, `-`, `_` and `.` only.",
  };
}

function placeOf({ origin }: Scalar, key: string): Hit["place"] {
  const { file, start, end } = origin.place;
  const at = file.text.slice(start, end).indexOf(key);
  return at < 0 ? origin.place : { file, start: start + at, end: start + at + key.length };
}
