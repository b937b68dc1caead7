import type {
  ComparedObject,
  CompareObjectsParameters,
  LineSource,
  PairOfObjects,
} from "../../../server/src/protocol/compareObjects";
import { ignoresExtraneous, syncOptionValue } from "../../../server/src/protocol/objectMarks";
import type { PlaceInFile } from "../../../server/src/protocol/origin";
import type { RenderedBuild } from "../../../server/src/protocol/renderedObjects";
import type { RenderSubject } from "../../../server/src/protocol/sourceOfApplication";
import { ApiError } from "./apiError";
import type { Application, ManagedResource } from "./argocd/application";
import { type Marks, marksOf } from "./argocd/liveMarks";
import type { Connection } from "./connection";
import { findResourceType, parseApiVersion } from "./discovery";
import type { KubeObject } from "./kubeObject";
import { describeNoAnswer, ManyQuestions, type Outcome } from "./manyQuestions";
import { type ObservedObject, observeObject, readObject } from "./observeObject";
import { maskSecrets } from "./secretValues";
import { describeTooLarge } from "./wholeNumbers";

/** An object in the files and in a cluster, fit to be shown: no value of a Secret is in it. */
export interface ObjectComparison {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
  /**
   * `unknown`: nothing can be learnt of it; `unread`: the cluster did not answer, and may the next time; `hook`: Argo CD makes it for a sync and
   * never compares it.
   */
  readonly state: ComparedObject["state"] | "unknown" | "unread" | "hook";
  /** As YAML; empty where it is missing, and for objects that need no look. */
  readonly live: string;
  readonly desired: string;
  /** Where the files define it. */
  readonly source?: PlaceInFile | undefined;
  readonly lines: readonly LineSource[];
  /** What has to be known of the comparison, a sentence each. */
  readonly notes: readonly string[];
}

export interface CompareOptions {
  /** For objects that say none. */
  readonly namespace: string;
  /** The Application that deploys the objects: its rules count, and its objects that nobody renders any more are listed. */
  readonly application?: Application | undefined;
  /** Some of its sources are not rendered: then only what Argo CD says that Git has no more counts as left over. */
  readonly isPartial?: boolean | undefined;
  /** The name by which its Argo CD knows it, where that is another. */
  readonly knownAs?: string | undefined;
  /** What its Argo CD says of comparisons. */
  readonly configuration?: Readonly<Record<string, string>> | undefined;
  /** Asks the language server. */
  readonly ask: (parameters: CompareObjectsParameters) => Promise<readonly ComparedObject[]>;
  readonly signal: AbortSignal;
}

/** Of one object: what is compared, and what is known besides. */
interface Entry {
  readonly object: KubeObject;
  readonly source?: PlaceInFile | undefined;
  readonly pair?: PairOfObjects | undefined;
  /** What renders it. */
  readonly subject?: RenderSubject | undefined;
  readonly state?: "unknown" | "unread" | "hook" | undefined;
  readonly notes: readonly string[];
}

/**
 * Compares what is rendered with what a cluster holds, object by object. What this person may not see, and what the cluster does not answer, is
 * told of the object alone; throws only when the cluster cannot be asked at all, or the work is cancelled.
 */
export async function compareWithCluster(
  connection: Connection,
  builds: readonly RenderedBuild[],
  options: CompareOptions,
): Promise<readonly ObjectComparison[]> {
  const { application, signal } = options;
  const questions = new ManyQuestions();
  const rendered = builds.flatMap(({ subject, objects }) => objects.map((each) => ({ ...toRendered(each), subject })));
  const dryRuns = new ManyQuestions();
  const observed = await questions.ask(rendered, (each) => observe(connection, each, { ...options, dryRuns }));
  const entries = observed.map((outcome, i) => toEntry(outcome, rendered[i]));
  const extra = leftOver(application, entries, options.isPartial === true).map((each) => ({ object: toObject(each) }));
  const left = await questions.ask(extra, ({ object }) => observeLeftOver(connection, object, signal));
  return await compareEntries([...entries, ...left.map((outcome, i) => toEntry(outcome, extra[i]))], options);
}

/** A rendered object, parsed. */
interface Rendered {
  readonly object: KubeObject;
  readonly json: string;
  readonly source: PlaceInFile;
}

/** What is no whole object yet has a name at least, to be spoken of. */
function toRendered({ json, source }: RenderedBuild["objects"][number]): Rendered {
  const object = JSON.parse(json) as Partial<KubeObject>;
  return { object: { ...object, metadata: object.metadata ?? { name: "" } }, json, source };
}

function toEntry(outcome: Outcome<Entry>, asked: Pick<Entry, "object" | "source"> | undefined): Entry {
  if (outcome.failure === undefined) return outcome.answer;
  const { object = { metadata: { name: "" } }, source } = asked ?? {};
  return { object, source, state: "unread", notes: [describeNoAnswer(outcome)] };
}

/** The same for objects whose states are known already, for example from a plan. */
export async function compareObserved(
  observed: readonly (ObservedObject & {
    readonly subject: RenderSubject;
    readonly source?: PlaceInFile | undefined;
  })[],
  options: Pick<CompareOptions, "ask">,
): Promise<readonly ObjectComparison[]> {
  const entries = observed.map(
    (each): Entry => ({
      ...{ object: each.written, source: each.source, subject: each.subject },
      ...{ pair: toPair(each), notes: [] },
    }),
  );
  return await compareEntries(entries, options);
}

