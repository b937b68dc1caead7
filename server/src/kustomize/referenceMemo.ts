import type { ReferenceRule } from "./nameReferenceRules";
import type { Referrals, Wanted } from "./referrals";
import type { Resource } from "./resource";
import type { TransformerConfig } from "./transformerConfig";

/** A question that was asked to fix the references of an object, and what the answer came to. */
export interface Question {
  readonly rule: ReferenceRule;
  readonly wanted: Wanted;
  readonly answer: string;
}

interface Known {
  readonly questions: readonly Question[];
  readonly result: Resource;
}

interface RootMemo {
  readonly config: TransformerConfig;
  readonly known: Map<Resource, Known>;
}

/** How many roots are remembered. */
const limit = 50;

/**
 * The objects of former builds with their references fixed. An object is taken as it was when all the questions that its
 * references asked then have the same answers now.
 */
export class ReferenceMemo {
  readonly #roots = new Map<string, RootMemo>();

  /** What was known of a root, for one build; `keep` what is known now afterwards. */
  find(root: string, config: TransformerConfig): ReadonlyMap<Resource, Known> {
    const memo = this.#roots.get(root);
    return memo?.config === config ? memo.known : new Map();
  }

  keep(root: string, config: TransformerConfig, known: Map<Resource, Known>): void {
    this.#roots.delete(root);
    this.#roots.set(root, { config, known });
    if (this.#roots.size <= limit) return;
    const [oldest] = this.#roots.keys();
    if (oldest !== undefined) this.#roots.delete(oldest);
  }
}

/** An answer in short: two answers that come to the same lead to the same change. */
export function summary(found: readonly Resource[]): string {
  return found.map(({ id }) => `${id.namespace}/${id.name}`).join("\n");
}

/** Whether the questions of `known` have the same answers now. */
export function stillHolds(known: Known, referrer: Resource, referrals: Referrals): boolean {
  return known.questions.every(
    ({ rule, wanted, answer }) => summary(referrals.find(referrer, rule, wanted)) === answer,
  );
}
