import type { Fix } from "../../../analysis/finding";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { getValue, type Mapping, type Node, textOf } from "../../../yaml/node";

/** RFC 6902: what each operation needs beside `op` and `path`. */
const needs: ReadonlyMap<string, "value" | "from" | undefined> = new Map([
  ["add", "value"],
  ["replace", "value"],
  ["test", "value"],
  ["move", "from"],
  ["copy", "from"],
  ["remove", undefined],
]);

const fields: ReadonlySet<string> = new Set(["op", "path", "value", "from"]);

/** An operation of a JSON patch that says too little, or something that nobody understands. */
export const jsonPatchOperation: Rule = {
  code: "core/json-patch-operation",
  severity: "error",
  scope: "document",
  *check({ documents, isPatch }): Iterable<Hit> {
    for (const document of documents) {
      if (document.root?.kind !== "sequence" || document.problems.length > 0 || !isPatch(document)) continue;
      for (const operation of document.root.items) yield* checkOperation(operation);
    }
  },
  docs: {
    summary:
      "An operation of a JSON patch has an unknown `op`, lacks a field, or has a path that does not begin with `/`.",
    explanation:
      "RFC 6902 knows `add`, `remove`, `replace`, `move`, `copy` and `test`. Each has a `path` that begins with `/`; `add`, `replace` and `test` have a `value`, `move` and `copy` have `from`. Kustomize drops what stands before the first `/`, and changes another field than you mean.",
    bad: "#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - op: replace\n      path: data/b\n      value: d\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {b: c}\n",
    good: "#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - op: replace\n      path: /data/b\n      value: d\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {b: c}\n",
  },
  fix(finding, context): readonly Fix[] {
    const { place, data } = finding;
    if (data?.["slash"] !== true) return useSuggestion(finding, context);
    const at = /^["']/.test(place.file.text.slice(place.start, place.end)) ? place.start + 1 : place.start;
    const edit = { place: { file: place.file, start: at, end: at }, text: "/" };
    return [{ title: "Begin the path with '/'", edits: [edit], preferred: true }];
  },
};

function* checkOperation(operation: Node): Iterable<Hit> {
  if (operation.kind !== "mapping") {
    yield { place: operation.origin.place, message: "An operation is an object with `op` and `path`." };
    return;
  }
  const op = textOf(getValue(operation, "op"));
  if (op === undefined) yield missing(operation, "op");
  else if (!needs.has(op) && !isPlaceholder(op)) yield unknownOp(operation, op);
  yield* checkPointer(operation, "path");
  const needed = op === undefined ? undefined : needs.get(op);
  if (needed === "from") yield* checkPointer(operation, "from");
  // Kustomize takes null for a value that is not there.
  if (needed === "value" && getValue(operation, "value") === undefined) {
    yield { ...missing(operation, "value"), severity: "warning" };
  }
  for (const { key } of operation.entries) {
    if (fields.has(key.text)) continue;
    const suggestion = didYouMean(key.text, fields);
    const help = suggestion === undefined ? "Remove it." : `Did you mean \`${suggestion}\`?`;
    const message = `\`${key.text}\` is no field of an operation.`;
    yield { place: key.origin.place, message, help, data: { suggestion }, severity: "warning" };
  }
}

function* checkPointer(operation: Mapping, field: "path" | "from"): Iterable<Hit> {
  const pointer = getValue(operation, field);
  const text = textOf(pointer);
  if (pointer === undefined) yield missing(operation, field);
  if (pointer === undefined || text === undefined || text === "" || text.startsWith("/") || isPlaceholder(text)) return;
  const message = `\`${text}\` does not begin with \`/\`.`;
  const help = "Kustomize drops what stands before the first `/`. Write `/` before it.";
  yield { place: pointer.origin.place, message, help, data: { slash: true } };
}

function missing(operation: Mapping, field: string): Hit {
  const place = operation.entries[0]?.key.origin.place ?? operation.origin.place;
  return { place, message: `The operation has no \`${field}\`.`, help: `Add \`${field}\`.` };
}

function unknownOp(operation: Mapping, op: string): Hit {
  const suggestion = didYouMean(op, needs.keys());
  const all = [...needs.keys()].map((each) => `\`${each}\``).join(", ");
  const place = getValue(operation, "op")?.origin.place ?? operation.origin.place;
  const help = suggestion === undefined ? `Write one of ${all}.` : `Did you mean \`${suggestion}\`?`;
  return { place, message: `\`${op}\` is no operation of a JSON patch.`, help, data: { suggestion } };
}
