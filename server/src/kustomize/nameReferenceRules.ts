import type { FieldSpec } from "./fieldSpec";
import { type GroupVersionKind, isSelectedBy } from "./resourceId";
import type { TransformerConfig } from "./transformerConfig";

/** A field that may hold the name of an object of a kind. */
export interface ReferenceRule {
  readonly path: string;
  /** The path alone, for walking. */
  readonly spec: FieldSpec;
  /** The type of the object that is named; empty parts mean any. */
  readonly target: GroupVersionKind;
}

const rulesOf = new WeakMap<TransformerConfig, Map<string, readonly (readonly ReferenceRule[])[]>>();

/** The rules for objects of a type, those for the same path together, in the order in which they apply. */
export function nameReferenceRules(
  config: TransformerConfig,
  type: GroupVersionKind,
): readonly (readonly ReferenceRule[])[] {
  let byType = rulesOf.get(config);
  if (byType === undefined) {
    byType = new Map();
    rulesOf.set(config, byType);
  }
  const key = `${type.group}\n${type.version}\n${type.kind}`;
  let rules = byType.get(key);
  if (rules === undefined) {
    rules = rulesFor(config, type);
    byType.set(key, rules);
  }
  return rules;
}

function rulesFor(config: TransformerConfig, type: GroupVersionKind): readonly (readonly ReferenceRule[])[] {
  const byPath = new Map<string, ReferenceRule[]>();
  for (const target of config.nameReference) {
    for (const spec of target.referrers) {
      if (!isSelectedBy(type, spec)) continue;
      const rule: ReferenceRule = { path: spec.path, spec: { path: spec.path }, target };
      const known = byPath.get(spec.path);
      if (known === undefined) byPath.set(spec.path, [rule]);
      else known.push(rule);
    }
  }
  return [...byPath.values()];
}
