import { editDistance } from "../platform/didYouMean";
import { getValue, textOf } from "../yaml/node";
import { type ParamSpec, type ParamValue, type ValueType, valueTypeOf } from "./param";
import { findVariables, isAlone } from "./variables";

/** Anything with a name. */
export interface Named {
  readonly name: string;
}

/** What a caller hands over and what is asked for, one beside the other. Names count; types are another matter. */
export interface Comparison<Asked extends Named, Given extends Named> {
  /** What is given under a name that nothing has, while something with a name like it is missing: surely one and the same. */
  readonly renamed: readonly { readonly asked: Asked; readonly given: Given }[];
  readonly missing: readonly Asked[];
  readonly unexpected: readonly Given[];
}

export interface CompareOptions<Asked> {
  /** False for what may be left out. */
  readonly isNeeded: (each: Asked) => boolean;
  /** One that is missing and one too many are the same, whatever their names. */
  readonly pairsAny?: boolean | undefined;
}

/** Compares names. */
export function compareNames<Asked extends Named, Given extends Named>(
  asked: readonly Asked[],
  given: readonly Given[],
  { isNeeded, pairsAny = false }: CompareOptions<Asked>,
): Comparison<Asked, Given> {
  const askedNames = new Set(asked.map(({ name }) => name));
  const givenNames = new Set(given.map(({ name }) => name));
  const missing = asked.filter((each) => each.name !== "" && !givenNames.has(each.name) && isNeeded(each));
  const unexpected = given.filter(({ name }) => name !== "" && !askedNames.has(name) && !name.includes("$("));
  const renamed: { asked: Asked; given: Given }[] = [];
  const pairs = missing
    .flatMap((each) =>
      unexpected.map((other) => ({ asked: each, given: other, unlike: unlikeness(each.name, other.name) })),
    )
    .filter(
      ({ unlike }) =>
        unlike <= mostUnlike || (missing.length === 1 && unexpected.length === 1 && (pairsAny || unlike < 1)),
    )
    .sort((a, b) => a.unlike - b.unlike);
  const taken = new Set<Asked | Given>();
  for (const { asked: one, given: other } of pairs) {
    if (taken.has(one) || taken.has(other)) continue;
    taken.add(one).add(other);
    renamed.push({ asked: one, given: other });
  }
  return {
    renamed,
    missing: missing.filter((each) => !taken.has(each)),
    unexpected: unexpected.filter((each) => !taken.has(each)),
  };
}

const mostUnlike = 0.4;

/**
 * How unlike two names are, from 0 to 1: the share of letters to change. Names that begin or end with the same word, for example
 * `KUSTOMIZE_PATH` and `KUSTOMIZATION_PATH`, are a little alike in any case.
 */
function unlikeness(a: string, b: string): number {
  const [one, other] = [words(a), words(b)];
  const longest = Math.max(a.length, b.length);
  const share = editDistance(one.join(""), other.join(""), longest) / longest;
  const isAlike = one.at(-1) === other.at(-1) || one[0] === other[0];
  return isAlike ? Math.min(share, 0.99) : share <= mostUnlike ? share : 1;
}

/** `["kustomize", "path"]` of `KUSTOMIZE_PATH`, `kustomize-path` and `kustomizePath`. */
function words(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[-_.]+/)
    .filter((word) => word !== "");
}

/** A value of another type than the parameter. */
export interface TypeMismatch {
  readonly given: ParamValue;
  readonly wanted: ValueType;
  readonly found: ValueType;
  /** Of objects: the keys that the value lacks; the type is right then. */
  readonly lacks?: readonly string[] | undefined;
}

/**
 * Values of another type than the parameter, and objects that lack keys. Upstream `wrongTypeParamsNames`: text with a variable may stand
 * for an array or object; the values of a matrix are handed over one by one, so they are texts.
 */
export function compareTypes(
  asked: readonly ParamSpec[],
  given: readonly ParamValue[],
  matrix: readonly ParamValue[] = [],
): readonly TypeMismatch[] {
  const byName = new Map(asked.map((each) => [each.name, each]));
  const found: TypeMismatch[] = [];
  for (const each of given) {
    const spec = byName.get(each.name);
    if (spec?.type === undefined || each.value === undefined) continue;
    const type = valueTypeOf(each.value);
    const text = textOf(each.value) ?? "";
    if (type === "string" && spec.type !== "string" && (/\$\(|\{\{|\$\{/.test(text) || /^\s*[[{]/.test(text))) continue;
    if (type !== spec.type) found.push({ given: each, wanted: spec.type, found: type });
    else if (type === "object") {
      const lacks = missingKeys(spec, each);
      if (lacks.length > 0) found.push({ given: each, wanted: type, found: type, lacks });
    }
  }
  for (const each of matrix) {
    const wanted = byName.get(each.name)?.type;
    if (wanted !== undefined && wanted !== "string") found.push({ given: each, wanted, found: "string" });
  }
  return found;
}

function missingKeys({ properties, default: preset }: ParamSpec, { value }: ParamValue): readonly string[] {
  if (properties === undefined) return [];
  return properties.entries
    .map(({ key }) => key.text)
    .filter((key) => getValue(value, key) === undefined && getValue(preset, key) === undefined);
}

/** The parameter that a text hands on as it is: `image` of `$(params.image)`. */
export function handedOn(text: string): string | undefined {
  const [variable, ...more] = findVariables(text);
  if (variable === undefined || more.length > 0 || !isAlone(variable, text)) return undefined;
  return variable.names[0] === "params" ? variable.names[1] : undefined;
}
