import type { Mapping, Node, Scalar } from "../yaml/node";
import { getValue } from "../yaml/node";
import { BuildFailure } from "./failure";
import { type Field, mappingField, mappingItems, textField } from "./fields";
import { type Accumulator, attempt, type Layer } from "./layer";
import { previousIdsOf } from "./resource";
import { effectiveNamespace, type ResourceId } from "./resourceId";
import type { Variable } from "./variable";

/** Gathers the `vars` of a layer, and marks the objects that they read from (upstream: `ResAccumulator.MergeVars`). */
export function collectVariables(layer: Layer, accumulator: Accumulator): void {
  for (const field of mappingItems(layer.kustomization.fields, "vars")) {
    attempt(layer, accumulator, () => {
      const variable = readVariable(field);
      markSource(accumulator, variable, field);
      addVariable(accumulator, variable);
    });
  }
}

/**
 * Adds the vars of a base to those of the layer.
 * @throws BuildFailure when a name is taken.
 */
export function addVariable(accumulator: Accumulator, variable: Variable): void {
  const known = accumulator.variables.get(variable.name);
  if (known !== undefined) throw duplicate(variable, known);
  accumulator.variables.set(variable.name, variable);
}

function readVariable(field: Field<Mapping>): Variable {
  return {
    name: textField(field.node, "name"),
    fieldPath: textField(mappingField(field.node, "fieldref"), "fieldPath") || "metadata.name",
    field,
  };
}

function markSource(accumulator: Accumulator, variable: Variable, field: Field<Mapping>): void {
  const wanted = sourceOf(field.node);
  const found = accumulator.set.resources.flatMap((resource, position) =>
    [...previousIdsOf(resource), resource.id].some((id) => isSource(id, wanted)) ? [position] : [],
  );
  if (found.length > 1) throw ambiguous(variable, found.length, field);
  const [position] = found;
  const resource = position === undefined ? undefined : accumulator.set.at(position);
  if (resource === undefined || position === undefined) return;
  accumulator.set.replaceAt(position, { ...resource, variables: [...resource.variables, variable.name] });
}

type Source = Omit<ResourceId, "clusterScoped">;

function sourceOf(variable: Mapping): Source {
  const target = mappingField(variable, "objref");
  const steps = textField(target, "apiVersion").split("/");
  const [first = "", second = ""] = steps;
  const fromApiVersion =
    first === ""
      ? {}
      : steps.length === 2
        ? { group: first, version: second }
        : steps.length === 1
          ? { version: first }
          : {};
  return {
    group: textField(target, "group"),
    version: textField(target, "version"),
    kind: textField(target, "kind"),
    name: textField(target, "name"),
    namespace: textField(target, "namespace"),
    ...fromApiVersion,
  };
}

/** Type and name are exact; an empty namespace means any. */
function isSource(id: ResourceId, wanted: Source): boolean {
  return (
    id.name === wanted.name &&
    id.kind === wanted.kind &&
    id.group === wanted.group &&
    id.version === wanted.version &&
    (wanted.namespace === "" || effectiveNamespace(id) === wanted.namespace)
  );
}

function ambiguous(variable: Variable, count: number, field: Field<Mapping>): BuildFailure {
  return new BuildFailure({
    code: "kustomization/variable-ambiguous",
    severity: "error",
    place: (mappingField(field.node, "objref") ?? field.node).origin.place,
    message: `The var ${variable.name} means ${count} objects.`,
    help: "Add a namespace, or name an object that is there once.",
    detail: `found ${count} resId matches for var`,
  });
}

function duplicate(variable: Variable, known: Variable): BuildFailure {
  return new BuildFailure({
    code: "kustomization/variable-duplicate",
    severity: "error",
    place: namePlace(variable).origin.place,
    message: `There is another var called ${variable.name}.`,
    help: "Give one of them another name.",
    detail: `var '${variable.name}' already encountered`,
    related: [{ place: namePlace(known).origin.place, message: "The other one is here." }],
  });
}

function namePlace({ field }: Variable): Node | Scalar {
  return getValue(field.node, "name") ?? field.node;
}
