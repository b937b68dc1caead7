import { type Cause, getValue, type Mapping, madeString, type Scalar } from "../../yaml/node";
import type { FieldSpec } from "../fieldSpec";
import { type Field, mappingItems, textField } from "../fields";
import { imageFilter } from "../filters/images";
import type { Layer } from "../layer";
import type { MergeSchema } from "../merge/mergeSchema";
import type { Resource } from "../resource";
import type { TransformerConfig } from "../transformerConfig";
import { replicaTransformer } from "./replicas";
import { causeOf, eachNode, type Transformer } from "./transformer";

/** Changes the images of all objects (upstream: `ImageTagTransformer`); `image` is an entry of `images`. */
export function imageTransformer(
  image: Mapping | undefined,
  specs: readonly FieldSpec[],
  schema: MergeSchema,
  cause: Cause,
): Transformer {
  const change = {
    name: textField(image, "name"),
    newName: scalarIn(image, "newName"),
    newTag: scalarIn(image, "newTag"),
    digest: scalarIn(image, "digest"),
    tagSuffix: scalarIn(image, "tagSuffix"),
  };
  const filter = imageFilter(change, specs, cause);
  return eachNode("ImageTagTransformer", schema, filter);
}

/** The steps for the fields `images` and `imageTags` of a kustomization. */
export function imageSteps(layer: Layer, config: TransformerConfig): (() => Transformer)[] {
  return layer.kustomization.images.map((entry) => () => {
    const cause = causeOf("images", entry);
    const { apply, kind } = imageTransformer(entry.node, config.images, layer.run.schema, cause);
    return {
      kind,
      apply: (set, memo) => {
        const before = set.resources;
        apply(set, memo);
        const among = set.resources;
        if (among !== before) return;
        const reason = meansAny(among, entry, config.images) ? "changesNothing" : "selectsNothing";
        layer.notice({ reason, cause, among });
      },
    };
  });
}

/** Whether any object has an image that an entry of `images` means. */
function meansAny(among: readonly Resource[], entry: Field<Mapping>, specs: readonly FieldSpec[]): boolean {
  const cause = causeOf("images", entry);
  const newTag = madeString("another-tag-than-any-image-has", cause.place, cause);
  const change = imageFilter({ name: textField(entry.node, "name"), newTag }, specs, cause);
  return among.some(({ node }) => change(node) !== node);
}

/** The steps for the field `replicas` of a kustomization. */
export function replicaSteps(layer: Layer, config: TransformerConfig): (() => Transformer)[] {
  return mappingItems(layer.kustomization.fields, "replicas").map(
    (entry) => () => replicasOf(entry.node, config.replicas, layer.run.schema, causeOf("replicas", entry)),
  );
}

/** Sets replica counts; `replica` is an entry of `replicas`. */
export function replicasOf(
  replica: Mapping | undefined,
  specs: readonly FieldSpec[],
  schema: MergeSchema,
  cause: Cause,
): Transformer {
  const count = scalarIn(replica, "count") ?? zero(cause);
  const place = scalarIn(replica, "name")?.origin.place;
  return replicaTransformer({ name: textField(replica, "name"), place, count, specs }, schema, cause);
}

/** A scalar field; `undefined` when it is absent. */
export function scalarIn(mapping: Mapping | undefined, name: string): Scalar | undefined {
  const value = getValue(mapping, name);
  return value?.kind === "scalar" ? value : undefined;
}

/** What Go takes for an absent count. */
function zero(cause: Cause): Scalar {
  return { kind: "scalar", text: "0", tag: "int", style: "plain", origin: { place: cause.place } };
}
