import { type ImageReference, parseImageReference } from "../kubernetes/imageReference";
import { containerLists } from "../kubernetes/podTemplate";
import type { Snapshot } from "../workspace/snapshot";
import { getIn, getValue, type Mapping, type Node, type Scalar, textOf } from "../yaml/node";
import type { Place } from "../yaml/source";
import { isPlaceholder } from "./placeholders";

/** An image that a file names. */
export interface WrittenImage {
  /** What it says of it; an entry of `images` that leaves the tag to the manifests has neither tag nor digest. */
  readonly reference: ImageReference;
  /** Of the reference, or of the whole entry of `images`. */
  readonly place: Place;
  /** The entry of `images` of a kustomization. */
  readonly entry?: Mapping | undefined;
}

/** The images that a file names: in `images` of a kustomization, and in fields called `image` of all else. */
export function writtenImages(snapshot: Snapshot, path: string): readonly WrittenImage[] {
  const documents = snapshot.documents(path);
  if (snapshot.graph.ofFile(path) !== undefined) return imageEntriesIn(documents[0]?.root);
  return documents.flatMap((document) => imageFieldsIn(document.root));
}

/** The fields of a kustomization whose entries set images; Kustomize still reads the second one, an older name of the first. */
export const imageLists: readonly string[] = ["images", "imageTags"];

/** The entries of `images` of a kustomization that say which image they mean. */
export function imageEntriesIn(root: Node | undefined): readonly WrittenImage[] {
  return imageLists.flatMap((field) => {
    const list = getValue(root, field);
    if (list?.kind !== "sequence") return [];
    return list.items.flatMap((entry): WrittenImage[] => {
      const reference = entry.kind === "mapping" ? entryReference(entry) : undefined;
      return entry.kind !== "mapping" || reference === undefined
        ? []
        : [{ reference, place: entry.origin.place, entry }];
    });
  });
}

/** The image that an entry of `images` makes, as far as the entry alone says. Placeholders name none. */
function entryReference(entry: Mapping): ImageReference | undefined {
  const read = (key: string): string => textOf(getValue(entry, key)) ?? "";
  const [named, newName, newTag, digest] = [read("name"), read("newName"), read("newTag"), read("digest")];
  const text = newName || named;
  if (![text, newTag, digest].every((each) => each === "" || !isPlaceholder(each))) return undefined;
  const { name, ...inName } = parseImageReference(text);
  if (!isImageName(name)) return undefined;
  if (newTag === "" && digest === "") return newName === "" ? { name } : { name, ...inName };
  // One field may hold both, as Renovate writes it: `1.2@sha256:…`.
  const [tag = "", behind = ""] = newTag.split("@");
  return { name, tag: tag || inName.tag, digest: digest || behind || undefined };
}

/** Lists whose items run what their field `image` says, of pods and of Tekton's tasks. */
const runningLists: ReadonlySet<string> = new Set([...containerLists, "steps", "sidecars", "stepTemplate"]);

/** The fields called `image` of a document that hold the name of one. */
export function imageFieldsIn(root: Node | undefined): readonly WrittenImage[] {
  return [...imageScalarsIn(root)].flatMap((value) => {
    const reference = imageReferenceOf(value);
    return reference === undefined ? [] : [{ reference, place: value.origin.place }];
  });
}

/** The values of these fields. Outside of containers and steps a bare word is none: `image: logo.png` is to be asked of nobody. */
export function* imageScalarsIn(root: Node | undefined): Iterable<Scalar> {
  const pending: { readonly node: Node; readonly list: string }[] =
    root === undefined ? [] : [{ node: root, list: "" }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, list } = next;
    if (node.kind === "sequence") pending.push(...node.items.map((item) => ({ node: item, list })));
    if (node.kind !== "mapping") continue;
    for (const { key, value } of node.entries) {
      if (key.text !== "image" || value.kind !== "scalar") pending.push({ node: value, list: key.text });
      else if (runningLists.has(list) || /[/:@]/.test(value.text)) yield value;
    }
  }
}

/** What a value says when it names an image. */
export function imageReferenceOf(value: Node | undefined): ImageReference | undefined {
  return readImage(textOf(value));
}

/** The same of a text. */
export function readImage(text: string | undefined): ImageReference | undefined {
  if (text === undefined || text === "" || text === "auto" || isPlaceholder(text)) return undefined;
  const reference = parseImageReference(text);
  return isImageName(reference.name) ? reference : undefined;
}

/** The image at a path of a document: an `image` field, or the entry of `images` of a kustomization around it. */
export function imageAt(
  root: Node | undefined,
  path: readonly (string | number)[],
  isKustomization: boolean,
): WrittenImage | undefined {
  if (!isKustomization) {
    const value = path.at(-1) === "image" ? getIn(root, path) : undefined;
    const reference = imageReferenceOf(value);
    return value === undefined || reference === undefined ? undefined : { reference, place: value.origin.place };
  }
  const [list, index] = path;
  const isEntry = imageLists.includes(String(list)) && typeof index === "number";
  const entry = isEntry ? getIn(root, path.slice(0, 2)) : undefined;
  return imageEntriesIn(root).find((each) => each.entry === entry);
}

/** The scalar of an entry of `images` that says the version: its digest, else its tag, else its name. */
export function versionScalar(entry: Mapping): Scalar | undefined {
  for (const key of ["digest", "newTag", "newName", "name"]) {
    const value = getValue(entry, key);
    if (value?.kind === "scalar" && (textOf(value) ?? "") !== "") return value;
  }
  return undefined;
}

/** Whether a registry could know it: a name in lower case, and no address of another kind. */
function isImageName(name: string): boolean {
  return /^[a-z0-9][\w.:/-]*$/.test(name) && !name.includes("://");
}
