import { anything, embedded, flag, integer, list, object, pairs, type Shape, text, texts } from "./shape";

/** The fields of the objects that a kustomization is made of (upstream: `api/types` of Kustomize 5.8.1). */

const gvk = embedded({ group: text, version: text, kind: text });
const resourceId = embedded({ ...gvk, name: text, namespace: text });
const objectMeta = object({ name: text, namespace: text, labels: pairs, annotations: pairs });
const generatorOptions = object({ labels: pairs, annotations: pairs, disableNameSuffixHash: flag, immutable: flag });

const generatorArguments = {
  namespace: text,
  name: text,
  behavior: text,
  literals: texts,
  files: texts,
  envs: texts,
  env: text,
  options: generatorOptions,
};

const helmGlobals = { chartHome: text, configHome: text };

const helmChart = {
  name: text,
  version: text,
  repo: text,
  releaseName: text,
  namespace: text,
  additionalValuesFiles: texts,
  valuesFile: text,
  valuesInline: anything,
  valuesMerge: text,
  includeCRDs: flag,
  skipHooks: flag,
  apiVersions: texts,
  kubeVersion: text,
  nameTemplate: text,
  skipTests: flag,
  debug: flag,
  devel: flag,
};

const helmChartArgs = {
  chartName: text,
  chartVersion: text,
  chartRepoUrl: text,
  chartHome: text,
  chartRepoName: text,
  helmBin: text,
  helmHome: text,
  values: text,
  valuesLocal: anything,
  valuesMerge: text,
  releaseName: text,
  releaseNamespace: text,
  extraArgs: texts,
};

export const selectorShape = object(resourceId, { annotationSelector: text, labelSelector: text });
export const fieldSpecShape = object(gvk, { path: text, create: flag });
export const imageShape = object({ name: text, newName: text, tagSuffix: text, newTag: text, digest: text });
export const replicaShape = object({ name: text, count: integer });

const patch = object({
  path: text,
  patch: text,
  target: selectorShape,
  options: object({ allowNameChange: flag, allowKindChange: flag }),
});

const fieldOptions = object({ delimiter: text, index: integer, encoding: text, create: flag });

const replacement = {
  source: object(resourceId, { fieldPath: text, options: fieldOptions }),
  sourceValue: text,
  targets: list(
    object({ select: selectorShape, reject: list(selectorShape), fieldPaths: texts, options: fieldOptions }),
  ),
};

/** An entry of `replacements`, which may name a file instead. */
export const replacementFieldShape = object(embedded(replacement), { path: text });
/** A replacement in a file of its own. */
export const replacementShape = object(replacement);

const label = object({ pairs, includeSelectors: flag, includeTemplates: flag, fields: list(fieldSpecShape) });

const variable = object({
  name: text,
  objref: object(gvk, { apiVersion: text, name: text, namespace: text }),
  fieldref: object({ fieldPath: text }),
});

export const sortOptionsShape = object({
  order: text,
  legacySortOptions: object({ orderFirst: texts, orderLast: texts }),
});

/** A `Kustomization` or `Component`, in the order in which `kustomize edit` writes the fields. */
export const kustomizationShape: Shape = object({
  apiVersion: text,
  kind: text,
  metadata: objectMeta,
  sortOptions: sortOptionsShape,
  resources: texts,
  bases: texts,
  namePrefix: text,
  nameSuffix: text,
  namespace: text,
  crds: texts,
  commonLabels: pairs,
  labels: list(label),
  commonAnnotations: pairs,
  patchesStrategicMerge: texts,
  patchesJson6902: list(patch),
  patches: list(patch),
  configMapGenerator: list(object(generatorArguments)),
  secretGenerator: list(object(generatorArguments, { type: text })),
  helmCharts: list(object(helmChart)),
  helmChartInflationGenerator: list(object(helmChartArgs)),
  helmGlobals: object(helmGlobals),
  generatorOptions,
  vars: list(variable),
  images: list(imageShape),
  imageTags: list(imageShape),
  replacements: list(replacementFieldShape),
  replicas: list(replicaShape),
  configurations: texts,
  generators: texts,
  transformers: texts,
  validators: texts,
  components: texts,
  openapi: pairs,
  buildMetadata: texts,
});

const plugin = { apiVersion: anything, kind: anything, metadata: objectMeta };
const fieldSpecs = list(fieldSpecShape);

const valueAddTargets = list(object({ selector: selectorShape, fieldPath: text, filePathPosition: integer }));

/** A file of targets for a ValueAddTransformer. */
export const valueAddTargetsShape = object({ targets: valueAddTargets });

/** The configurations of the built-in plugins, by kind. Fields they do not know are ignored. */
export const pluginShapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ["AnnotationsTransformer", object(plugin, { annotations: pairs, fieldSpecs })],
  ["ConfigMapGenerator", object(plugin, embedded(generatorArguments))],
  ["HashTransformer", object(plugin)],
  ["HelmChartInflationGenerator", object(plugin, embedded(helmGlobals), embedded(helmChart), embedded(helmChartArgs))],
  [
    "IAMPolicyGenerator",
    object(
      plugin,
      embedded({
        cloud: text,
        kubernetesService: object({ name: text, namespace: text }),
        serviceAccount: object({ name: text, projectId: text }),
      }),
    ),
  ],
  ["ImageTagTransformer", object(plugin, { imageTag: imageShape, fieldSpecs })],
  ["LabelTransformer", object(plugin, { labels: pairs, fieldSpecs })],
  ["NamespaceTransformer", object(plugin, { fieldSpecs, unsetOnly: flag, setRoleBindingSubjects: text })],
  ["PatchJson6902Transformer", object(plugin, { target: selectorShape, path: text, jsonOp: text })],
  ["PatchStrategicMergeTransformer", object(plugin, { paths: texts, patches: text })],
  [
    "PatchTransformer",
    object(plugin, {
      path: text,
      patch: text,
      target: selectorShape,
      options: object({ allowNameChange: flag, allowKindChange: flag }),
    }),
  ],
  ["PrefixSuffixTransformer", object(plugin, { prefix: text, suffix: text, fieldSpecs })],
  ["PrefixTransformer", object(plugin, { prefix: text, fieldSpecs })],
  ["SuffixTransformer", object(plugin, { suffix: text, fieldSpecs })],
  ["ReplacementTransformer", object(plugin, { replacements: list(replacementFieldShape) })],
  ["ReplicaCountTransformer", object(plugin, { replica: replicaShape, fieldSpecs })],
  ["SecretGenerator", object(plugin, embedded(generatorArguments), embedded({ type: text }))],
  [
    "ValueAddTransformer",
    object(plugin, {
      value: text,
      targets: valueAddTargets,
      targetFilePath: text,
    }),
  ],
]);

const nameReference = object(gvk, { fieldSpecs });

/** A file of `configurations` (upstream: `builtinconfig.TransformerConfig`). */
export const transformerConfigShape: Shape = object({
  namePrefix: fieldSpecs,
  nameSuffix: fieldSpecs,
  namespace: fieldSpecs,
  commonLabels: fieldSpecs,
  labels: fieldSpecs,
  templateLabels: fieldSpecs,
  commonAnnotations: fieldSpecs,
  nameReference: list(nameReference),
  varReference: fieldSpecs,
  images: fieldSpecs,
  replicas: fieldSpecs,
});
