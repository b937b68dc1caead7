import type { Hit, Rule } from "../../../analysis/rule";
import type { Application, ApplicationSource } from "../../../argocd/application";
import { applicationsOf, entryOf } from "../applications";
import { applicationSample, destinationLines, sourceLines } from "../samples";

/** An Application that does not say what it deploys. */
export const incompleteSource: Rule = {
  code: "argocd/incomplete-source",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { application, open } of applicationsOf(context)) {
      if (open || application.sourceHydrator !== undefined) continue;
      if (application.sources.length === 0) yield* noSource(application);
      for (const source of application.sources) {
        const hit = incomplete(source, context.deployed === "asWritten");
        if (hit !== undefined) yield hit;
      }
    }
  },
  docs: {
    summary: "The source of an Application lacks what Argo CD needs to find it.",
    explanation:
      "A source has a `repoURL` and either a `path` in a Git repository or a `chart` with its version in `targetRevision`. An item of `sources` may have a `ref` instead, when it only holds value files for others. Argo CD refuses to sync anything else.",
    bad: applicationSample(...destinationLines, "source:", "  repoURL: https://example.com/shop.git"),
    good: applicationSample(...destinationLines, ...sourceLines),
  },
};

/** argo-cd `util/argo/argo.go`, `validateSourcePermissions`. */
function incomplete(source: ApplicationSource, asWritten: boolean): Hit | undefined {
  const { node, repoUrl, path, chart, ref, targetRevision, isOneOfSeveral } = source;
  const url = entryOf(node, "repoURL");
  const first = node.entries[0]?.key.origin.place ?? node.origin.place;
  if (repoUrl === undefined) {
    // One that is missing altogether is told of by `schema/missing-field`; an empty one waits for a patch.
    if (url?.value.kind !== "scalar" || !asWritten) return undefined;
    return { place: url.key.origin.place, message: "The source has no `repoURL`.", help: "Write where it comes from." };
  }
  if (path === undefined && chart === undefined && (ref === undefined || !isOneOfSeveral)) {
    const also = isOneOfSeveral ? ", `chart` or `ref`" : " or `chart`";
    return {
      place: url?.key.origin.place ?? first,
      message: `The source has no \`path\`${also}, so Argo CD does not know what to deploy.`,
      help: "Add `path`; `.` is the root of the repository.",
    };
  }
  if (chart === undefined || targetRevision !== undefined) return undefined;
  return {
    place: entryOf(node, "chart")?.key.origin.place ?? first,
    message: "A chart needs a version.",
    help: "Add `targetRevision` with a version, or a range such as `1.2.*`.",
  };
}

function* noSource({ spec, node, name, destination }: Application): Iterable<Hit> {
  // What lacks a name or a destination, too, is a part of an Application, or is being written.
  if (name === undefined || destination === undefined) return;
  const { place } = (entryOf(spec, "source") ?? entryOf(node, "spec"))?.key.origin ?? spec.origin;
  yield { place, message: "The Application has no source.", help: "Add `source`." };
}
