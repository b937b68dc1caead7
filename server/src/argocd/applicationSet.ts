import { getValue, type Mapping, type Node, type Scalar, textOf } from "../yaml/node";
import { isArgocdKind } from "./application";

/** The kinds of generators: argo-cd `pkg/apis/application/v1alpha1/applicationset_types.go`. */
export const generatorTypes: readonly string[] = [
  "list",
  "clusters",
  "git",
  "scmProvider",
  "clusterDecisionResource",
  "pullRequest",
  "matrix",
  "merge",
  "plugin",
];

/** One generator of an ApplicationSet. */
export interface Generator {
  /** The item of the list in which it stands, which may hold others by mistake. */
  readonly item: Mapping;
  /** The field that says what it is, for example `git`. */
  readonly key: Scalar;
  readonly body: Mapping;
  /** Generators that a `matrix` or `merge` combines. */
  readonly children: readonly Generator[];
}

/** An ApplicationSet as its manifest says it. */
export interface ApplicationSet {
  readonly node: Mapping;
  readonly spec: Mapping;
  /** Whether its templates are those of Go; else they know only `{{name}}`. */
  readonly goTemplate: boolean;
  /** With `missingkey=error`, a parameter that does not exist stops the generation. */
  readonly stopsAtMissingKeys: boolean;
  readonly generators: readonly Generator[];
}

/** The ApplicationSet that an object is; `undefined` when it is something else, or has no spec. */
export function findApplicationSet(node: Node | undefined): ApplicationSet | undefined {
  const spec = getValue(node, "spec");
  if (node?.kind !== "mapping" || spec?.kind !== "mapping" || !isArgocdKind(node, "ApplicationSet")) return undefined;
  const options = getValue(spec, "goTemplateOptions");
  const optionTexts = options?.kind === "sequence" ? options.items.map(textOf) : [];
  return {
    node,
    spec,
    goTemplate: textOf(getValue(spec, "goTemplate")) === "true",
    stopsAtMissingKeys: optionTexts.includes("missingkey=error"),
    generators: generatorsOf(getValue(spec, "generators")),
  };
}

/** The generators of a list; an item that has several gives all of them, also those of types that nobody knows. */
function generatorsOf(list: Node | undefined): readonly Generator[] {
  if (list?.kind !== "sequence") return [];
  const generators: Generator[] = [];
  for (const item of list.items) {
    for (const { key, value } of item.kind === "mapping" ? item.entries : []) {
      if (item.kind !== "mapping" || value.kind !== "mapping" || key.text === "selector") continue;
      generators.push(viewGenerator(item, key, value));
    }
  }
  return generators;
}

function viewGenerator(item: Mapping, key: Scalar, body: Mapping): Generator {
  const isCombined = key.text === "matrix" || key.text === "merge";
  return { item, key, body, children: isCombined ? generatorsOf(getValue(body, "generators")) : [] };
}
