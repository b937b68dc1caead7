import type { Related } from "../../analysis/finding";
import { type Comparison, compareNames, compareTypes, type TypeMismatch } from "../../tekton/contract";
import type { NamedField } from "../../tekton/field";
import type { ParamSpec, ParamValue } from "../../tekton/param";
import { getValue, textOf } from "../../yaml/node";
import type { Call } from "./call";
import type { Callee } from "./callees";

/** What a call hands over, beside what everything that it may mean asks for. */
export interface CallComparison {
  readonly params: Comparison<ParamSpec, ParamValue>;
  readonly workspaces: Comparison<NamedField, NamedField>;
  readonly types: readonly TypeMismatch[];
}

const known = new WeakMap<Call, CallComparison>();

/** Compares a call with all that it may mean; what is wrong with some of them only is left out. Done once for all rules. */
export function compareCall(call: Call): CallComparison {
  let comparison = known.get(call);
  if (comparison === undefined) {
    const [first, ...others] = call.callees;
    const all = others.reduce((both, callee) => inBoth(both, compareWith(call, callee)), compareWith(call, first));
    comparison = isAnother(call, all) ? { params: nothing, workspaces: nothing, types: [] } : all;
    known.set(call, comparison);
  }
  return comparison;
}

function compareWith(call: Call, callee: Callee): CallComparison {
  const { inherited, matrix, takesMore, takesMoreWorkspaces } = call;
  const isNotInherited = ({ name }: NamedField): boolean => !inherited.has(name);
  const params = compareNames(callee.params, [...call.params, ...matrix], {
    isNeeded: (each) => hasNoDefault(each) && isNotInherited(each),
  });
  const workspaces =
    call.workspaces === undefined
      ? nothing
      : compareNames(callee.workspaces, call.workspaces, {
          isNeeded: (each) => !isOptional(each) && isNotInherited(each),
          pairsAny: true,
        });
  return {
    params: takesMore === true ? { ...params, unexpected: [] } : params,
    workspaces: takesMore === true || takesMoreWorkspaces === true ? { ...workspaces, unexpected: [] } : workspaces,
    types: compareTypes(callee.params, call.params, matrix),
  };
}

const nothing: Comparison<never, never> = { renamed: [], missing: [], unexpected: [] };

/** A Task that has less than half of what it gets is surely another one than the caller means: one in the cluster, by the same name. */
function isAnother({ params }: Call, { params: { unexpected } }: CallComparison): boolean {
  return unexpected.length > 2 && unexpected.length * 2 > params.length;
}

function inBoth(a: CallComparison, b: CallComparison): CallComparison {
  return {
    params: namesInBoth(a.params, b.params),
    workspaces: namesInBoth(a.workspaces, b.workspaces),
    types: a.types.filter(({ given, lacks }) =>
      b.types.some((other) => other.given === given && (other.lacks === undefined) === (lacks === undefined)),
    ),
  };
}

function namesInBoth<A extends NamedField, G extends NamedField>(
  a: Comparison<A, G>,
  b: Comparison<A, G>,
): Comparison<A, G> {
  return {
    renamed: a.renamed.filter(({ asked, given }) =>
      b.renamed.some((other) => other.asked.name === asked.name && other.given === given),
    ),
    missing: a.missing.filter(({ name }) => b.missing.some((other) => other.name === name)),
    unexpected: a.unexpected.filter((each) => b.unexpected.includes(each)),
  };
}

function hasNoDefault({ default: preset }: ParamSpec): boolean {
  return preset === undefined || (preset.kind === "scalar" && preset.tag === "null");
}

function isOptional({ node }: NamedField): boolean {
  return textOf(getValue(node, "optional")) === "true";
}

/** Points at where something is declared, unless that is in the object of the caller itself. */
export function declaredHere({ name, nameNode }: NamedField, { object }: Callee): readonly Related[] {
  if (nameNode === undefined || object === undefined) return [];
  return [{ place: nameNode.origin.place, message: `\`${name}\` is declared here.` }];
}

/** A list of names for people. */
export function listOf(fields: readonly NamedField[]): string {
  return fields.map(({ name }) => `\`${name}\``).join(", ");
}
