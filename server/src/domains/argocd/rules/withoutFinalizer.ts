import { documentOf, fixOf } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { isArgocdKind } from "../../../argocd/application";
import { appendItem } from "../../../yaml/edit";
import { getIn } from "../../../yaml/node";
import { applicationsOf, itemsOf } from "../applications";
import { applicationSample, destinationLines, sourceLines } from "../samples";

const finalizer = "resources-finalizer.argocd.argoproj.io";
const turnedOn = "#- .gitops-author.yaml\nrules:\n  argocd/without-finalizer: hint\n";
const application = applicationSample(...sourceLines, ...destinationLines);

/** An Application whose objects outlive it. To some that is what they want. */
export const withoutFinalizer: Rule = {
  code: "argocd/without-finalizer",
  severity: "hint",
  optional: true,
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application: each, set, open } of applicationsOf(context)) {
      // Those that an ApplicationSet makes get the finalizer by default.
      if (open || set !== undefined || each.name === undefined) continue;
      if (itemsOf(getIn(each.node, ["metadata", "finalizers"])).length > 0) continue;
      yield {
        place: each.name.origin.place,
        message: "Whoever deletes this Application leaves everything that it deployed in the cluster.",
        help: `Add the finalizer \`${finalizer}\`.`,
      };
    }
  },
  docs: {
    summary: "An Application has no finalizer, so that deleting it does not delete what it deployed.",
    explanation:
      "An app of apps that prunes a child, for example, leaves the objects of the child behind, and nobody looks after them any more.",
    bad: `${turnedOn}${application}`,
    good: `${turnedOn}${application.replace("  name: shop\n", `  name: shop\n  finalizers:\n  - ${finalizer}\n`)}`,
  },
  fix(finding, context) {
    const document = documentOf(finding, context);
    // Within a List, the Application is not the root.
    if (document === undefined || !isArgocdKind(document.root, "Application")) return [];
    const edits = appendItem(document, ["metadata", "finalizers"], finalizer);
    return fixOf("Add the finalizer", document.file, edits);
  },
};
