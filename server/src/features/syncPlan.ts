import { findSource } from "../analysis/applicationSource";
import type { Feature, FeatureContext, RequestedDocument } from "../analysis/feature";
import { renderSource } from "../analysis/renderSources";
import { isInCluster, type OptionedSource } from "../analysis/sourceOptions";
import { applicationsIn, sourcesOf } from "../analysis/writtenApplications";
import { type Application, findApplication } from "../argocd/application";
import { type SyncObject, toSyncObject } from "../argocd/syncObject";
import { inRunOrder, orderSync, type SyncTask } from "../argocd/syncOrder";
import { parentPath } from "../platform/path";
import { nameSome } from "../protocol/nameSome";
import { ignoresExtraneous, syncOptionValue } from "../protocol/objectMarks";
import type { DeployingApplication } from "../protocol/sourceOfApplication";
import {
  type LiveObject,
  type ObjectKey,
  type PlannedApplication,
  type SyncPlan,
  type SyncPlanParameters,
  type SyncPlanTask,
  syncPlanRequest,
} from "../protocol/syncPlan";
import type { RootBuild } from "../render/builds";
import { loadBuild } from "../render/loadBuild";
import { getValue, type Node, textOf } from "../yaml/node";
import { offsetAt } from "../yaml/source";
import { labelOf } from "./previewTargets";
import { toRange } from "./range";

/** What a sync would do, from the files as they are now. */
export const syncPlanFeature: Feature<SyncPlanParameters, SyncPlan | null> = {
  method: syncPlanRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: null,
  async handle({ application, uri, line }, context) {
    if (application !== undefined) {
      return toPlan(application.name, await renderSources(application, context), application, context);
    }
    const document = uri === undefined ? undefined : context.fromUri(uri);
    if (document === undefined) return null;
    const written = applicationIn(document, line, context);
    if (written !== undefined) {
      const planned = toPlanned(written);
      return toPlan(planned.name, await renderSources(planned, context), planned, context);
    }
    return planOfRoot(document, context);
  },
};

/** What could be made of sources. */
interface RenderedSources {
  readonly objects: readonly Node[];
  /** Sentences on what is missing, and on what may be otherwise where Argo CD works. */
  readonly notes: readonly string[];
  /** Nothing is missing, so that what is not rendered is not wanted any more. */
  readonly isWhole: boolean;
}

/** The objects of all sources. Where they are synced to another revision than they follow, `revision` says to which. */
async function renderSources(
  { sources, revision, ...application }: PlannedSources,
  context: FeatureContext,
): Promise<RenderedSources> {
  const objects: Node[] = [];
  const notes: string[] = [];
  let isWhole = true;
  for (const source of sources) {
    // It only lends its files to the others.
    if (source.ref && !source.path && !source.chart) continue;
    const followed = revision === undefined ? source : { ...source, targetRevision: revision };
    const rendered = await renderSource(followed, application, context);
    if (!rendered.isRendered) {
      notes.push(rendered.why);
      isWhole = false;
      continue;
    }
    const { build, failures, isCurrent } = rendered;
    objects.push(...rendered.objects);
    notes.push(...failures, ...rendered.notes, ...whyIncomplete(source.path ?? "", build));
    isWhole &&= isCurrent && failures.length === 0 && (build?.complete ?? true);
  }
  return { objects, notes, isWhole };
}

type PlannedSources = DeployingApplication & {
  readonly sources: readonly OptionedSource[];
  readonly revision?: string | undefined;
};

async function renderRoot(root: string, name: string, context: FeatureContext): Promise<RenderedSources> {
  const build = await loadBuild(context.builds, context, root, context.cancellation);
  const objects = build.result.resources.map(({ node }) => node);
  return { objects, notes: whyIncomplete(name, build), isWhole: build.complete };
}

function whyIncomplete(name: string, build: RootBuild | undefined): readonly string[] {
  if (build?.complete !== false) return [];
  const first = build.problems.find(({ severity }) => severity === "error")?.message;
  const why = first === undefined ? "includes something that is not rendered here" : `does not build: ${first}`;
  return [`'${name}' ${why.replace(/\.$/, "")}. This is what could be rendered.`];
}

/** How a sync is planned; nothing is known of a cluster where `live` is absent. */
type Plannable = Omit<PlannedApplication, "live" | "sources" | "name"> & {
  readonly live?: readonly LiveObject[] | undefined;
};

