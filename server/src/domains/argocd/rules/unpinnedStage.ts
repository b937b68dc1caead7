import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import type { Application } from "../../../argocd/application";
import { getIn, textOf } from "../../../yaml/node";
import { applicationsOf, entryOf } from "../applications";
import { applicationText } from "../deployedSamples";

const stage = { name: "book-stage", destination: "book-stage", path: "overlays/stage" };
const pinned = applicationText(stage).replace("    path:", "    targetRevision: release-1\n    path:");

/** A stage that others rely on, and that follows whatever comes. */
export const unpinnedStage: Rule = {
  code: "argocd/unpinned-stage",
  severity: "hint",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application, set, open } of applicationsOf(context)) {
      if (open || set !== undefined || !isRelied(application)) continue;
      for (const { targetRevision, repoUrl, chart, path } of application.sources) {
        if (chart !== undefined || path === undefined || repoUrl === undefined) continue;
        if (targetRevision !== undefined && targetRevision.text !== "HEAD") continue;
        const message = "This stage follows the default branch of its repository, whatever is merged into it.";
        const help = "Name a release branch or a tag in `targetRevision`.";
        yield { place: (targetRevision ?? repoUrl).origin.place, message, help };
      }
      const automated = getIn(application.syncPolicy, ["automated"]);
      const prune = entryOf(automated, "prune");
      if (textOf(prune?.value) !== "true" || textOf(getIn(automated, ["selfHeal"])) === "true") continue;
      const message = "Argo CD removes here what leaves the repository, but keeps what somebody changes by hand.";
      if (prune !== undefined) yield { place: prune.key.origin.place, message, help: "Add `selfHeal: true`." };
    }
  },
  docs: {
    summary: "An Application for staging or production follows `HEAD`, or prunes without healing itself.",
    explanation:
      "What is tested may be another revision than the one that is deployed. Applications count whose name, path or namespace says `stage`, `staging`, `prod`, `production` or `live`.",
    bad: `#- application.yaml\n${applicationText(stage)}`,
    good: `#- application.yaml\n${pinned}`,
  },
};

const relied = /(?:^|[-_/.])(?:stage|staging|prod|production|live)(?:[-_/.]|$)/;

function isRelied({ name, destination, sources }: Application): boolean {
  const texts = [name, destination?.namespace, ...sources.map(({ path }) => path)];
  return texts.some((text) => text !== undefined && !isPlaceholder(text.text) && relied.test(text.text));
}
