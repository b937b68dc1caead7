import { type Cause, getValue } from "../yaml/node";
import { BuildFailure } from "./failure";
import { flagField, mappingField, mappingItems, scalarItems, textField } from "./fields";
import type { SubjectMode } from "./filters/namespace";
import { type Accumulator, attempt, type Layer } from "./layer";
import { misplacedPlugin, type Plugin, readPlugins } from "./plugins";
import { headOf } from "./resourceFile";
import { specsFrom } from "./transformerConfig";
import { imageTransformer, replicasOf, scalarIn } from "./transformers/changes";
import { hashTransformer } from "./transformers/hash";
import { annotationsTransformer, labelTransformer, pairsIn } from "./transformers/labels";
import { json6902Transformer, strategicMergeTransformer } from "./transformers/legacyPatches";
import { prefixTransformer, suffixTransformer } from "./transformers/names";
import { namespaceTransformer } from "./transformers/namespace";
import { patchTransformer } from "./transformers/patches";
import { replacementTransformer } from "./transformers/replacements";
import type { Transformer } from "./transformers/transformer";
import { valueAddTransformer } from "./transformers/valueAdd";

/** A transformer with the object that configures it. */
export interface ConfiguredTransformer {
  readonly plugin: Plugin;
  readonly transformer: Transformer;
}

/** Makes the transformers that a field of a kustomization configures; what is wrong with one leaves the others. */
export function loadTransformers(
  layer: Layer,
  accumulator: Accumulator,
  field: "transformers" | "validators",
): readonly ConfiguredTransformer[] {
  return readPlugins(layer, accumulator, field).flatMap((plugin) => {
    let transformer: Transformer | undefined;
    attempt(layer, accumulator, () => {
      transformer = pluginTransformer(layer, plugin);
    });
    return transformer === undefined ? [] : [{ plugin, transformer }];
  });
}

function pluginTransformer(layer: Layer, plugin: Plugin): Transformer {
  const make = makers.get(plugin.kind);
  if (make === undefined) throw misplacedPlugin(plugin, "transformer");
  return make(layer, plugin, { transformer: plugin.kind, place: headOf(plugin.config.node), path: "" });
}

type Maker = (layer: Layer, plugin: Plugin, cause: Cause) => Transformer;

const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  [
    "AnnotationsTransformer",
    ({ run }, { fields }, cause) =>
      annotationsTransformer(pairsIn(fields.node, "annotations"), specsFrom(fields, "fieldSpecs"), run.schema, cause),
  ],
  ["HashTransformer", ({ run }, _, cause) => hashTransformer(run.schema, cause)],
  [
    "ImageTagTransformer",
    ({ run }, { fields }, cause) =>
      imageTransformer(mappingField(fields.node, "imageTag"), specsFrom(fields, "fieldSpecs"), run.schema, cause),
  ],
  [
    "LabelTransformer",
    ({ run }, { fields }, cause) =>
      labelTransformer(pairsIn(fields.node, "labels"), specsFrom(fields, "fieldSpecs"), run.schema, cause),
  ],
  ["NamespaceTransformer", makeNamespace],
  ["PatchJson6902Transformer", (layer, { fields }, cause) => json6902Transformer(layer, fields, "jsonOp", cause)],
  ["PatchStrategicMergeTransformer", makeStrategicMerge],
  ["PatchTransformer", (layer, { fields }, cause) => patchTransformer(layer, fields, cause)],
  ["PrefixTransformer", makePrefix],
  ["SuffixTransformer", makeSuffix],
  ["PrefixSuffixTransformer", makePrefixAndSuffix],
  [
    "ReplacementTransformer",
    (layer, { fields }, cause) => replacementTransformer(layer, mappingItems(fields, "replacements"), cause),
  ],
  [
    "ReplicaCountTransformer",
    ({ run }, { fields }, cause) =>
      replicasOf(mappingField(fields.node, "replica"), specsFrom(fields, "fieldSpecs"), run.schema, cause),
  ],
  ["ValueAddTransformer", (layer, { fields }, cause) => valueAddTransformer(layer, fields, cause)],
]);

function makeNamespace({ run }: Layer, { fields, kind }: Plugin, cause: Cause): Transformer {
  const subjects = textField(fields.node, "setRoleBindingSubjects") || "defaultOnly";
  if (!isSubjectMode(subjects)) {
    const place = getValue(fields.node, "setRoleBindingSubjects")?.origin.place ?? cause.place;
    throw new BuildFailure({
      code: "kustomization/wrong-subject-mode",
      severity: "error",
      place,
      message: `\`setRoleBindingSubjects\` is defaultOnly, allServiceAccounts or none, not ${subjects}.`,
      help: "Write one of the three.",
      detail: `invalid value "${subjects}" for setRoleBindingSubjects`,
    });
  }
  const namespace = scalarIn(mappingField(fields.node, "metadata"), "namespace");
  if (namespace === undefined) return { kind, apply: () => {} };
  const specs = specsFrom(fields, "fieldSpecs");
  const unsetOnly = flagField(fields.node, "unsetOnly");
  return namespaceTransformer({ namespace, specs, unsetOnly, subjects }, run.schema, {
    ...cause,
    place: namespace.origin.place,
    path: "/metadata/namespace",
  });
}

function isSubjectMode(word: string): word is SubjectMode {
  return word === "defaultOnly" || word === "allServiceAccounts" || word === "none";
}

function makeStrategicMerge(layer: Layer, { fields }: Plugin, cause: Cause): Transformer {
  const paths = scalarItems(fields, "paths");
  const inline = scalarIn(fields.node, "patches");
  return strategicMergeTransformer(layer, paths, cause, inline);
}

function makePrefix({ run }: Layer, { fields }: Plugin, cause: Cause): Transformer {
  return prefixTransformer(textField(fields.node, "prefix"), affixSpecs(fields, cause), run.schema, cause);
}

function makeSuffix({ run }: Layer, { fields }: Plugin, cause: Cause): Transformer {
  return suffixTransformer(textField(fields.node, "suffix"), affixSpecs(fields, cause), run.schema, cause);
}

function makePrefixAndSuffix(layer: Layer, plugin: Plugin, cause: Cause): Transformer {
  const parts = [makePrefix(layer, plugin, cause), makeSuffix(layer, plugin, cause)];
  return {
    kind: plugin.kind,
    apply: (set) => {
      for (const part of parts) part.apply(set);
    },
  };
}

/** Unlike other plugins, these two insist on being told what to change. */
function affixSpecs(fields: Plugin["fields"], cause: Cause) {
  if (getValue(fields.node, "fieldSpecs") !== undefined) return specsFrom(fields, "fieldSpecs");
  throw new BuildFailure({
    code: "kustomization/missing-field-specs",
    severity: "error",
    place: cause.place,
    message: "This plugin does not say which fields to change.",
    help: "Add `fieldSpecs` with the entry `path: metadata/name`.",
    detail: "fieldSpecs is not expected to be nil",
  });
}
