import type { Feature, FeatureContext, RequestedDocument } from "../analysis/feature";
import { type RenderedSources, renderRoot, renderSources } from "../analysis/renderSources";
import { applicationsIn, sourcesOf } from "../analysis/writtenApplications";
import { type Application, findApplication } from "../argocd/application";
import { type SyncObject, toSyncObject } from "../argocd/syncObject";
import { inRunOrder, orderSync, type SyncTask } from "../argocd/syncOrder";
import { parentPath } from "../platform/path";
import {
  type LiveObject,
  type ObjectKey,
  type PlannedApplication,
  type SyncPlan,
  type SyncPlanParameters,
  type SyncPlanTask,
  syncPlanRequest,
} from "../protocol/syncPlan";
import { getIn, getValue, type Mapping, textOf } from "../yaml/node";
import { offsetAt } from "../yaml/source";
import { toRange } from "./diagnostics";
import { labelOf } from "./previewTargets";

/** What a sync would do, from the files as they are now. */
export const syncPlanFeature: Feature<SyncPlanParameters, SyncPlan | null> = {
  method: syncPlanRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: null,
  async handle({ application, uri, line }, context) {
    if (application !== undefined) {
      const { name, sources, revision } = application;
      return toPlan(name, await renderSources(sources, context, revision), application, context);
    }
    const document = uri === undefined ? undefined : context.fromUri(uri);
    if (document === undefined) return null;
    const written = applicationIn(document, line, context);
    if (written !== undefined) {
      const planned = toPlanned(written);
      return toPlan(planned.name, await renderSources(planned.sources, context), planned, context);
    }
    return planOfRoot(document, context);
  },
};

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
  const options = only === undefined ? { syncOptions: [], prune: false } : toPlanned(only);
  return toPlan(label, await renderRoot(root, label, context), options, context);
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

function toPlanned({ name, sources, destination, syncPolicy }: Application): Omit<PlannedApplication, "live"> {
  const options = getValue(syncPolicy, "syncOptions");
  const has = (node: Mapping, field: string): object | undefined => {
    const value = getValue(node, field);
    return value?.kind === "mapping" ? Object.fromEntries(value.entries.map(({ key }) => [key.text, true])) : undefined;
  };
  return {
    name: textOf(name) ?? "",
    sources: sources.map(({ node, repoUrl, path, targetRevision, chart, ref }) => ({
      repoURL: textOf(repoUrl),
      path: textOf(path),
      targetRevision: textOf(targetRevision),
      chart: textOf(chart),
      ref: textOf(ref),
      kustomize: has(node, "kustomize"),
      helm: has(node, "helm"),
      plugin: has(node, "plugin"),
      directory: { recurse: textOf(getIn(node, ["directory", "recurse"])) === "true" },
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
  const sorted = orderSync({
    targets: targets.filter(isChosen),
    prunes: prune
      ? (live ?? [])
          .filter(({ requiresPruning }) => requiresPruning === true)
          .map(toPrune)
          .filter(isChosen)
      : [],
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
  return { title, tasks: left, notes: [...rendered.notes, ...notes] };
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

function toPrune({ group = "", kind, name, namespace = "", syncWave }: LiveObject): SyncObject {
  const annotations = new Map(syncWave === undefined ? [] : [["argocd.argoproj.io/sync-wave", String(syncWave)]]);
  return { group, kind, name, namespace, annotations };
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
    ...{ phase, wave, group, kind, isHook, isPrune, deletePolicies },
    name: object.name || `${object.generateName ?? ""}…`,
    namespace: object.namespace === namespace ? undefined : object.namespace || undefined,
    status: found?.status ?? (live === undefined || isHook || node === undefined ? undefined : "Missing"),
    source: place && { uri: context.toUri(place.file.path), range: toRange({ ...place, end: place.start }) },
  };
}

/** An object without a namespace goes into that of the destination, or has none in the cluster either. */
function isSame(object: SyncObject, key: ObjectKey, namespace: string): boolean {
  if (object.kind !== key.kind || object.name !== key.name || object.group !== (key.group ?? "")) return false;
  return !key.namespace || key.namespace === (object.namespace || namespace);
}
