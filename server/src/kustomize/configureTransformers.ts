import type { Mapping } from "../yaml/node";
import { asYaml11 } from "../yaml/scalar";
import type { Place, SourceFile } from "../yaml/source";
import { configFromCrds } from "./crds";
import { decode } from "./decode";
import { BuildFailure } from "./failure";
import { scalarItems } from "./fields";
import { transformerConfigShape } from "./kustomizationShape";
import { type Accumulator, attempt, type Layer, layerFile } from "./layer";
import type { Problem } from "./problem";
import { configFrom, defaultConfig, mergeConfigs } from "./transformerConfig";

/** Adds the built-in fields, those of `configurations` and those of `crds` to what the transformers of a layer touch. */
export function configureTransformers(layer: Layer, accumulator: Accumulator): void {
  const { fields, file } = layer.kustomization;
  accumulator.config = mergeConfigs(accumulator.config, defaultConfig, { file, start: 0, end: 0 });
  for (const { node } of scalarItems(fields, "configurations")) {
    const { place } = node.origin;
    attempt(layer, accumulator, () => {
      const value = readConfiguration(layer, layerFile(layer, node.text, place), place);
      accumulator.config = mergeConfigs(accumulator.config, configFrom(value), place);
    });
  }
  for (const { node } of scalarItems(fields, "crds")) {
    const { place } = node.origin;
    attempt(layer, accumulator, () => {
      const definitions = firstDocument(layer, layerFile(layer, node.text, place), place);
      accumulator.config = mergeConfigs(accumulator.config, configFromCrds(definitions, place), place);
    });
  }
}

function readConfiguration(layer: Layer, file: SourceFile, place: Place): Mapping {
  const root = firstDocument(layer, file, place);
  const { value, problems } = decode(root, transformerConfigShape, {
    unknownFields: "error",
    lenientStrings: true,
    what: "transformer configuration",
  });
  const [first, ...rest] = problems;
  for (const problem of rest) layer.report(problem);
  if (first !== undefined) throw new BuildFailure(first);
  return value;
}

/**
 * The first document of a configuration as sigs.k8s.io/yaml reads it; an empty mapping when there is none.
 * @throws BuildFailure when the text is no YAML.
 */
export function firstDocument(layer: Layer, file: SourceFile, place: Place): Mapping {
  const document = layer.run.documents.of(file).find(({ root, problems }) => root !== undefined || problems.length > 0);
  const [broken] = document?.problems ?? [];
  if (broken !== undefined) {
    const problem: Problem = {
      code: broken.code,
      severity: "error",
      place: { file, start: broken.start, end: broken.end },
      message: broken.message,
      help: broken.help,
      detail: `error converting YAML to JSON: yaml: ${broken.detail ?? broken.message}`,
      related: [{ place, message: "The file is named here." }],
    };
    throw new BuildFailure(problem);
  }
  const root = document?.root === undefined ? undefined : asYaml11(document.root);
  if (root?.kind === "mapping") return root;
  return { kind: "mapping", entries: [], origin: { place: { file, start: 0, end: 0 } } };
}
