import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { annotationSetsOf } from "../annotations";
import { findAnnotation, knownAnnotations } from "../knownAnnotations";

/** An annotation of Argo CD's own domain that Argo CD does not read. */
export const unknownAnnotation: Rule = {
  code: "argocd/unknown-annotation",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { annotations } of annotationSetsOf(context)) {
      for (const { key } of annotations.entries) {
        const mistake = mistakeIn(key.text);
        if (mistake === undefined) continue;
        const { suggestion } = mistake;
        yield {
          place: key.origin.place,
          message: `Argo CD does not know the annotation \`${key.text}\`.`,
          help: suggestion === undefined ? "Remove it, or correct its name." : `Did you mean \`${suggestion}\`?`,
          // A newer Argo CD may know it.
          severity: suggestion === undefined ? "information" : undefined,
          data: key.style === "plain" ? { suggestion } : undefined,
        };
      }
    }
  },
  docs: {
    summary: "An annotation looks like one of Argo CD, which reads none of that name.",
    explanation: "It does nothing. Mostly a letter is wrong, or the domain, which is `argocd.argoproj.io`.",
    bad: '#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/syncwave: "1"\n',
    good: '#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/sync-wave: "1"\n',
  },
  fix: useSuggestion,
};

const ownDomain = /^(?:(?:notice|pref)\.)?argocd\.argoproj\.io$/;

/** Names that nobody else uses, so that only the domain can be wrong. */
const ownNames: ReadonlySet<string> = new Set([
  "sync-wave",
  "hook",
  "hook-delete-policy",
  "sync-options",
  "compare-options",
]);

function mistakeIn(key: string): { readonly suggestion: string | undefined } | undefined {
  const slash = key.indexOf("/");
  const domain = key.slice(0, Math.max(0, slash));
  const name = key.slice(slash + 1);
  if (isPlaceholder(key) || findAnnotation(key) !== undefined) return undefined;
  if (ownDomain.test(domain)) {
    // Written by operators and by older versions, or a label in the wrong place.
    if (/^(?:managed-by|secret-type|instance|kubernetes-version|application-set)/.test(name)) return undefined;
    const names = knownAnnotations.map((known) => known.key).filter((known) => known.startsWith(`${domain}/`));
    const suggestion = didYouMean(name, names.map(nameOf));
    return { suggestion: suggestion === undefined ? undefined : `${domain}/${suggestion}` };
  }
  const isMeant = /^argo(?:-?cd|proj)?(?:\.|$)/.test(domain) && ownNames.has(name);
  return isMeant ? { suggestion: `argocd.argoproj.io/${name}` } : undefined;
}

function nameOf(key: string): string {
  return key.slice(key.indexOf("/") + 1);
}
