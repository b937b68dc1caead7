import type { SourceDocument } from "../yaml/document";
import { DocumentMemory } from "./documentMemory";
import type { Domain } from "./domain";
import type { NameReference } from "./nameReference";
import type { BuildRule, DocumentRule, Hit, Rule, WorkspaceRule } from "./rule";

/** All rules by code and by scope. */
export interface RuleTable {
  readonly domains: readonly Domain[];
  find(code: string): Rule | undefined;
  /** The domains that understand a document. */
  domainsOf(document: SourceDocument): readonly Domain[];
  readonly document: readonly { readonly rule: DocumentRule; readonly domain: Domain }[];
  readonly build: readonly BuildRule[];
  readonly workspace: readonly WorkspaceRule[];
  /** The fields that name objects, of all domains. */
  readonly references: readonly NameReference[];
}

/** Hears of a rule that threw: a defect of ours, which must not take the findings of all other rules away. */
export type RuleFailed = (code: string, error: unknown) => void;

/** Sorts the rules of all domains; done once at the start. Without `failed` the error of a rule is thrown on. */
export function createRuleTable(domains: readonly Domain[], failed?: RuleFailed): RuleTable {
  const byCode = new Map<string, Rule>();
  const document: { rule: DocumentRule; domain: Domain }[] = [];
  const build: BuildRule[] = [];
  const workspace: WorkspaceRule[] = [];
  for (const domain of domains) {
    for (const each of domain.rules) {
      const rule = failed === undefined ? each : guarded(each, failed);
      byCode.set(rule.code, rule);
      if (rule.scope === "document") document.push({ rule, domain });
      else if (rule.scope === "build") build.push(rule);
      else workspace.push(rule);
    }
  }
  const references = domains.flatMap((domain) => domain.references ?? []);
  const understood = new DocumentMemory<readonly Domain[]>((found) => found);
  return {
    domains,
    find: (code) => byCode.get(code),
    domainsOf: (each) => understood.recall(each, () => domains.filter(({ understands }) => understands(each))),
    document,
    build,
    workspace,
    references,
  };
}

/** The rule with a boundary around its check and its fix. */
function guarded(rule: Rule, failed: RuleFailed): Rule {
  const attempt = <A, B, T>(work: (a: A, b: B) => Iterable<T>) => {
    return (a: A, b: B): readonly T[] => {
      try {
        // All at once, for a check may be a generator.
        return [...work(a, b)];
      } catch (error) {
        failed(rule.code, error);
        return [];
      }
    };
  };
  const fix = rule.fix === undefined ? undefined : attempt(rule.fix);
  // A check that is a word is done elsewhere.
  const checked = typeof rule.check === "string" ? rule : { ...rule, check: attempt<never, unknown, Hit>(rule.check) };
  return { ...checked, fix } as Rule;
}
