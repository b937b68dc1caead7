import { deployedState } from "../../../analysis/deployedState";
import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { liveHere, onePerPlace, seenIn, shortWords, sourcePlaces } from "../liveFindings";
import { liveFiles, liveSample } from "../liveSamples";

const message = "Failed to load target state: app path 'overlays/dev' does not exist";

/** What the Argo CD of an open context cannot render or compare. */
export const comparisonError: Rule = {
  code: "argocd/comparison-error",
  severity: "warning",
  scope: "workspace",
  check: (context) => onePerPlace(findErrors(context)),
  docs: {
    summary: "The Argo CD of an open context cannot render an Application, or compare it with the cluster.",
    explanation:
      "As long as Argo CD says `ComparisonError`, nothing is synced. The message says of which commit it speaks: what is not pushed yet, Argo CD has not seen. It is an error where git knows that commit and the files of the overlay are still the same, and it is not told where they are others.",
    bad: `${liveFiles}${liveSample({ conditions: [{ type: "ComparisonError", message }] })}`,
    good: `${liveFiles}${liveSample()}`,
  },
};

function* findErrors(context: WorkspaceContext): Iterable<Hit> {
  for (const here of liveHere(context)) {
    for (const condition of here.live.conditions) {
      if (condition.type !== "ComparisonError") continue;
      // Counted from 1, where there is one as well.
      const index = Number(/\bsource (\d+) of \d+/.exec(condition.message)?.[1] ?? 1) - 1;
      const revision = here.live.sources[index]?.revision ?? here.live.revision;
      const found = here.sources.find(({ source }) => source === here.live.sources[index])?.found;
      const state = found === undefined ? "unknown" : deployedState({ found, revision }, context);
      // It may be right by now, and the cluster does not know yet.
      if (state === "changed") continue;
      for (const place of sourcePlaces(here, index, context.snapshot)) {
        const words = `Argo CD cannot compare \`${here.live.name}\`: ${shortWords(condition.message)}`;
        const help = "Mend what it names and push that; Argo CD looks again within minutes, or after a refresh.";
        const message = `${seenIn(here.cluster, revision)}: ${words}`;
        yield { place, message, help, detail: condition.message, severity: state === "same" ? "error" : undefined };
      }
    }
  }
}
