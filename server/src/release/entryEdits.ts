import { parseImageReference } from "../kubernetes/imageReference";
import { toPointer } from "../kubernetes/json";
import type { SourceDocument } from "../yaml/document";
import { appendItem, type Edits, insertEntry, removeAt, renameKey, setValue } from "../yaml/edit";
import type { TextEdit } from "../yaml/textEdit";
import type { EntryStep, OverlayFile } from "./imageEntries";
import { type WantedImage, withWanted } from "./imageText";

/** Edits of a file that may bring an image to the wanted tag or digest. Whether they do is seen when they are tried. */
export interface Attempt {
  readonly document: SourceDocument;
  readonly edits: readonly TextEdit[];
  /** JSON pointers of all that changes in the kustomization; absent for other files and for text inside of a value. */
  readonly changes?: readonly string[] | undefined;
  /** What is good to know about it, one sentence. */
  readonly note?: string | undefined;
}

type Field = "newName" | "newTag" | "digest" | "tagSuffix";

/** What is done to one field: it gets a value, it takes the place of another one, or it goes. */
type FieldEdit =
  | { readonly set: Field; readonly value: string }
  | { readonly turn: Field; readonly into: Field; readonly value: string }
  | { readonly remove: Field };

/**
 * The ways to have an entry say the wanted tag or digest, the one nearest to how it is written first. Where an alias elsewhere repeats what would have to
 * change, a way is left out.
 */
export function entryAttempts(overlay: OverlayFile, step: EntryStep, wanted: WantedImage): readonly Attempt[] {
  const ways =
    wanted.digest === undefined ? waysToTag(step, wanted.tag ?? "") : waysToDigest(step, wanted, wanted.digest);
  return ways.flatMap((way) => toAttempt(overlay, step, way) ?? []);
}

/** A new entry behind all others, so that it has the last word. */
export function newEntryAttempt(
  { document, entries }: OverlayFile,
  wanted: WantedImage,
  note?: string,
): Attempt | undefined {
  const [field, value] = wanted.digest === undefined ? ["newTag", wanted.tag ?? ""] : ["digest", wanted.digest];
  const item = new Map([
    ["name", wanted.name],
    [field ?? "", value ?? ""],
  ]);
  const edits = appendItem(document, ["images"], item);
  const position = entries.filter(({ path }) => path[0] === "images").length;
  return edits && { document, edits, changes: [position === 0 ? "/images" : `/images/${position}`], note };
}

function waysToTag({ entry, before }: EntryStep, tag: string): readonly (readonly FieldEdit[])[] {
  const { newName, newTag, digest, tagSuffix } = entry;
  const bare: readonly FieldEdit[] = bareName(newName);
  const clear = (...fields: readonly Field[]): readonly FieldEdit[] =>
    fields.filter((field) => entry[field] !== undefined).map((remove) => ({ remove }));
  if (newTag !== undefined) {
    const set: readonly FieldEdit[] = [{ set: "newTag", value: tag }, ...clear("digest")];
    return [set, [...bare, ...set]];
  }
  if (digest !== undefined) {
    const turn: FieldEdit = { turn: "digest", into: "newTag", value: tag };
    if (bare.length === 0) return [[turn]];
    return [
      [{ set: "newName", value: withWanted(newName ?? "", { name: "", tag }) }, ...clear("digest")],
      [...bare, turn],
    ];
  }
  const set: readonly FieldEdit[] = [...bare, { set: "newTag", value: tag }];
  if (bare.length > 0) return [[{ set: "newName", value: withWanted(newName ?? "", { name: "", tag }) }], set];
  if (tagSuffix === undefined) return [set];
  const turn: readonly FieldEdit[] = [{ turn: "tagSuffix", into: "newTag", value: tag }];
  const written = parseImageReference(before).tag ?? "";
  const isLonger = written !== "" && tag.startsWith(written) && tag.length > written.length;
  return isLonger ? [[{ set: "tagSuffix", value: tag.slice(written.length) }], turn] : [turn];
}