async function planOfRoot(document: RequestedDocument, context: FeatureContext): Promise<SyncPlan | null> {
  const { snapshot } = context;
  const path = document.kind === "source" ? document.path : document.root;
  const around = snapshot.graph.at(parentPath(path));
  const root = (snapshot.graph.at(path) ?? (around?.file === path ? around : undefined))?.root;
  if (root === undefined) return null;
  const label = labelOf(root, snapshot.folders);
  const deploying = applicationsIn(snapshot).filter((each) =>
    sourcesOf(snapshot, each).some(({ directory }) => directory === root),
  );
  // Several may differ in what they say, so none of them counts.
  const [only] = deploying.length === 1 ? deploying : [];
  if (only === undefined) {
    return toPlan(label, await renderRoot(root, label, context), { syncOptions: [], prune: false }, context);
  }
  const planned = toPlanned(only);
  const sources = planned.sources.filter((each) => findSource(snapshot, each)?.directory === root);
  return toPlan(label, await renderSources({ ...planned, sources }, context), planned, context);
}

function applicationIn(
  document: RequestedDocument,
  line: number | undefined,
  { snapshot }: FeatureContext,
): Application | undefined {
  const file = document.kind === "source" ? snapshot.file(document.path) : undefined;
  if (file === undefined) return undefined;
  const documents = snapshot.documents(file.path);
  const offset = line === undefined ? undefined : offsetAt(file, { line, character: 0 });
  const here = documents.find(({ start, end }) => offset !== undefined && start <= offset && offset <= end);
  const found = [here, ...documents].map((each) => findApplication(each?.root));
  return found.find((each) => each !== undefined);
}

function toPlanned({
  name,
  namespace,
  project,
  sources,
  destination,
  syncPolicy,
}: Application): Omit<PlannedApplication, "live"> & PlannedSources {
  const options = getValue(syncPolicy, "syncOptions");
  return {
    name: textOf(name) ?? "",
    home: textOf(namespace),
    project: textOf(project),
    sources: sources.map(({ node, repoUrl, path, targetRevision, chart, ref }) => ({
      node,
      repoURL: textOf(repoUrl),
      path: textOf(path),
      targetRevision: textOf(targetRevision),
      chart: textOf(chart),
      ref: textOf(ref),
    })),
    namespace: textOf(destination?.namespace),
    syncOptions: options?.kind === "sequence" ? options.items.flatMap((item) => textOf(item) ?? []) : [],
    prune: false,
  };
}

function toPlan(title: string, rendered: RenderedSources, planned: Plannable, context: FeatureContext): SyncPlan {
  const { syncOptions, chosen, live, prune, namespace = "" } = planned;
  const targets = withoutRepeats(
    rendered.objects.flatMap((node) => toSyncObject(node) ?? []),
    namespace,
  );
  const isChosen = (object: SyncObject): boolean =>
    chosen === undefined || chosen.some((key) => isSame(object, key, namespace));
  const prunes = findPrunes(prune ? (live ?? []) : [], targets, { namespace, isWhole: rendered.isWhole });
  const sorted = orderSync({
    targets: targets.filter(isChosen),
    prunes: prunes.gone.map(toPrune).filter(isChosen),
    namespace,
    pruneLast: syncOptions.includes("PruneLast=true"),
    createNamespace: syncOptions.includes("CreateNamespace=true"),
    skipHooks: chosen !== undefined,
  });
  const tasks = inRunOrder(sorted).map((task) => toTask(task, { live, namespace, context }));
  const isDone = ({ isHook, isPrune, status }: SyncPlanTask): boolean => !isHook && !isPrune && status === "Synced";
  const left = syncOptions.includes("ApplyOutOfSyncOnly=true") ? tasks.filter((task) => !isDone(task)) : tasks;
  const inSync = tasks.length - left.length;
  const notes = inSync === 0 ? [] : [`${inSync} in sync already, left out.`];
  const waits = tasks.some(({ isPrune }) => isPrune) ? prunesOtherwise(syncOptions) : [];
  return { title, tasks: left, notes: [...rendered.notes, ...prunes.notes, ...waits, ...notes] };
}

/** What the Application says of all deletions (`WithDefaultPruneOption` of argo-cd `controller/sync.go`); the first word counts. */
function prunesOtherwise(syncOptions: readonly string[]): readonly string[] {
  const [option] = syncOptions.filter((each) => each.startsWith("Prune="));
  const unless = "unless an object says otherwise; before Argo CD 3.4 the option does not count.";
  if (option === "Prune=false") return [`The Application says Prune=false: nothing is deleted, ${unless}`];
  if (option === "Prune=confirm") return [`The Application says Prune=confirm: deletions wait for a word, ${unless}`];
  return [];
}

