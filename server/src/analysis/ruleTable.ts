import type { Domain } from "./domain";
import type { NameReference } from "./nameReference";
import type { BuildRule, DocumentRule, Rule, WorkspaceRule } from "./rule";

/** All rules by code and by scope. */
export interface RuleTable {
  readonly domains: readonly Domain[];
  find(code: string): Rule | undefined;
  readonly document: readonly { readonly rule: DocumentRule; readonly domain: Domain }[];
  readonly build: readonly BuildRule[];
  readonly workspace: readonly WorkspaceRule[];
  /** The fields that name objects, of all domains. */
  readonly references: readonly NameReference[];
}

/** Sorts the rules of all domains; done once at the start. */
export function createRuleTable(domains: readonly Domain[]): RuleTable {
  const byCode = new Map<string, Rule>();
  const document: { rule: DocumentRule; domain: Domain }[] = [];
  const build: BuildRule[] = [];
  const workspace: WorkspaceRule[] = [];
  for (const domain of domains) {
    for (const rule of domain.rules) {
      byCode.set(rule.code, rule);
      if (rule.scope === "document") document.push({ rule, domain });
      else if (rule.scope === "build") build.push(rule);
      else workspace.push(rule);
    }
  }
  const references = domains.flatMap((domain) => domain.references ?? []);
  return { domains, find: (code) => byCode.get(code), document, build, workspace, references };
}
