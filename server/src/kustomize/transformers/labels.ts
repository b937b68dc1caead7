import type { Cause, Mapping } from "../../yaml/node";
import type { FieldSpec } from "../fieldSpec";
import { type Field, flagField, mappingField, mappingItems } from "../fields";
import { type Pair, setPairs } from "../filters/pairs";
import type { MergeSchema } from "../merge/mergeSchema";
import { mergeSpecs, specsFrom, type TransformerConfig } from "../transformerConfig";
import { causeOf, eachNode, type Transformer } from "./transformer";

/** Sets labels (upstream: `LabelTransformer`). */
export function labelTransformer(
  pairs: readonly Pair[],
  specs: readonly FieldSpec[],
  schema: MergeSchema,
  cause: Cause,
): Transformer {
  return eachNode("LabelTransformer", schema, (node) => setPairs(node, pairs, specs, cause));
}

/** Sets annotations (upstream: `AnnotationsTransformer`). */
export function annotationsTransformer(
  pairs: readonly Pair[],
  specs: readonly FieldSpec[],
  schema: MergeSchema,
  cause: Cause,
): Transformer {
  return eachNode("AnnotationsTransformer", schema, (node) => setPairs(node, pairs, specs, cause));
}

/** The labels, or annotations, in a field. */
export function pairsIn(mapping: Mapping | undefined, name: string): readonly Pair[] {
  const entries = mappingField(mapping, name)?.entries ?? [];
  return entries.flatMap(({ key, value }) => (value.kind === "scalar" ? [{ key, value }] : []));
}

/**
 * The fields that an entry of `labels` sets: its own, then, as it says, those of selectors or templates.
 * @throws BuildFailure when its own fields contradict the others.
 */
function specsOfLabel(entry: Field<Mapping>, config: TransformerConfig): readonly FieldSpec[] {
  const place = entry.node.origin.place;
  const own = mergeSpecs(specsFrom(entry, "fields"), config.labels, place);
  if (flagField(entry.node, "includeSelectors")) return mergeSpecs(own, config.commonLabels, place);
  const templates = flagField(entry.node, "includeTemplates") ? config.templateLabels : [];
  return mergeSpecs(mergeSpecs(own, templates, place), [{ path: "metadata/labels", create: true }], place);
}

/** The steps for the fields `labels` and `commonLabels` of a kustomization. */
export function labelSteps(
  fields: Field<Mapping>,
  config: TransformerConfig,
  schema: MergeSchema,
): (() => Transformer)[] {
  const steps = mappingItems(fields, "labels").map(
    (entry) => () =>
      labelTransformer(pairsIn(entry.node, "pairs"), specsOfLabel(entry, config), schema, causeOf("labels", entry)),
  );
  const common = mappingField(fields.node, "commonLabels");
  if (steps.length === 0 && common === undefined) return [];
  const cause = causeOf("commonLabels", { node: common ?? fields.node, path: "/commonLabels" });
  const pairs = pairsIn(fields.node, "commonLabels");
  return [...steps, () => labelTransformer(pairs, config.commonLabels, schema, cause)];
}
