import type { Cause, Mapping, Node, Scalar, Sequence } from "../../yaml/node";
import { getValue } from "../../yaml/node";
import { applyFieldSpecs, type FieldSpec, setEntry } from "../fieldSpec";
import { compileFor, compileRegexp, type Matcher } from "../regexp";
import { setScalar, wrongKind } from "../setScalar";

/** An entry of `images`, with the scalars of the kustomization. */
export interface ImageChange {
  readonly name: string;
  readonly newName?: Scalar | undefined;
  readonly newTag?: Scalar | undefined;
  readonly digest?: Scalar | undefined;
  readonly tagSuffix?: Scalar | undefined;
}

/** Changes the images of one object. */
export type ImageFilter = (root: Mapping) => Mapping;

/**
 * Makes the filter of one entry of `images`: every image in any list called `containers` or `initContainers`, then those in
 * the fields of `specs` (upstream `api/filters/imagetag`, `LegacyFilter` and `Filter`). CustomResourceDefinitions are passed
 * over.
 *
 * The filter throws BuildFailure when an image is no scalar, or the name is no regular expression.
 */
export function imageFilter(change: ImageChange, specs: readonly FieldSpec[], cause: Cause): ImageFilter {
  // Compiled at the first image: like upstream, a bad name hurts only where there is an image to compare.
  let compiled: Matcher | undefined;
  const matches: Matcher = (image) => {
    compiled ??= compileFor(cause, change.name, imageMatcher);
    return compiled(image);
  };
  const set = (old: Node): Node => changeImage(old, change, matches, cause);
  return (root) => {
    const kind = getValue(root, "kind");
    if (kind?.kind === "scalar" && kind.text === "CustomResourceDefinition") return root;
    const inContainers = walk(root, set, cause);
    const edit = { set: (old: Node | undefined) => (old === undefined ? emptyText(cause) : set(old)) };
    return applyFieldSpecs(inContainers.kind === "mapping" ? inContainers : root, specs, edit, cause);
  };
}

/** A name, then perhaps a tag, then perhaps a digest. The name is a regular expression, so its dots match any character. */
const tagAndDigest = /^(?::[a-zA-Z0-9_.{}-]*)?(?:@sha256:[a-zA-Z0-9_.{}-]*)?$/;

/**
 * What the name of an entry matches: the whole image, with or without tag and digest.
 * @throws SyntaxError when the name is no regular expression.
 */
export function imageMatcher(name: string): Matcher {
  if (/^[\w./:@ -]*$/.test(name)) {
    return (image) => sameButForDots(image, name) && tagAndDigest.test(image.slice(name.length));
  }
  return compileRegexp(`^${name}(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$`);
}

function sameButForDots(image: string, name: string): boolean {
  if (image.length < name.length) return false;
  for (let i = 0; i < name.length; i++) {
    const wanted = name.charCodeAt(i);
    const unit = image.charCodeAt(i);
    if (wanted !== unit && (wanted !== 46 || unit === 10 || unit > 127)) return false;
  }
  return true;
}

function changeImage(old: Node, change: ImageChange, matches: Matcher, cause: Cause): Node {
  if (old.kind !== "scalar") throw wrongKind("scalar", old, cause);
  if (!matches(old.text)) return old;
  const text = imageAfter(old.text, change);
  const place = change.newName?.text === text ? change.newName.origin.place : undefined;
  return setScalar(old, { text, place }, cause);
}

/** The fields of an entry that say what becomes of an image. */
export type ImageFields = {
  readonly [Field in "newName" | "newTag" | "digest" | "tagSuffix"]?: { readonly text: string } | undefined;
};

/** What an entry makes of an image that its name matches (upstream `api/filters/imagetag/updater.go`). */
export function imageAfter(image: string, change: ImageFields): string {
  const before = splitImage(image);
  const name = change.newName?.text || before.name;
  let { tag, digest } = before;
  const newTag = change.newTag?.text ?? "";
  const newDigest = change.digest?.text ?? "";
  if (newTag !== "" || newDigest !== "") {
    tag = newTag;
    digest = newDigest;
  } else if (change.tagSuffix?.text) {
    tag += change.tagSuffix.text;
    digest = "";
  }
  return `${name}${tag === "" ? "" : `:${tag}`}${digest === "" ? "" : `@${digest}`}`;
}

/**
 * Divides an image into name, tag and digest: `registry:5000/app:1.2@sha256:9f` gives `registry:5000/app`, `1.2` and
 * `sha256:9f`. Colons before the first slash belong to the registry's host.
 */
export function splitImage(image: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const slash = Math.max(0, image.indexOf("/"));
  const colon = image.indexOf(":", slash);
  const at = image.indexOf("@", slash);
  if (colon < 0 && at < 0) return { name: image, tag: "", digest: "" };
  if (at >= 0 && (at < colon || colon < 0)) return { name: image.slice(0, at), tag: "", digest: image.slice(at + 1) };
  if (at >= 0) return { name: image.slice(0, colon), tag: image.slice(colon + 1, at), digest: image.slice(at + 1) };
  return { name: image.slice(0, colon), tag: image.slice(colon + 1), digest: "" };
}

/** Looks for container lists at any depth; lists inside of them come first, as upstream walks. */
function walk(node: Node, set: (old: Node) => Node, cause: Cause): Node {
  if (node.kind === "scalar") return node;
  if (node.kind === "sequence") return mapItems(node, (item) => walk(item, set, cause));
  let changed = false;
  const entries = node.entries.map((entry) => {
    let value = walk(entry.value, set, cause);
    if (isContainerList(entry.key.text) && value.kind === "sequence") {
      value = mapItems(value, (item) => changeContainer(item, set, cause));
    }
    if (value === entry.value) return entry;
    changed = true;
    return { key: entry.key, value };
  });
  return changed ? { ...node, entries } : node;
}

function isContainerList(key: string): boolean {
  return key === "containers" || key === "initContainers";
}

function changeContainer(container: Node, set: (old: Node) => Node, cause: Cause): Node {
  if (container.kind === "scalar" && container.tag === "null") return container;
  if (container.kind !== "mapping") throw wrongKind("mapping", container, cause);
  const image = getValue(container, "image");
  if (image === undefined) return container;
  const changed = set(image);
  return changed === image ? container : setEntry(container, "image", changed, cause);
}

function mapItems(node: Sequence, change: (item: Node) => Node): Sequence {
  let changed = false;
  const items = node.items.map((item) => {
    const result = change(item);
    if (result !== item) changed = true;
    return result;
  });
  return changed ? { ...node, items } : node;
}

function emptyText(cause: Cause): Scalar {
  return { kind: "scalar", text: "", tag: "str", style: "plain", origin: { place: cause.place, change: cause } };
}
