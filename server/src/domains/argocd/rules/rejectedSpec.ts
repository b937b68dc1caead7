import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import type { Application } from "../../../argocd/application";
import type { Place } from "../../../yaml/source";
import {
  definitionsOf,
  firstLine,
  hasSameSources,
  hasSameTarget,
  liveHere,
  onePerPlace,
  seenIn,
  shortWords,
} from "../liveFindings";
import { liveFiles, liveSample } from "../liveSamples";

const message =
  "application destination server and/or namespace do not match any of the allowed destinations in project 'default'";

/** What the Argo CD of an open context does not accept of an Application. */
export const rejectedSpec: Rule = {
  code: "argocd/rejected-spec",
  severity: "error",
  scope: "workspace",
  check: (context) => onePerPlace(findErrors(context)),
  docs: {
    summary: "The Argo CD of an open context does not accept an Application.",
    explanation:
      "As long as Argo CD says `InvalidSpecError`, nothing is compared or synced. It is only told where the file says the same project, source and destination as the Application in the cluster.",
    bad: `${liveFiles}${liveSample({ conditions: [{ type: "InvalidSpecError", message }] })}`,
    good: `${liveFiles}${liveSample()}`,
  },
};

function* findErrors(context: WorkspaceContext): Iterable<Hit> {
  for (const here of liveHere(context)) {
    const { live, cluster } = here;
    for (const condition of live.conditions) {
      if (condition.type !== "InvalidSpecError") continue;
      for (const application of definitionsOf(here, context.snapshot)) {
        if (!hasSameSources(application, live) || !hasSameTarget(application, live)) continue;
        const words = `Argo CD does not accept \`${live.name}\`: ${shortWords(condition.message)}`;
        const place = placeIn(application, condition.message);
        yield { place, message: `${seenIn(cluster, undefined)}: ${words}`, detail: condition.message };
      }
    }
  }
}

/** The part of an Application that the words are about. */
function placeIn({ destination, project, sources, spec }: Application, words: string): Place {
  const isAbout = (pattern: RegExp): boolean => pattern.test(words);
  const [source] = sources;
  const part =
    isAbout(/destination|cluster/i) && destination !== undefined
      ? (destination.namespace ?? destination.server ?? destination.name ?? destination.node)
      : isAbout(/\brepo/i) && source !== undefined
        ? (source.repoUrl ?? source.node)
        : isAbout(/project/i) && project !== undefined
          ? project
          : (source?.path ?? source?.chart ?? source?.repoUrl ?? spec);
  return firstLine(part.origin.place);
}
