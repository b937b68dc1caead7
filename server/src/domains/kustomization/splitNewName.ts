import type { Fix } from "../../analysis/finding";
import { toChanges } from "../../analysis/repair";
import { parseImageReference } from "../../kubernetes/imageReference";
import type { SourceDocument } from "../../yaml/document";
import { insertEntry, setValue } from "../../yaml/edit";
import type { YamlPath } from "../../yaml/editTree";
import { getIn, getValue, textOf } from "../../yaml/node";

/**
 * Moves the tag of the `newName` of an `images` entry to `newTag`; where there is a `newTag` already, which wins, the tag goes. None
 * when `newName` has no tag. The entry renders to the same image, or to the one that was meant.
 */
export function splitNewName(document: SourceDocument, path: YamlPath): readonly Fix[] {
  const entry = getIn(document.root, path);
  const newName = textOf(getValue(entry, "newName"));
  const { name = "", tag, digest } = newName === undefined ? {} : parseImageReference(newName);
  if (newName === undefined || (tag === undefined && digest === undefined)) return [];
  const renamed = setValue(document, [...path, "newName"], name);
  const changes = [...(renamed ?? [])];
  for (const [key, value] of [
    ["newTag", tag],
    ["digest", digest],
  ] as const) {
    if (value === undefined || textOf(getValue(entry, key))) continue;
    const isThere = getValue(entry, key) !== undefined;
    const edits = isThere
      ? setValue(document, [...path, key], value)
      : insertEntry(document, path, { key, value, at: positionAfter(entry, "newName") });
    if (edits === undefined) return [];
    changes.push(...edits);
  }
  if (renamed === undefined) return [];
  const title =
    changes.length > renamed.length
      ? `Move the tag to '${tag === undefined ? "digest" : "newTag"}'`
      : "Remove the tag from 'newName'";
  return [{ title, edits: toChanges(document.file, changes), preferred: true }];
}

function positionAfter(entry: ReturnType<typeof getIn>, key: string): number | undefined {
  if (entry?.kind !== "mapping") return undefined;
  const at = entry.entries.findIndex((each) => each.key.text === key);
  return at < 0 ? undefined : at + 1;
}
