import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { isSet } from "../../../tekton/field";
import type { Reference } from "../../../tekton/reference";
import { getValue } from "../../../yaml/node";
import { referencesOf, wholeObjectsOf } from "../objects";
import { keyPlace } from "../places";
import { removeField } from "../removeField";
import { pipelineSample } from "../samples";

/** A reference that is neither a name nor all that a resolver needs, or both. */
export const referenceConflict: Rule = {
  code: "tekton/reference-conflict",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of wholeObjectsOf(context)) {
      for (const reference of referencesOf(object)) {
        const hit = mistakeIn(reference);
        if (hit !== undefined) yield hit;
      }
    }
  },
  docs: {
    summary:
      "A `taskRef`, `pipelineRef` or `ref` has a name beside a resolver, a name that no object can have, or nothing.",
    explanation:
      "A reference is either a `name` in the same namespace, or a `resolver` with its `params`. Tekton's webhook refuses a mixture. Where neither is said, the cluster may have a default resolver, so that is only a warning.",
    bad: pipelineSample("").replace("name: git-clone", "name: git-clone\n      resolver: hub\n      params: []"),
    good: pipelineSample(""),
  },
  fix: (finding, context) => (finding.data?.["remove"] === true ? removeField(finding, context, false) : []),
};

const qualifiedName = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)$/;

/** Upstream: `validateRef`. A name that looks like a URL needs a flag that may be on. */
function mistakeIn({ node, name, resolver, bundle, apiVersion, params }: Reference): Hit | undefined {
  if (bundle !== undefined || apiVersion !== undefined || getValue(node, "<<") !== undefined) return undefined;
  const hasResolver = isSet(node, "resolver") || getValue(node, "params")?.kind === "sequence";
  if (name === undefined || name.text === "") {
    if (isSet(node, "resolver")) return undefined;
    const what = params.length > 0 ? "names no resolver for its parameters" : "names nothing";
    const place = keyPlace(node, params.length > 0 ? "params" : "name");
    const help = params.length > 0 ? "Add `resolver`." : "Add `name`, or a `resolver` with `params`.";
    return {
      place: node.entries.length === 0 ? node.origin.place : place,
      message: `The reference ${what}.`,
      help,
      severity: "warning",
    };
  }
  if (/[\w-]+:\//.test(name.text) || isPlaceholder(name.text)) return undefined;
  if (hasResolver) {
    const other = resolver === undefined ? "params" : "resolver";
    const message = `A name and \`${other}\` exclude each other.`;
    const help =
      resolver === undefined ? "Remove one of the two." : "The name belongs into the `params` of the resolver.";
    return { place: keyPlace(node, "name"), message, help, data: { remove: true } };
  }
  const [last = "", ...prefix] = name.text.split("/").reverse();
  if (qualifiedName.test(name.text) && last.length <= 63 && prefix.every((part) => part.length <= 253))
    return undefined;
  const message = `Nothing can be called \`${name.text}\`.`;
  return {
    place: name.origin.place,
    message,
    help: "Use at most 63 letters, digits, `-`, `_` and `.`, with a letter or digit at each end.",
  };
}
