import { getValue, type Mapping, type Node, type Scalar, textOf } from "../yaml/node";
import { type Field, fieldAt, type NamedField, namedFieldsAt } from "./field";
import { scalarsWithin } from "./scalarsWithin";
import { viewTriggers } from "./trigger";
import { findVariables, type Variable } from "./variables";

/** The spec of a TriggerTemplate, in an object of its own or within a trigger. */
export interface TemplateView extends Field {
  readonly params: readonly NamedField[];
  /** The objects that it makes. */
  readonly items: readonly Node[];
}

/** A parameter of the template that one of its objects uses. */
export interface TemplateParamUse {
  readonly name: string;
  readonly scalar: Scalar;
  readonly variable: Variable;
}

/** The templates of an object of Tekton Triggers. */
export function templatesOf(node: Mapping): readonly TemplateView[] {
  const object = viewTriggers(node);
  if (object === undefined) return [];
  const own = object.kind === "TriggerTemplate" ? [object.spec] : [];
  const inner = object.triggers.map(({ template }) => template && fieldAt(template, "spec"));
  return [...own, ...inner].flatMap((spec) => {
    if (spec === undefined) return [];
    const list = getValue(spec.node, "resourcetemplates");
    const items = list?.kind === "sequence" ? list.items : [];
    return [{ ...spec, params: namedFieldsAt(spec, "params"), items }];
  });
}

/** Where the objects of a template use its parameters. */
export function* templateParamUses({ items }: TemplateView): Iterable<TemplateParamUse> {
  for (const scalar of items.flatMap((item) => [...scalarsWithin(item, true)])) {
    for (const variable of findVariables(scalar.text)) {
      const [head, field, ...names] = variable.names;
      // A point in a name parts nothing here.
      if (head === "tt" && field === "params" && names.length > 0) yield { name: names.join("."), scalar, variable };
    }
  }
}

/**
 * The names `x` of `$(params.x)` in objects of a template that refer to their Task or Pipeline, so that they have no parameters of their own:
 * the first version of Triggers wrote those of the template so.
 */
export function formerParamUses({ items }: TemplateView): ReadonlySet<string> {
  const found = new Set<string>();
  for (const item of items) {
    const spec = getValue(item, "spec");
    const apiVersion = textOf(getValue(item, "apiVersion"));
    if ((!apiVersion?.startsWith("tekton.dev/") || getValue(spec, "pipelineSpec")) ?? getValue(spec, "taskSpec"))
      continue;
    for (const { text } of scalarsWithin(item, true)) {
      for (const { names } of findVariables(text)) if (names[0] === "params") found.add(names.slice(1).join("."));
    }
  }
  return found;
}
