import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, textOf } from "../../../yaml/node";
import { applicationsOf, entryOf } from "../applications";
import { applicationSample, destinationLines } from "../samples";

/** Fields without which Argo CD refuses a source hydrator; those that are missing altogether the schema tells of. */
const needed = [
  ["drySource", "repoURL"],
  ["syncSource", "targetBranch"],
  ["hydrateTo", "targetBranch"],
] as const;

const sample = (path: string, branch: string): string =>
  applicationSample(
    ...destinationLines,
    "sourceHydrator:",
    "  drySource:",
    "    repoURL: https://example.com/shop.git",
    "    targetRevision: HEAD",
    "    path: overlays/dev",
    "  syncSource:",
    `    targetBranch: ${branch}`,
    `    path: ${path}`,
  );

/** A source hydrator that Argo CD refuses. */
export const incompleteHydrator: Rule = {
  code: "argocd/incomplete-hydrator",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application, open } of applicationsOf(context)) {
      const hydrator = application.sourceHydrator;
      for (const [holder, field] of open ? [] : needed) {
        const value = getIn(hydrator, [holder, field]);
        if (value?.kind !== "scalar" || value.text !== "") continue;
        const key = entryOf(getIn(hydrator, [holder]), field)?.key ?? value;
        yield { place: key.origin.place, message: `\`${holder}.${field}\` is empty.`, help: "Write a value." };
      }
      const path = getIn(hydrator, ["syncSource", "path"]);
      // The schema tells of the shortest forms.
      if (path === undefined || !/^(?:\.?\/+\.?)+$/.test(textOf(path) ?? "") || textOf(path) === "/") continue;
      yield {
        place: path.origin.place,
        message: "Argo CD does not write rendered manifests into the root of a repository.",
        help: "Name a directory.",
      };
    }
  },
  docs: {
    summary: "A `sourceHydrator` lacks a repository or branch, or writes into the root of the repository.",
    explanation: "Rendered manifests take the place of what is there, which must not be the whole repository.",
    bad: sample("./", "environments/dev"),
    good: sample("dev", "environments/dev"),
  },
};
