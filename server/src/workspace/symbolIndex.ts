import type { FileFacts } from "./facts";
import { type Definition, type NamedThing, type ObjectName, type SymbolIndex, sameObject, sameThing } from "./symbols";

/** Indexes what files name and mention. */
export function buildSymbolIndex(facts: Iterable<FileFacts>): SymbolIndex {
  const definitions = new Map<string, Definition[]>();
  const mentions = new Map<string, NonNullable<FileFacts["mentions"]>[number][]>();
  const byKind = new Map<string, Definition[]>();
  for (const { definitions: defined = [], mentions: mentioned = [] } of facts) {
    for (const each of defined) {
      push(definitions, objectKey(each.object), each);
      if (each.part === undefined) push(byKind, kindKey(each.object.group, each.object.kind), each);
    }
    for (const each of mentioned) push(mentions, objectKey(each.object), each);
  }
  return {
    definitionsOf: (thing) => matching(definitions, thing),
    mentionsOf: (thing) => matching(mentions, thing),
    objectsOf: (group, kind) => byKind.get(kindKey(group, kind)) ?? [],
    partsOf: (object, type, scope) =>
      (definitions.get(objectKey(object)) ?? []).filter(
        (each) => each.part?.type === type && each.part.scope === scope && sameObject(each.object, object),
      ),
  };
}

function matching<T extends NamedThing>(things: ReadonlyMap<string, readonly T[]>, thing: NamedThing): readonly T[] {
  return (things.get(objectKey(thing.object)) ?? []).filter((each) => sameThing(each, thing));
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function objectKey({ group, kind, name }: ObjectName): string {
  return `${group}\n${kind}\n${name}`;
}

function kindKey(group: string, kind: string): string {
  return `${group}\n${kind}`;
}
