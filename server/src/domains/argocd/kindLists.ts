import { objectsOf } from "../../analysis/checkedObjects";
import type { DocumentContext } from "../../analysis/rule";
import { isArgocdKind } from "../../argocd/application";
import { getIn, getValue, type Node } from "../../yaml/node";
import { applicationsOf } from "./applications";

/** The lists of a document whose items name kinds by `group` and `kind`, each a pattern. */
export function kindLists(context: DocumentContext): readonly (Node | undefined)[] {
  const lists: (Node | undefined)[] = [];
  for (const { application } of applicationsOf(context)) lists.push(getValue(application.spec, "ignoreDifferences"));
  for (const { node } of objectsOf(context)) {
    if (!isArgocdKind(node, "AppProject")) continue;
    for (const scope of ["cluster", "namespace"]) {
      for (const color of ["White", "Black"]) lists.push(getIn(node, ["spec", `${scope}Resource${color}list`]));
    }
    lists.push(getIn(node, ["spec", "orphanedResources", "ignore"]));
  }
  return lists;
}
