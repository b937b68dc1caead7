import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { getIn, type Mapping, type Scalar } from "../../../yaml/node";
import { placeWithin } from "../../../yaml/placeWithin";
import { applicationsOf, itemsOf } from "../applications";
import { applicationSample, destinationLines } from "../samples";

const sample = (ref: string): string =>
  applicationSample(
    ...destinationLines,
    "sources:",
    "- repoURL: https://example.com/charts",
    "  chart: shop",
    "  targetRevision: 1.2.3",
    "  helm:",
    "    valueFiles:",
    `    - $${ref}/shop.yaml`,
    "- repoURL: https://example.com/values.git",
    "  ref: values",
  );

/** A value file in a source that does not exist. */
export const unknownRef: Rule = {
  code: "argocd/unknown-ref",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application, open } of applicationsOf(context)) {
      const { sources } = application;
      const refs = new Map(
        sources.flatMap(({ ref, chart, isOneOfSeveral }) => (ref && isOneOfSeveral ? [[ref.text, chart]] : [])),
      );
      if (open || [...refs.keys()].some((ref) => ref.includes("{{"))) continue;
      for (const { node, isOneOfSeveral } of sources) {
        for (const file of valueFiles(node)) {
          const name = /^\$([^/$({]*)(?:\/|$)/.exec(file.text)?.[1];
          if (name === undefined || /^ARGOCD_|^KUBE_/.test(name)) continue;
          if (!refs.has(name)) yield unknownHit(file, name, [...refs.keys()], isOneOfSeveral);
          else if (refs.get(name) !== undefined) yield chartHit(file, name);
        }
      }
    }
  },
  docs: {
    summary: "A value file begins with `$name`, and no source has the `ref` `name`.",
    explanation:
      "`$name/file` is a file of another item of `sources`, the one with `ref: name`. Argo CD cannot render the Application without it.",
    bad: sample("valeus"),
    good: sample("values"),
  },
  fix: useSuggestion,
};

/** argo-cd `reposerver/repository`: a single source takes the text for a path, and may do without the file. */
function unknownHit(file: Scalar, name: string, refs: readonly string[], isOneOfSeveral: boolean): Hit {
  const suggestion = didYouMean(name, refs);
  const add = isOneOfSeveral
    ? "Add `ref` to the source that holds the file."
    : "Write the sources as items of `sources`, and `ref` into the one that holds the file.";
  return {
    place: placeWithin(file, 1, 1 + name.length),
    message: `No source has the \`ref\` \`${name}\`.`,
    help: suggestion === undefined ? add : `Did you mean \`${suggestion}\`?`,
    data: { suggestion },
    severity: isOneOfSeveral ? undefined : "warning",
  };
}

function chartHit(file: Scalar, name: string): Hit {
  return {
    place: placeWithin(file, 1, 1 + name.length),
    message: `The source with the \`ref\` \`${name}\` is a chart, and charts have no files for other sources.`,
    help: "Name a source that is a Git repository.",
  };
}

/** Texts that name files for Helm. */
function valueFiles(source: Mapping): readonly Scalar[] {
  const files = itemsOf(getIn(source, ["helm", "valueFiles"]));
  const parameters = itemsOf(getIn(source, ["helm", "fileParameters"])).map((item) => getIn(item, ["path"]));
  return [...files, ...parameters].flatMap((node) => (node?.kind === "scalar" && node.tag === "str" ? [node] : []));
}
