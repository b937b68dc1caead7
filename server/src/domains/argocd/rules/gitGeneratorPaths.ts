import type { Hit, Rule } from "../../../analysis/rule";
import type { Generator } from "../../../argocd/applicationSet";
import { applicationSetsOf } from "../applicationSets";
import { entryOf, itemsOf } from "../applications";
import { removeField } from "../fixes";
import { applicationSetSample, templateLines } from "../samples";

const sample = (...lines: readonly string[]): string =>
  applicationSetSample(
    "generators:",
    "- git:",
    "    repoURL: https://example.com/shop.git",
    "    revision: HEAD",
    ...lines,
    ...templateLines("'{{path.basename}}'"),
  );

/** A Git generator that looks for nothing, or for two things. */
export const gitGeneratorPaths: Rule = {
  code: "argocd/git-generator-paths",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { set, open } of applicationSetsOf(context)) {
      for (const generator of set.generators.flatMap(withChildren)) {
        const { key, body } = generator;
        if (open || key.text !== "git") continue;
        const directories = entryOf(body, "directories");
        const files = entryOf(body, "files");
        const hasDirectories = itemsOf(directories?.value).length > 0;
        const hasFiles = itemsOf(files?.value).length > 0;
        if (hasDirectories && hasFiles && files !== undefined) {
          const message = "`files` is ignored: the generator has `directories`.";
          yield { place: files.key.origin.place, message, help: "Remove one of the two.", severity: "warning" };
        } else if (!hasDirectories && !hasFiles) {
          const place = (directories ?? files)?.key.origin.place ?? key.origin.place;
          const message = "The generator looks for no directories and no files.";
          yield { place, message, help: "Add `directories`, or `files`, with at least one `path`." };
        }
      }
    }
  },
  docs: {
    summary: "A `git` generator has neither `directories` nor `files`, or has both.",
    explanation:
      "It makes parameters of the directories or of the files that match. Without any, Argo CD reports an error; of both, it takes the directories.",
    bad: sample(),
    good: sample("    directories:", "    - path: apps/*"),
  },
  fix: removeField,
};

function withChildren(generator: Generator): readonly Generator[] {
  return [generator, ...generator.children.flatMap(withChildren)];
}
