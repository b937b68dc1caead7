import type { Finding, Fix } from "./finding";
import type { FixContext } from "./rule";
import type { RuleTable } from "./ruleTable";

/** The ways to repair a finding, the best first; none when its rule knows none. */
export function fixesOf(finding: Finding, rules: Pick<RuleTable, "find">, context: FixContext): readonly Fix[] {
  return rules.find(finding.code)?.fix?.(finding, context) ?? [];
}
