import {
  fieldOf,
  followPointer,
  isList,
  isMap,
  type Json,
  type JsonMap,
  type JsonPath,
  withoutPaths,
} from "../kubernetes/json";
import { ownedPaths } from "../kubernetes/managedFields";
import { findJqPaths, parseJqPaths } from "./jqPaths";
import { matchesPattern } from "./pattern";

/** An item of `spec.ignoreDifferences` of an Application: which objects it is about, and what of them does not count. */
export interface IgnoreRule {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly jsonPointers: readonly string[];
  readonly jqPathExpressions: readonly string[];
  readonly managedFieldsManagers: readonly string[];
}

/** Which object a rule is held against. */
export interface ObjectWords {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** Reads `spec.ignoreDifferences`; what is no rule is left out. */
export function parseIgnoreRules(list: Json | undefined): readonly IgnoreRule[] {
  if (!isList(list)) return [];
  return list.filter(isMap).map((rule) => ({
    group: textOf(rule, "group"),
    kind: textOf(rule, "kind"),
    name: textOf(rule, "name"),
    namespace: textOf(rule, "namespace"),
    jsonPointers: textsOf(rule, "jsonPointers"),
    jqPathExpressions: textsOf(rule, "jqPathExpressions"),
    managedFieldsManagers: textsOf(rule, "managedFieldsManagers"),
  }));
}

/** The rules about one object (`ignoreNormalizer` of argo-cd `util/argo/normalizers`): group and kind may be patterns. */
export function rulesFor(rules: readonly IgnoreRule[], object: ObjectWords): readonly IgnoreRule[] {
  return rules.filter(
    (rule) =>
      matchesPattern(rule.group, object.group) &&
      matchesPattern(rule.kind, object.kind) &&
      (rule.name === "" || rule.name === object.name) &&
      (rule.namespace === "" || rule.namespace === object.namespace),
  );
}

/** The expressions of rules that are more of jq than we understand; they are not honoured. */
export function notUnderstood(rules: readonly IgnoreRule[]): readonly string[] {
  return rules.flatMap(({ jqPathExpressions }) => jqPathExpressions.filter((each) => !parseJqPaths(each)));
}

/** Both states of an object without what `rules` ignore. Who wrote a field last is known of the live state alone. */
export function withoutIgnored(
  { live, desired }: { readonly live: JsonMap; readonly desired: JsonMap },
  rules: readonly IgnoreRule[],
): { readonly live: JsonMap; readonly desired: JsonMap } {
  if (rules.length === 0) return { live, desired };
  const managers = rules.flatMap(({ managedFieldsManagers }) => managedFieldsManagers);
  const strip = (object: JsonMap): JsonMap => {
    const paths = [...ownedPaths(live, managers, object), ...rules.flatMap((rule) => pathsOf(rule, object))];
    const stripped = withoutPaths(object, paths);
    return isMap(stripped) ? stripped : object;
  };
  return { live: strip(live), desired: strip(desired) };
}

function pathsOf({ jsonPointers, jqPathExpressions }: IgnoreRule, object: JsonMap): readonly JsonPath[] {
  const pointed = jsonPointers.flatMap((pointer) => {
    const path = followPointer(object, pointer);
    return path === undefined || path.length === 0 ? [] : [path];
  });
  const found = jqPathExpressions.flatMap((expression) => {
    const paths = parseJqPaths(expression);
    return paths === undefined ? [] : findJqPaths(paths, object);
  });
  return [...pointed, ...found];
}

function textOf(rule: JsonMap, key: string): string {
  const value = fieldOf(rule, key);
  return typeof value === "string" ? value : "";
}

function textsOf(rule: JsonMap, key: string): readonly string[] {
  const value = fieldOf(rule, key);
  return isList(value) ? value.filter((each) => typeof each === "string") : [];
}
