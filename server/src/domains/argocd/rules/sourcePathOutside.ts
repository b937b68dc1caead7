import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { applicationsOf } from "../applications";
import { applicationText } from "../deployedSamples";

/** A path that leads out of the repository. */
export const sourcePathOutside: Rule = {
  code: "argocd/source-path-outside",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application } of applicationsOf(context)) {
      for (const { path, chart } of application.sources) {
        if (path === undefined || chart !== undefined || isPlaceholder(path.text)) continue;
        const place = path.origin.place;
        if (path.text.startsWith("/")) {
          const suggestion = path.text.replace(/^\/+/, "") || ".";
          const message = "The path of a source begins at the top of the repository, so it cannot begin with `/`.";
          const detail = "app path is absolute";
          yield { place, message, help: `Write \`${suggestion}\`.`, detail, data: { suggestion } };
        } else if (leadsOut(path.text)) {
          const message = "The path leads out of the repository.";
          yield { place, message, help: "Write it from the top of the repository.", detail: "app path outside root" };
        }
      }
    }
  },
  fix: useSuggestion,
  docs: {
    summary: "The `path` of a source is absolute, or leads out of its repository.",
    explanation: "Argo CD refuses it. Paths are written from the top of the repository.",
    bad: `#- application.yaml\n${applicationText({ path: "/overlays/dev" })}`,
    good: `#- application.yaml\n${applicationText()}`,
  },
};

/** Whether `..` climbs above where the path begins, even if it comes back. */
function leadsOut(path: string): boolean {
  let depth = 0;
  for (const segment of path.split("/")) {
    if (segment === "..") depth--;
    else if (segment !== "" && segment !== ".") depth++;
    if (depth < 0) return true;
  }
  return false;
}
