import { kustomizationFileNames } from "../kubernetes/kustomizationFileNames";
import { imageAfter, imageMatcher } from "../kustomize/filters/images";
import type { Loader } from "../kustomize/loader";
import { joinPath } from "../platform/path";
import type { SourceDocument } from "../yaml/document";
import { getValue, type Node, textOf } from "../yaml/node";
import { readDocuments } from "../yaml/read";
import { asYaml11 } from "../yaml/scalar";
import type { Place } from "../yaml/source";

/** An entry of `images` (or of `imageTags`, its old name). Of the fields, those that are empty or null are left out, as Kustomize does. */
export interface ImageEntry {
  /** For example `["images", 0]`. */
  readonly path: readonly [string, number];
  readonly place: Place;
  readonly name: string;
  readonly newName?: string | undefined;
  readonly newTag?: string | undefined;
  readonly digest?: string | undefined;
  readonly tagSuffix?: string | undefined;
}

/** The kustomization file of an overlay, with its entries in the order in which Kustomize applies them. */
export interface OverlayFile {
  readonly document: SourceDocument;
  /** As Kustomize reads it: aliases and merge keys are resolved. */
  readonly value: Node;
  readonly entries: readonly ImageEntry[];
}

/** Reads the kustomization file in a directory; `undefined` when there is none that can be read. */
export function readOverlayFile(root: string, loader: Loader): OverlayFile | undefined {
  for (const name of kustomizationFileNames) {
    const found = loader.lookUp(joinPath(root, name));
    if (found.kind !== "file" || found.bytes !== undefined) continue;
    const document = readDocuments(found.source).find((each) => each.root !== undefined);
    if (document?.root === undefined) return undefined;
    const value = asYaml11(document.root);
    return { document, value, entries: ["images", "imageTags"].flatMap((field) => entriesOf(value, field)) };
  }
  return undefined;
}

function entriesOf(value: Node, field: string): readonly ImageEntry[] {
  const list = getValue(value, field);
  if (list?.kind !== "sequence") return [];
  return list.items.map((item, i): ImageEntry => {
    const text = (key: string): string | undefined => textOf(getValue(item, key)) || undefined;
    return {
      path: [field, i],
      place: item.origin.place,
      name: text("name") ?? "",
      newName: text("newName"),
      newTag: text("newTag"),
      digest: text("digest"),
      tagSuffix: text("tagSuffix"),
    };
  });
}

/** An entry at work on one image. */
export interface EntryStep {
  readonly entry: ImageEntry;
  readonly before: string;
  readonly after: string;
}

/** The entries that an image meets on its way through the overlay, in their order. */
export function entriesMet(entries: readonly ImageEntry[], image: string): readonly EntryStep[] {
  const steps: EntryStep[] = [];
  let before = image;
  for (const entry of entries) {
    if (!matches(entry.name, before)) continue;
    const after = imageAfter(before, {
      newName: asText(entry.newName),
      newTag: asText(entry.newTag),
      digest: asText(entry.digest),
      tagSuffix: asText(entry.tagSuffix),
    });
    steps.push({ entry, before, after });
    before = after;
  }
  return steps;
}

/** Whether the name of an entry means an image; a name that is no regular expression means none. */
function matches(name: string, image: string): boolean {
  try {
    return imageMatcher(name)(image);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function asText(text: string | undefined): { readonly text: string } | undefined {
  return text === undefined ? undefined : { text };
}
