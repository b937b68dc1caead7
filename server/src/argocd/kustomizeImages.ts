import { parseImageReference } from "../kubernetes/imageReference";
import { getValue, type Mapping, type Node, textOf, withoutKey, withValue } from "../yaml/node";
import type { Place } from "../yaml/source";
import { type EditContext, itemsOf, stepOf, textNode } from "./kustomizeNodes";

const parts = ["newName", "newTag", "digest"] as const;

/** An image of an Application, for example `web=registry/web:2`; a part that is `*` stays as the kustomization has it. */
interface Wanted {
  readonly name: string;
  readonly newName?: string | undefined;
  readonly newTag?: string | undefined;
  readonly digest?: string | undefined;
  readonly place: Place;
}

/** Images replace those of the same name, of which the first counts; the list is sorted by name then (`kustomize edit set image`). */
export function setImages(kustomization: Mapping, options: Mapping, { substitute }: EditContext): Mapping | string {
  const items = itemsOf(options, "images");
  if (items.length === 0) return kustomization;
  const wanted = new Map<string, Wanted>();
  for (const item of items) {
    const text = substitute(textOf(item) ?? "");
    const image = parseImage(text, item.origin.place);
    if (image === undefined) return `images: '${text}' says neither a new name nor a tag nor a digest.`;
    wanted.set(image.name, image);
  }
  const byName = new Map<string, Node>();
  for (const item of [...itemsOf(kustomization, "images"), ...itemsOf(kustomization, "imageTags")]) {
    const name = textOf(getValue(item, "name")) ?? "";
    const image = wanted.get(name);
    if (!byName.has(name)) byName.set(name, image === undefined ? item : toEntry(image, item));
  }
  for (const [name, image] of wanted) if (!byName.has(name)) byName.set(name, toEntry(image));
  const sorted = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  const { origin } = getValue(kustomization, "images") ?? getValue(options, "images") ?? options;
  const rest = withoutKey(kustomization, "imageTags");
  return withValue(rest, textNode("images", origin.place), { kind: "sequence", items: sorted, origin });
}

function parseImage(text: string, place: Place): Wanted | undefined {
  const equals = text.indexOf("=");
  const { name, tag, digest } = parseImageReference(text.slice(equals + 1));
  if (name === text) return undefined;
  const image = { newTag: tag, digest, place };
  return equals < 0 ? { ...image, name } : { ...image, name: text.slice(0, equals), newName: name };
}

function toEntry({ name, place, ...image }: Wanted, before?: Node): Mapping {
  const fields = parts.flatMap((part): [string, Node][] => {
    const kept = image[part] === "*" ? getValue(before, part) : undefined;
    if (kept !== undefined) return [[part, kept]];
    const text = image[part] === "*" ? "" : (image[part] ?? "");
    return text === "" ? [] : [[part, textNode(text, place)]];
  });
  return stepOf(place, [["name", textNode(name, place)], ...fields]);
}
