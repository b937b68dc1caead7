import type { Hit, Rule } from "../../../analysis/rule";
import { getValue, type Node, textOf } from "../../../yaml/node";
import { argocdObjects, itemsOf } from "../applications";
import { projectSample } from "../samples";

/** An entry of a project that denies everything. */
export const deniesEverything: Rule = {
  code: "argocd/denies-everything",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { spec } of argocdObjects(context, "AppProject")) {
      const destinations = itemsOf(getValue(spec, "destinations"));
      const fields = destinations.flatMap((item) =>
        ["server", "name", "namespace"].map((name) => getValue(item, name)),
      );
      for (const node of [...fields, ...itemsOf(getValue(spec, "sourceRepos"))]) if (isAll(node)) yield hitAt(node);
    }
  },
  docs: {
    summary: "An entry of an AppProject is `!*`.",
    explanation:
      "`!` denies what the pattern behind it matches, and `!*` denies everything, whatever else the project allows. Argo CD's API refuses such a project.",
    bad: projectSample("sourceRepos:", "- '!*'", "- https://example.com/shop.git"),
    good: projectSample("sourceRepos:", "- https://example.com/shop.git"),
  },
};

function isAll(node: Node | undefined): node is Node {
  return textOf(node) === "!*";
}

function hitAt(node: Node): Hit {
  return {
    place: node.origin.place,
    message: "`!*` denies everything.",
    help: "Remove it: what no entry allows is denied anyway.",
  };
}