async function compareEntries(
  entries: readonly Entry[],
  { application, knownAs, configuration, ask }: Omit<CompareOptions, "namespace" | "signal">,
): Promise<readonly ObjectComparison[]> {
  const subjects = [...new Set(entries.flatMap(({ subject }) => subject ?? []))];
  const placeOf = ({ subject }: Entry): number | undefined => {
    return subject === undefined ? undefined : subjects.indexOf(subject);
  };
  const compared = await ask({
    application: knownAs ?? application?.metadata.name,
    ignoreDifferences: (application?.spec as { readonly ignoreDifferences?: unknown } | undefined)?.ignoreDifferences,
    ...{ configuration, subjects },
    pairs: entries.flatMap((entry) => (entry.pair === undefined ? [] : [{ ...entry.pair, subject: placeOf(entry) }])),
  });
  let next = 0;
  return entries.map((entry) => toComparison(entry, entry.pair === undefined ? undefined : compared[next++]));
}

const failed = "The language server could not compare it; the output of GitOps Author says why.";

function toComparison(
  { object, source, state, pair, notes }: Entry,
  compared: ComparedObject | undefined,
): ObjectComparison {
  const { apiVersion = "", kind = "" } = object;
  const { name, namespace } = object.metadata;
  const ignored = compared?.notHonoured.map(
    (each) => `ignoreDifferences: '${each}' is more of jq than is understood here.`,
  );
  const setElsewhere = (compared?.sources ?? []).flatMap(({ setBy, differs }) =>
    differs === true && setBy !== undefined ? [setBy] : [],
  );
  return {
    ...{ apiVersion, kind, name, namespace, source },
    state: state ?? compared?.state ?? "unknown",
    live: compared?.live ?? "",
    desired: compared?.desired ?? "",
    lines: compared?.sources ?? [],
    notes: [
      ...notes,
      ...(ignored ?? []),
      ...new Set(setElsewhere),
      ...(pair !== undefined && compared === undefined ? [failed] : []),
    ],
  };
}

async function observe(
  connection: Connection,
  { object, json, source, subject }: Rendered & { readonly subject: RenderSubject },
  { namespace, application, signal, dryRuns }: CompareOptions & { readonly dryRuns: ManyQuestions },
): Promise<Entry> {
  if (application !== undefined && isHook(object)) return { object, source, state: "hook", notes: [] };
  const tooLarge = describeTooLarge(json);
  if (tooLarge !== undefined) {
    const note = `It holds ${tooLarge}, which has more digits than can be compared here.`;
    return { object, source, state: "unknown", notes: [note] };
  }
  const observed = await observeObject(connection, object, { namespace, signal, dryRuns });
  const { unknown, trouble } = observed;
  if (unknown !== undefined) return { object: observed.written, source, state: "unknown", notes: [unknown] };
  return {
    object: observed.written,
    ...{ source, subject, pair: toPair(observed) },
    notes: trouble === undefined ? [] : [trouble],
  };
}

function toPair({ written, live, predicted }: ObservedObject): PairOfObjects {
  const [shownLive, shownWritten, shownPredicted] = maskSecrets([live, written, predicted]);
  return { written: shownWritten, live: shownLive, predicted: shownPredicted };
}

function isHook({ metadata }: KubeObject): boolean {
  const annotations = metadata.annotations ?? {};
  return Object.hasOwn(annotations, "argocd.argoproj.io/hook") || Object.hasOwn(annotations, "helm.sh/hook");
}

/** What Argo CD counts to the Application, and nobody renders. */
function leftOver(
  application: Application | undefined,
  entries: readonly Entry[],
  isPartial: boolean,
): readonly ManagedResource[] {
  const keyOf = (group: string, kind: string, name: string, namespace = ""): string =>
    JSON.stringify([group, kind, name, namespace]);
  const rendered = new Set(
    entries.map(({ object }) => {
      const { group } = parseApiVersion(object.apiVersion ?? "");
      return keyOf(group, object.kind ?? "", object.metadata.name, object.metadata.namespace);
    }),
  );
  return (application?.status?.resources ?? []).filter(
    ({ group = "", kind, name, namespace, hook, requiresPruning }) => {
      // Of an object that could not be looked up the namespace may be unknown.
      const keys = [keyOf(group, kind, name, namespace), keyOf(group, kind, name)];
      return hook !== true && (!isPartial || requiresPruning === true) && !keys.some((key) => rendered.has(key));
    },
  );
}

function toObject({ group, version = "v1", kind, name, namespace }: ManagedResource): KubeObject {
  return { apiVersion: group ? `${group}/${version}` : version, kind, metadata: { name, namespace } };
}

async function observeLeftOver(connection: Connection, object: KubeObject, signal: AbortSignal): Promise<Entry> {
  const { apiVersion, kind } = object;
  try {
    const type = await findResourceType(connection, object, signal);
    const live = type && (await readObject(connection, type, object.metadata, signal));
    if (live === undefined)
      return { object, state: "unknown", notes: ["Argo CD lists it, but it is gone from the cluster."] };
    const [shown] = maskSecrets([{ ...live, apiVersion, kind }]);
    return { object, pair: { live: shown }, notes: describeMarks(marksOf(live)) };
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== "forbidden") throw error;
    return { object, state: "unknown", notes: [`You may not see it: ${error.message}`] };
  }
}

/** What an object that nobody renders says for itself. */
function describeMarks(marks: Marks): readonly string[] {
  const annotations = new Map(Object.entries(marks));
  const prune = syncOptionValue(annotations, "Prune");
  return [
    ...(prune === "false" ? ["No sync deletes it: it says Prune=false."] : []),
    ...(prune === "confirm" ? ["A sync deletes it only once someone confirmed it: it says Prune=confirm."] : []),
    ...(ignoresExtraneous(annotations) ? ["Argo CD does not call it out of sync: it says IgnoreExtraneous."] : []),
  ];
}