/**
 * What a sync with the files at hand deletes: what Argo CD counts to the Application and nobody renders. Where something could not be rendered,
 * only Argo CD's own word counts.
 */
function findPrunes(
  live: readonly LiveObject[],
  targets: readonly SyncObject[],
  { namespace, isWhole }: { readonly namespace: string; readonly isWhole: boolean },
): { readonly gone: readonly LiveObject[]; readonly notes: readonly string[] } {
  const isRendered = (each: LiveObject): boolean => targets.some((target) => isSame(target, each, namespace));
  const asked = live.filter(({ requiresPruning }) => requiresPruning === true);
  if (!isWhole) return { gone: asked, notes: [] };
  const gone = live.filter((each) => each.hook !== true && !isRendered(each));
  const back = asked.filter(isRendered);
  const early = gone.filter(({ requiresPruning, status }) => status !== undefined && requiresPruning !== true);
  return {
    gone,
    notes: [
      ...(back.length === 0 ? [] : [`Push first: as Argo CD knows Git, it deletes ${namesOf(back)}.`]),
      ...(early.length === 0 ? [] : [`Git still has ${namesOf(early)}; deleted only once your files are pushed.`]),
    ],
  };
}

function namesOf(objects: readonly LiveObject[]): string {
  const names = objects.map(({ kind, name }) => `${kind} ${name}`);
  return nameSome(names, 3);
}

/** Of an object that several sources have, the last one counts. */
function withoutRepeats(objects: readonly SyncObject[], namespace: string): readonly SyncObject[] {
  const byKey = new Map<string | symbol, SyncObject>();
  for (const object of objects) {
    const { group, kind, name } = object;
    const key = name === "" ? Symbol("generated") : [group, kind, object.namespace || namespace, name].join("\n");
    byKey.set(key, object);
  }
  return [...byKey.values()];
}

/** Argo CD tells of the wave of what Git has; of the rest the object itself does. */
function toPrune({ group = "", kind, name, namespace = "", syncWave, annotations }: LiveObject): SyncObject {
  const wave = syncWave === undefined ? {} : { "argocd.argoproj.io/sync-wave": String(syncWave) };
  return { group, kind, name, namespace, annotations: new Map(Object.entries(annotations ?? wave)) };
}

/** What an object that Git has no more says of that (`isPruningDisabled` of argo-cd `gitops-engine/pkg/sync/sync_context.go`). */
function ownWord({ object, isPrune }: SyncTask): Pick<SyncPlanTask, "pruneOption" | "isExtraneous"> {
  if (!isPrune) return {};
  const option = syncOptionValue(object.annotations, "Prune");
  return {
    ...((option === "false" || option === "confirm") && { pruneOption: option }),
    ...(ignoresExtraneous(object.annotations) && { isExtraneous: true }),
  };
}

interface TaskContext {
  readonly live: readonly LiveObject[] | undefined;
  readonly namespace: string;
  readonly context: FeatureContext;
}

function toTask(task: SyncTask, { live, namespace, context }: TaskContext): SyncPlanTask {
  const { phase, wave, object, isHook, isPrune, deletePolicies } = task;
  const { group, kind, node } = object;
  const found = live?.find((each) => isSame(object, each, namespace));
  const place = node?.origin.place;
  return {
    ...{ phase, wave, group, kind, isHook, isPrune, deletePolicies, ...ownWord(task) },
    name: object.name || `${object.generateName ?? ""}…`,
    namespace: object.namespace === namespace ? undefined : object.namespace || undefined,
    status: found?.status ?? (live === undefined || isHook || node === undefined ? undefined : "Missing"),
    source:
      place && !isInCluster(place)
        ? { uri: context.toUri(place.file.path), range: toRange({ ...place, end: place.start }) }
        : undefined,
  };
}

/** An object without a namespace goes into that of the destination, or has none in the cluster either. */
function isSame(object: SyncObject, key: ObjectKey, namespace: string): boolean {
  if (object.kind !== key.kind || object.name !== key.name || object.group !== (key.group ?? "")) return false;
  return !key.namespace || key.namespace === (object.namespace || namespace);
}
