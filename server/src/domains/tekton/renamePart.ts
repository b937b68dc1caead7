import type { Fix, TextChange } from "../../analysis/finding";
import type { FixContext } from "../../analysis/rule";
import type { ObjectName } from "../../workspace/symbols";

/** A part of an object, for example a parameter of a Task, and the name it shall get. */
export interface PartRename {
  /** The object as a rule has found it. */
  readonly object: unknown;
  readonly type: "param" | "workspace";
  readonly from: string;
  readonly to: string;
}

/** Renames a part where it is declared and wherever anything mentions it; none when its declaration is not found. */
export function renamePart({ object, type, from, to }: PartRename, { snapshot }: FixContext): readonly Fix[] {
  if (!isObjectName(object)) return [];
  const thing = { object, part: { type, name: from } };
  const definitions = snapshot.symbols.definitionsOf(thing);
  if (definitions.length !== 1) return [];
  const places = [...definitions, ...snapshot.symbols.mentionsOf(thing)].map(({ place }) => place);
  // A variable is written without quotes around a name, so that a name with a point in it would not fit.
  if (!/^[\w-]+$/.test(to) || places.some(({ file, start, end }) => file.text.slice(start, end) !== from)) return [];
  const edits = new Map<string, TextChange>();
  for (const place of places) edits.set(`${place.file.path}\n${place.start}`, { place, text: to });
  return [{ title: `Rename '${from}' of the ${object.kind} to '${to}'`, edits: [...edits.values()] }];
}

function isObjectName(value: unknown): value is ObjectName {
  return typeof value === "object" && value !== null && "kind" in value && "name" in value && "group" in value;
}
