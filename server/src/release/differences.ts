import type { Node } from "../yaml/node";
import { getValue } from "../yaml/node";
import { toPointerStep } from "../yaml/pointerStep";

/** A value that is not the same in two versions of a document. */
export interface Difference {
  /** JSON pointer, for example `/images/0/digest`. */
  readonly pointer: string;
  /** Absent where there was none. */
  readonly before?: Node | undefined;
  /** Absent where there is none any more. */
  readonly after?: Node | undefined;
}

/** Finds what differs between two versions of a document: the smallest values. The order of keys and the way of writing are no difference. */
export function findDifferences(before: Node | undefined, after: Node | undefined): readonly Difference[] {
  const found: Difference[] = [];
  compare({ before, after, pointer: "" }, found, new WeakMap());
  return found;
}

/** Pairs that are known to be the same: values that aliases repeat are compared once. */
type Same = WeakMap<Node, WeakSet<Node>>;

function compare({ before, after, pointer }: Difference, found: Difference[], same: Same): void {
  if (before === after) return;
  if (before === undefined || after === undefined || before.kind !== after.kind) {
    found.push({ pointer, before, after });
    return;
  }
  if (before.kind === "scalar") {
    const isSame = after.kind === "scalar" && before.text === after.text && before.tag === after.tag;
    if (!isSame) found.push({ pointer, before, after });
    return;
  }
  if (same.get(before)?.has(after)) return;
  const known = found.length;
  for (const step of stepsOf(before, after)) {
    const inner = {
      before: child(before, step),
      after: child(after, step),
      pointer: `${pointer}/${toPointerStep(String(step))}`,
    };
    compare(inner, found, same);
  }
  if (found.length > known) return;
  const partners = same.get(before) ?? new WeakSet();
  same.set(before, partners.add(after));
}

function stepsOf(before: Node, after: Node): Iterable<string | number> {
  if (before.kind === "sequence" && after.kind === "sequence") {
    return Array.from({ length: Math.max(before.items.length, after.items.length) }, (_, i) => i);
  }
  const keys = [before, after].flatMap((node) => (node.kind === "mapping" ? node.entries : []));
  return new Set(keys.map(({ key }) => key.text));
}

function child(node: Node, step: string | number): Node | undefined {
  if (typeof step === "number") return node.kind === "sequence" ? node.items[step] : undefined;
  return getValue(node, step);
}