function waysToDigest({ entry }: EntryStep, wanted: WantedImage, digest: string): readonly (readonly FieldEdit[])[] {
  const { newName, newTag, tagSuffix } = entry;
  const bare = bareName(newName);
  const set: FieldEdit = { set: "digest", value: digest };
  if (newTag?.includes("@")) {
    const set: FieldEdit = { set: "newTag", value: `${wanted.tag ?? newTag.slice(0, newTag.indexOf("@"))}@${digest}` };
    const rest: readonly FieldEdit[] = entry.digest === undefined ? [] : [{ remove: "digest" }];
    return [[set], [...bare, set, ...rest]];
  }
  if (entry.digest !== undefined) {
    const tags: FieldEdit[] = [];
    const { tag } = wanted;
    if (tag !== undefined && newTag !== undefined) tags.push({ set: "newTag", value: tag });
    else if (tag !== undefined && newName !== undefined && bare.length > 0) {
      tags.push({ set: "newName", value: `${parseImageReference(newName).name}:${tag}` });
    }
    return [
      [...tags, set],
      [...bare, ...tags.filter((each) => !("set" in each && each.set === "newName")), set],
    ];
  }
  if (newTag !== undefined) {
    const turn: FieldEdit = { turn: "newTag", into: "digest", value: digest };
    return [[turn], [...bare, turn]];
  }
  if (bare.length > 0) return [[{ set: "newName", value: withWanted(newName ?? "", wanted) }], [...bare, set]];
  return [tagSuffix === undefined ? [set] : [{ turn: "tagSuffix", into: "digest", value: digest }]];
}

/** Takes tag and digest out of `newName`, where they do not belong; nothing where there are none. */
function bareName(newName: string | undefined): readonly FieldEdit[] {
  if (newName === undefined) return [];
  const { name } = parseImageReference(newName);
  return name === newName ? [] : [{ set: "newName", value: name }];
}

function toAttempt({ document }: OverlayFile, { entry }: EntryStep, way: readonly FieldEdit[]): Attempt | undefined {
  const edits: TextEdit[] = [];
  const changes: string[] = [];
  for (const each of way) {
    const made = editField(document, entry.path, each);
    if (made === undefined) return undefined;
    edits.push(...made);
    changes.push(...fieldsOf(each).map((field) => toPointer([...entry.path, field])));
  }
  return { document, edits, changes, note: noteOf(entry, way) };
}

function editField(document: SourceDocument, path: readonly (string | number)[], edit: FieldEdit): Edits {
  if ("remove" in edit) return removeAt(document, [...path, edit.remove]);
  if ("set" in edit) {
    // A value that a merge key brings in is overruled by one of the entry's own.
    const at = [...path, edit.set];
    return setValue(document, at, edit.value) ?? insertEntry(document, path, { key: edit.set, value: edit.value });
  }
  const at = [...path, edit.turn];
  const key = renameKey(document, at, edit.into);
  const value = setValue(document, at, edit.value);
  return key && value && [...key, ...value];
}

function fieldsOf(edit: FieldEdit): readonly Field[] {
  if ("remove" in edit) return [edit.remove];
  return "set" in edit ? [edit.set] : [edit.turn, edit.into];
}

/** A tag that stands beside a digest of which nobody said the tag. */
function noteOf({ newTag, newName, digest }: EntryStep["entry"], way: readonly FieldEdit[]): string | undefined {
  const touched = new Set(way.flatMap(fieldsOf));
  if (digest === undefined || touched.has("newTag") || touched.has("newName")) return undefined;
  const tag = newTag ?? (newName === undefined ? undefined : parseImageReference(newName).tag);
  if (tag === undefined) return undefined;
  return `The tag \`${tag}\` beside the digest stays; what runs is what the digest says. A bump by tag sets both.`;
}
