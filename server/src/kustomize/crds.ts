import { getValue, type Mapping, type Node } from "../yaml/node";
import type { Place } from "../yaml/source";
import { demandFewProperties } from "./bounds";
import { BuildFailure } from "./failure";
import type { FieldSpec } from "./fieldSpec";
import { emptyConfig, mergeConfigs, type NameReference, type TransformerConfig } from "./transformerConfig";

/**
 * Derives field specs from the OpenAPI definitions of a `crds` file: a mapping of Go type names to schemas whose properties
 * carry Kustomize's marks (upstream: `accumulator.LoadConfigFromCRDs`). Such a file is no CustomResourceDefinition.
 *
 * @throws BuildFailure at `place` when the file holds something else, or a type that holds itself.
 */
export function configFromCrds(definitions: Mapping, place: Place): TransformerConfig {
  const types = new Map<string, Mapping>();
  for (const { key, value } of definitions.entries) {
    if (value.kind === "mapping") types.set(key.text, value);
    else if (value.kind !== "scalar" || value.tag !== "null") throw noDefinition(key.text, place, value);
  }
  let config = emptyConfig;
  for (const [name, type] of types) {
    if (!isObjectType(type)) continue;
    const kind = name.slice(name.lastIndexOf(".") + 1);
    const found: Found = { annotations: [], labels: [], names: [], references: [], properties: 0 };
    collect({ types, kind, found, place }, { name, path: [], around: undefined });
    config = mergeConfigs(config, toConfig(found), place);
  }
  return config;
}

interface Found {
  readonly annotations: FieldSpec[];
  readonly labels: FieldSpec[];
  readonly names: FieldSpec[];
  readonly references: NameReference[];
  /** How many properties were looked at. */
  properties: number;
}

interface Walk {
  readonly types: ReadonlyMap<string, Mapping>;
  readonly kind: string;
  readonly found: Found;
  /** Where the file is named. */
  readonly place: Place;
}

/** A type, where its values stand in the object, and the type around it. */
interface Visit {
  readonly name: string;
  readonly path: readonly string[];
  readonly around: Visit | undefined;
}

function collect(walk: Walk, visit: Visit): void {
  const { name: typeName, path } = visit;
  const properties = propertiesOf(walk.types.get(typeName));
  if (properties === undefined) return;
  demandNoCycle(visit, walk.place);
  walk.found.properties += properties.entries.length;
  demandFewProperties(walk.found.properties, walk.place);
  for (const { key, value: property } of properties.entries) {
    const here = [...path, key.text];
    const spec = (...more: string[]): FieldSpec => ({ kind: walk.kind, path: [...here, ...more].join("/") });
    if (mark(property, "x-kubernetes-annotation") !== undefined) walk.found.annotations.push(spec());
    if (mark(property, "x-kubernetes-label-selector") !== undefined) walk.found.labels.push(spec());
    if (mark(property, "x-kubernetes-identity") !== undefined) walk.found.names.push(spec());
    const version = mark(property, "x-kubernetes-object-ref-api-version");
    const kind = mark(property, "x-kubernetes-object-ref-kind");
    if (version !== undefined && kind !== undefined) {
      const referrer = spec(mark(property, "x-kubernetes-object-ref-name-key") ?? "name");
      walk.found.references.push({ group: "", version, kind, referrers: [referrer] });
    }
    const reference = mark(property, "$ref");
    if (reference !== undefined) collect(walk, { name: reference, path: here, around: visit });
  }
}

/** Upstream follows such types until its stack overflows and the process dies. */
function demandNoCycle({ name, around }: Visit, place: Place): void {
  for (let outer = around; outer !== undefined; outer = outer.around) {
    if (outer.name !== name) continue;
    throw new BuildFailure({
      code: "kustomization/crds-cycle",
      severity: "error",
      place,
      message: `The type \`${name}\` in this file holds itself, and Kustomize would follow it for ever.`,
      help: "Remove the `$ref` that leads back to the type.",
      detail: "fatal error: stack overflow",
    });
  }
}

function toConfig({ annotations, labels, names, references }: Found): TransformerConfig {
  return {
    ...emptyConfig,
    commonAnnotations: annotations,
    commonLabels: labels,
    namePrefix: names,
    nameReference: references,
  };
}

function isObjectType(type: Mapping): boolean {
  const properties = propertiesOf(type);
  return ["kind", "apiVersion", "metadata"].every((name) => getValue(properties, name) !== undefined);
}

function propertiesOf(type: Mapping | undefined): Mapping | undefined {
  const properties = getValue(anyCase(type, "schema"), "properties");
  return properties?.kind === "mapping" ? properties : undefined;
}

function anyCase(mapping: Mapping | undefined, name: string): Node | undefined {
  return mapping?.entries.find(({ key }) => key.text.toLowerCase() === name)?.value;
}

function mark(property: Node, name: string): string | undefined {
  const value = property.kind === "mapping" ? anyCase(property, name) : undefined;
  return value?.kind === "scalar" && value.tag === "str" ? value.text : undefined;
}

function noDefinition(name: string, place: Place, value: Node): BuildFailure {
  return new BuildFailure({
    code: "kustomization/crds-no-definition",
    severity: "error",
    place,
    message: `\`${name}\` in this file is no OpenAPI definition.`,
    help: "List CustomResourceDefinitions under `resources`; `crds` takes OpenAPI definitions of their types.",
    detail: "unable to parse open API definition from",
    related: [{ place: value.origin.place, message: "A definition is expected here." }],
  });
}
