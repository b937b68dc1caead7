import type { SourceDocument } from "./document";
import type { Entry, Mapping, Node } from "./node";
import { readDocuments } from "./read";
import type { Place } from "./source";
import { breakAfter, lineEnd, lineStart } from "./textEdit";

/** A key that stands again in the same mapping. */
export interface DuplicateKey {
  readonly first: Entry;
  readonly again: Entry;
}

/** Every key below a node that stood in the same mapping before. */
export function* findDuplicateKeys(root: Node | undefined): Iterable<DuplicateKey> {
  const pending: (Node | undefined)[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === "sequence") pending.push(...node.items);
    if (node.kind !== "mapping") continue;
    const seen = new Map<string, Entry>();
    for (const entry of node.entries) {
      const first = seen.get(entry.key.text);
      if (first !== undefined) yield { first, again: entry };
      else seen.set(entry.key.text, entry);
      pending.push(entry.value);
    }
  }
}

/** The whole lines of the first of two equal keys, of which one is at `place`; `undefined` when more than a line would go. */
export function removalOfFirstTwin(place: Place): Place | undefined {
  const { file, start } = place;
  for (const document of readDocuments(file)) {
    const mapping = mappingWith(document, start);
    const name = mapping?.entries.find(({ key }) => key.origin.place.start === start)?.key.text;
    const twins = mapping?.entries.filter(({ key }) => key.text === name) ?? [];
    const first = twins[0];
    if (first === undefined || twins.length < 2 || !isOnOwnLine(first)) continue;
    const from = lineStart(file.text, first.key.origin.place.start);
    return { file, start: from, end: breakAfter(file.text, lineEnd(file.text, first.value.origin.place.end)) };
  }
  return undefined;
}

/** A scalar on the line of its key, alone there: other values may reach further than is safe to remove here. */
function isOnOwnLine({ key, value }: Entry): boolean {
  const { file, start } = key.origin.place;
  const line = file.text.slice(lineStart(file.text, start), lineEnd(file.text, start));
  const sameLine = value.kind === "scalar" && !file.text.slice(start, value.origin.place.end).includes("\n");
  return sameLine && file.text.slice(lineStart(file.text, start), start).trim() === "" && !/[{[]/.test(line);
}

function mappingWith(document: SourceDocument, keyStart: number): Mapping | undefined {
  const pending: (Node | undefined)[] = [document.root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === "sequence") pending.push(...node.items);
    if (node.kind !== "mapping") continue;
    if (node.entries.some(({ key }) => key.origin.place.start === keyStart)) return node;
    pending.push(...node.entries.map(({ value }) => value));
  }
  return undefined;
}
