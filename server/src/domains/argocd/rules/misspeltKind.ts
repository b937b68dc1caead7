import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import type { Schemas } from "../../../schema/schemas";
import { getValue } from "../../../yaml/node";
import { itemsOf } from "../applications";
import { kindLists } from "../kindLists";
import { projectSample } from "../samples";

const sample = (kind: string): string => projectSample("namespaceResourceBlacklist:", "- group: ''", `  kind: ${kind}`);

/** A kind in small letters, or in the plural, where Argo CD compares with the kind as manifests write it. */
export const misspeltKind: Rule = {
  code: "argocd/misspelt-kind",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const item of kindLists(context).flatMap(itemsOf)) {
      const kind = getValue(item, "kind");
      if (kind?.kind !== "scalar" || !/^[A-Za-z]\w*$/.test(kind.text) || isPlaceholder(kind.text)) continue;
      const suggestion = kindLike(kind.text, context.snapshot.schemas);
      if (suggestion === undefined) continue;
      yield {
        place: kind.origin.place,
        message: `No manifest has the kind \`${kind.text}\`, so this matches nothing.`,
        help: `Write \`${suggestion}\`.`,
        data: kind.style === "plain" ? { suggestion } : undefined,
      };
    }
  },
  docs: {
    summary:
      "A list of kinds of an AppProject or in `ignoreDifferences` writes a kind in other letters than manifests do.",
    explanation:
      "Letter case counts, and kinds are in the singular. What matches nothing allows, denies or ignores nothing.",
    bad: sample("secrets"),
    good: sample("Secret"),
  },
  fix: useSuggestion,
};

/** The kinds that are known, by their names in small letters. */
const namesOf = new WeakMap<Schemas, ReadonlyMap<string, ReadonlySet<string>>>();

/** The kind that is meant by a text that is none; `undefined` when it is one, or nobody knows such a kind. */
function kindLike(text: string, schemas: Schemas): string | undefined {
  const names = namesOf.get(schemas) ?? collectNames(schemas);
  namesOf.set(schemas, names);
  const lower = text.toLowerCase();
  for (const singular of [lower, lower.replace(/s$/, ""), lower.replace(/es$/, "")]) {
    const found = names.get(singular);
    if (found?.has(text)) return undefined;
    const [first] = found ?? [];
    if (first !== undefined) return first;
  }
  return undefined;
}

function collectNames(schemas: Schemas): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { kind } of schemas.kinds()) {
    const lower = kind.toLowerCase();
    names.set(lower, (names.get(lower) ?? new Set()).add(kind));
  }
  return names;
}
