import type { Hit, Rule } from "../../../analysis/rule";
import { getValue, type Node, textOf } from "../../../yaml/node";
import { argocdObjects, itemsOf } from "../applications";
import { projectSample } from "../samples";

/** An entry of a project that is meant to deny all. */
export const denyAllPattern: Rule = {
  code: "argocd/deny-all-pattern",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { spec } of argocdObjects(context, "AppProject")) {
      for (const destination of itemsOf(getValue(spec, "destinations"))) {
        for (const name of ["server", "name", "namespace"]) {
          yield* hitAt(getValue(destination, name), "`!*` denies every destination.");
        }
      }
      for (const repository of itemsOf(getValue(spec, "sourceRepos"))) {
        // argo-cd `AppProject.IsSourcePermitted`: what a pattern with `!` does not match, it permits.
        yield* hitAt(
          repository,
          "`!*` permits repositories: `*` matches none that has a `/`, and `!` turns that around.",
        );
      }
    }
  },
  docs: {
    summary: "An entry of an AppProject is `!*`.",
    explanation:
      "`!` denies what the pattern behind it matches. As a destination, `!*` denies all, whatever else the project allows; among `sourceRepos` it does the opposite of what it says. Argo CD's API refuses both. What no entry allows is denied anyway.",
    bad: projectSample("sourceRepos:", "- '!*'", "- https://example.com/shop.git"),
    good: projectSample("sourceRepos:", "- https://example.com/shop.git"),
  },
};

function* hitAt(node: Node | undefined, message: string): Iterable<Hit> {
  if (node !== undefined && textOf(node) === "!*") {
    yield { place: node.origin.place, message, help: "Remove it: what no entry allows is denied anyway." };
  }
}
