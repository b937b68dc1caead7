import { deployedState } from "../../../analysis/deployedState";
import type { ApplicationHere } from "../../../analysis/liveApplications";
import { renderedObjects } from "../../../analysis/renderedObjects";
import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import type { LiveFailure, LiveOperation } from "../../../protocol/observe";
import { getIn, type Node } from "../../../yaml/node";
import type { Place } from "../../../yaml/source";
import { liveHere, onePerPlace, placeOf, seenIn, shortWords, sourcePlaces } from "../liveFindings";
import { liveFiles, liveSample, sampleRevision } from "../liveSamples";

const failed = [
  "phase: Failed",
  "message: one or more objects failed to apply",
  "syncResult:",
  `  revision: ${sampleRevision}`,
  "  resources:",
  "  - kind: ConfigMap",
  "    version: v1",
  "    namespace: book-dev",
  "    name: settings",
  "    status: SyncFailed",
  '    message: configmaps "settings" is forbidden',
];

/** What the Argo CD of an open context could not sync. */
export const syncFailed: Rule = {
  code: "argocd/sync-failed",
  severity: "warning",
  scope: "workspace",
  check: (context) => onePerPlace(findFailures(context)),
  docs: {
    summary: "The Argo CD of an open context could not sync an Application.",
    explanation:
      "What the API server said of an object stands where the object is written, or at the field that it names. It is told as long as the cluster has compared with no newer commit; the message says of which commit it speaks. It is an error where git knows that commit and the files of the overlay are still the same, and it is not told of a file that is another by now.",
    bad: `${liveFiles}${liveSample({ operation: failed })}`,
    good: `${liveFiles}${liveSample({ operation: ["phase: Succeeded"] })}`,
  },
};

const help = "Mend it and push that, then sync again.";

function* findFailures(context: WorkspaceContext): Iterable<Hit> {
  for (const here of liveHere(context)) {
    const { operation, conditions, revision } = here.live;
    if (operation === undefined || !["Failed", "Error"].includes(operation.phase)) continue;
    // A newer commit may be right, and nobody tried.
    if (operation.revision !== undefined && revision !== undefined && operation.revision !== revision) continue;
    // The operation failed because of these, and another rule tells so.
    if (conditions.some(({ type }) => type === "ComparisonError" || type === "InvalidSpecError")) continue;
    const ofObjects = operation.failures.flatMap((failure) => hitsOf(here, failure, context));
    if (ofObjects.length > 0) yield* ofObjects;
    else yield* ofApplication(here, operation, context);
  }
}

function* ofApplication(here: ApplicationHere, operation: LiveOperation, context: WorkspaceContext): Iterable<Hit> {
  const { live, cluster } = here;
  const [first] = operation.failures;
  const object = first === undefined ? "" : ` (${first.kind} \`${first.name}\`: ${shortWords(first.message)})`;
  const words = `the last sync of \`${live.name}\` failed: ${shortWords(operation.message ?? operation.phase)}${object}`;
  const states = here.sources.map(({ found }) => deployedState({ found, revision: operation.revision }, context));
  if (states.includes("changed")) return;
  for (const place of sourcePlaces(here, 0, context.snapshot)) {
    yield { place, message: `${seenIn(cluster, operation.revision)}, ${words}`, help, detail: operation.message };
  }
}

/** Once for each source of the Application that renders the object. */
function hitsOf(here: ApplicationHere, failure: LiveFailure, context: WorkspaceContext): readonly Hit[] {
  const { group, kind, name, namespace, message } = failure;
  const hits: Hit[] = [];
  for (const { found } of here.sources) {
    const build = found.isCurrent ? context.builds.find(({ root }) => root === found.directory) : undefined;
    if (build === undefined) continue;
    for (const { node } of renderedObjects(build.result).find(group, kind, name, namespace)) {
      const place = placeIn(node, message, context);
      if (place === undefined) continue;
      const source = { found, revision: here.live.operation?.revision };
      // The line may be right by now, and the cluster does not know yet.
      if (deployedState(source, context, [place.file.path]) === "changed") continue;
      const severity = deployedState(source, context) === "same" ? ("error" as const) : undefined;
      const words = `${kind} \`${name}\` could not be synced: ${shortWords(message)}`;
      const seen = seenIn(here.cluster, here.live.operation?.revision);
      hits.push({ place, message: `${seen}, ${words}`, help, detail: message, root: build.root, severity });
    }
  }
  return hits;
}

/** The field that the API server names, or its nearest ancestor that is written; else the name of the object. */
function placeIn(object: Node, message: string, { snapshot }: WorkspaceContext): Place | undefined {
  const written = field.exec(message)?.[1] ?? "";
  const steps = [...written.matchAll(/[^.[\]]+/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step));
  for (let length = steps.length; length > 0; length--) {
    const node = getIn(object, steps.slice(0, length));
    const place = node === undefined || length === 1 ? undefined : placeOf(node, snapshot);
    if (place !== undefined) return place;
  }
  const name = getIn(object, ["metadata", "name"]);
  return (name && placeOf(name, snapshot)) ?? placeOf(object, snapshot);
}

/** As in `Deployment.apps "web" is invalid: spec.template.spec.containers[0].image: Required value`. */
const field = /(?:^|[\s[,])((?:metadata|spec|data|rules|subjects|roleRef)(?:\.[\w-]+|\[\d+\])+): /;
