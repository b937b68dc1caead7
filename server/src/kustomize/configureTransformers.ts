import type { Mapping, Scalar, Sequence, Tag } from "../yaml/node";
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
    lenientStrings: "sigs",
    what: "transformer configuration",
  });
  const [first, ...rest] = problems;
  for (const problem of rest) layer.report(problem);
  if (first !== undefined) throw new BuildFailure(first);
  return value;
}

/**
 * The first document of a configuration as sigs.k8s.io/yaml reads it; an empty mapping when there is none.
 * @throws BuildFailure when the text is no YAML, or a list or scalar.
 */
function firstDocument(layer: Layer, file: SourceFile, place: Place): Mapping {
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
  if (root !== undefined && !(root.kind === "scalar" && root.tag === "null")) throw noMapping(root, place);
  return { kind: "mapping", entries: [], origin: { place: { file, start: 0, end: 0 } } };
}

function noMapping(root: Sequence | Scalar, place: Place): BuildFailure {
  const type = root.kind === "sequence" ? "array" : (goJsonTypes.get(root.tag) ?? "string");
  return new BuildFailure({
    code: "kustomization/configuration-no-mapping",
    severity: "error",
    place,
    message: `This file holds a ${root.kind === "sequence" ? "list" : "scalar"} where a mapping is expected.`,
    help: "Give it the fields that this kind of file has, or take it out of the kustomization.",
    detail: `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${type} into Go value of type`,
    related: [{ place: root.origin.place, message: "A mapping is expected here." }],
  });
}

const goJsonTypes: ReadonlyMap<Tag, string> = new Map([
  ["bool", "bool"],
  ["int", "number"],
  ["float", "number"],
]);
