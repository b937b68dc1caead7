import { isPlaceholder } from "../../analysis/placeholders";
import type { DocumentContext } from "../../analysis/rule";
import { getValue, type Mapping, type Scalar } from "../../yaml/node";
import { field, rootMapping } from "./kustomizationFiles";

/** An entry of `images` with its scalars; what is absent, empty or to be filled in by others is left out. */
export interface ImageEntry {
  readonly node: Mapping;
  /** Its position in the list. */
  readonly index: number;
  readonly name?: Scalar | undefined;
  readonly newName?: Scalar | undefined;
  readonly tagSuffix?: Scalar | undefined;
  readonly newTag?: Scalar | undefined;
  readonly digest?: Scalar | undefined;
}

/** The entries of `images` of a kustomization. */
export function imageEntries({ documents }: Pick<DocumentContext, "documents">): readonly ImageEntry[] {
  const images = field(rootMapping(documents[0]), "images");
  if (images?.kind !== "sequence") return [];
  return images.items.flatMap((node, index) => {
    if (node.kind !== "mapping") return [];
    const read = (key: string): Scalar | undefined => {
      const value = getValue(node, key);
      const isText = value?.kind === "scalar" && value.tag !== "null" && value.text !== "";
      return isText && !isPlaceholder(value.text) ? value : undefined;
    };
    const [name, newName, tagSuffix] = [read("name"), read("newName"), read("tagSuffix")];
    return [{ node, index, name, newName, tagSuffix, newTag: read("newTag"), digest: read("digest") }];
  });
}
