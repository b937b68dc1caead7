import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import type { Scalar } from "../../../yaml/node";
import { annotationSetsOf } from "../annotations";
import { findAnnotation } from "../knownAnnotations";
import type { KnownAnnotation } from "../vocabulary";
import { wordHit } from "../words";

/** A value that Argo CD does not take for an annotation of its own. Waves, hooks and options have rules of their own. */
export const invalidAnnotation: Rule = {
  code: "argocd/invalid-annotation",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { annotations } of annotationSetsOf(context)) {
      for (const { key, value } of annotations.entries) {
        if (value.kind !== "scalar" || value.tag !== "str" || isPlaceholder(value.text)) continue;
        const known = findAnnotation(key.text);
        const hit = known === undefined ? linkHit(key.text, value) : valueHit(known, value);
        if (hit !== undefined) yield hit;
      }
    }
  },
  docs: {
    summary: "An annotation of Argo CD has a value that it cannot have.",
    explanation:
      'Argo CD ignores the value, or takes another one. All values are text, so that `true` stands in quotes: `"true"`.',
    bad: '#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/ignore-healthcheck: "yes"\n',
    good: '#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n    argocd.argoproj.io/ignore-healthcheck: "true"\n',
  },
  fix: useSuggestion,
};

function valueHit({ key, value: allowed }: KnownAnnotation, value: Scalar): Hit | undefined {
  const { place } = value.origin;
  const { text } = value;
  const name = key.slice(key.indexOf("/") + 1);
  const message = `\`${text}\` is no value of \`${name}\`.`;
  if (allowed?.kind === "one" && !allowed.words.some(({ word }) => word === text)) {
    return wordHit({ text, place }, allowed.words, message);
  }
  if (allowed?.kind !== "form" || name === "sync-wave" || allowed.form.test(text)) return undefined;
  return { place, message, help: `Write something like \`"${allowed.sample}"\`.` };
}

/** `link.argocd.argoproj.io/<any name>`: a title, `|` and an address, or the address alone. */
function linkHit(key: string, value: Scalar): Hit | undefined {
  if (!key.startsWith("link.argocd.argoproj.io/") || /^(?:[^|]*\|)?\s*[a-z][a-z\d+.-]*:\S/i.test(value.text))
    return undefined;
  return {
    place: value.origin.place,
    message: `\`${value.text}\` is no link.`,
    help: "Write `https://example.com/page`, or `Title|https://example.com/page`.",
  };
}
