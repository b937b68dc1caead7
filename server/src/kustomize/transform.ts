import { getValue, type Scalar } from "../yaml/node";
import { builtinOrigin, noteTransformer, pluginOrigin } from "./buildMetadata";
import { type Field, mappingItems, scalarItems } from "./fields";
import { type Accumulator, attempt, type Layer } from "./layer";
import { loadTransformers } from "./pluginTransformers";
import type { BuildOrigin } from "./resource";
import { withOwnAnnotations } from "./sharedScalar";
import { imageSteps, replicaSteps } from "./transformers/changes";
import { annotationsTransformer, labelSteps, pairsIn } from "./transformers/labels";
import { json6902Transformer, strategicMergeTransformer } from "./transformers/legacyPatches";
import { prefixTransformer, suffixTransformer } from "./transformers/names";
import { namespaceTransformer } from "./transformers/namespace";
import { patchTransformer } from "./transformers/patches";
import { replacementSteps } from "./transformers/replacements";
import { causeOf, type Transformer } from "./transformers/transformer";
import { validate } from "./validators";

/** Makes a transformer when its turn comes; what is wrong with its configuration shows then. */
type Step = () => Transformer;

/** Runs the built-in transformers of a kustomization in upstream's order, then those that it configures as plugins. */
export function runTransformers(layer: Layer, accumulator: Accumulator): void {
  const { config } = accumulator;
  const { memos, schema } = layer.run;
  for (const [i, step] of builtinSteps(layer, accumulator).entries()) {
    attempt(layer, accumulator, () => {
      const transformer = step();
      transformer.apply(accumulator.set, memos?.find(layer.kustomization, config, schema, String(i)));
      if (layer.origin === undefined) return;
      noteAll(accumulator, builtinOrigin(layer.origin, layer.kustomization.fileName, transformer.kind));
    });
  }
  for (const { plugin, transformer } of loadTransformers(layer, accumulator, "transformers")) {
    attempt(layer, accumulator, () => {
      transformer.apply(accumulator.set);
      const origin = pluginOrigin(plugin.config);
      if (origin !== undefined) noteAll(accumulator, origin);
    });
  }
}

/** Upstream notes it in the annotations, which it makes anew: they are then no longer one with those of a template. */
function noteAll({ set }: Accumulator, origin: BuildOrigin): void {
  set.replaceAll(
    set.resources.map((resource) => {
      const noted = noteTransformer(resource, origin);
      return { ...noted, node: withOwnAnnotations(noted.node) };
    }),
  );
}

function builtinSteps(layer: Layer, accumulator: Accumulator): readonly Step[] {
  const { fields } = layer.kustomization;
  const { config } = accumulator;
  const { schema } = layer.run;
  const patches = mappingItems(fields, "patches").map(
    (entry): Step =>
      () =>
        patchTransformer(layer, entry, causeOf("patches", entry)),
  );
  const json = mappingItems(fields, "patchesJson6902").map(
    (entry): Step =>
      () =>
        json6902Transformer(layer, entry, "patch", causeOf("patchesJson6902", entry)),
  );
  return [
    ...strategicMergeSteps(layer),
    ...patches,
    ...textSteps(layer, "namespace", (namespace, cause) =>
      namespaceTransformer({ namespace, specs: config.namespace }, schema, cause),
    ),
    ...textSteps(layer, "namePrefix", ({ text }, cause) => prefixTransformer(text, config.namePrefix, schema, cause)),
    ...textSteps(layer, "nameSuffix", ({ text }, cause) => suffixTransformer(text, config.nameSuffix, schema, cause)),
    ...labelSteps(fields, config, schema),
    ...annotationSteps(layer, accumulator),
    ...json,
    ...replicaSteps(layer, config),
    ...imageSteps(layer, config),
    ...replacementSteps(layer),
  ];
}

function strategicMergeSteps(layer: Layer): readonly Step[] {
  const entries = scalarItems(layer.kustomization.fields, "patchesStrategicMerge");
  const [first] = entries;
  if (first === undefined) return [];
  return [() => strategicMergeTransformer(layer, entries, causeOf("patchesStrategicMerge", first))];
}

/** The step of a field that holds one string; none when it is absent or empty. */
function textSteps(
  layer: Layer,
  name: string,
  make: (value: Scalar, cause: ReturnType<typeof causeOf>) => Transformer,
): readonly Step[] {
  const value = getValue(layer.kustomization.fields.node, name);
  if (value?.kind !== "scalar" || value.text === "") return [];
  const field: Field<Scalar> = { node: value, path: `/${name}` };
  return [() => make(value, causeOf(name, field))];
}

function annotationSteps(layer: Layer, { config }: Accumulator): readonly Step[] {
  const { fields } = layer.kustomization;
  const pairs = pairsIn(fields.node, "commonAnnotations");
  const node = getValue(fields.node, "commonAnnotations");
  if (pairs.length === 0 || node === undefined) return [];
  const cause = causeOf("commonAnnotations", { node, path: "/commonAnnotations" });
  return [() => annotationsTransformer(pairs, config.commonAnnotations, layer.run.schema, cause)];
}

/**
 * Runs the `validators` of a kustomization: plugins that may look at the objects but change nothing (upstream:
 * `KustTarget.runValidators`).
 */
export function runValidators(layer: Layer, accumulator: Accumulator): void {
  for (const { plugin, transformer } of loadTransformers(layer, accumulator, "validators")) {
    attempt(layer, accumulator, () => validate(accumulator, transformer, plugin.config));
  }
}
