import { commands, Disposable, ProgressLocation, type Uri, window } from "vscode";
import { type ComparedObject, compareObjectsRequest } from "../../../../server/src/protocol/compareObjects";
import type { RenderedObject } from "../../../../server/src/protocol/renderedObjects";
import type { RenderSubject } from "../../../../server/src/protocol/sourceOfApplication";
import { chooseCluster } from "../../actions/chooseCluster";
import { type ChosenKustomization, chooseKustomization } from "../../actions/chooseKustomization";
import type { ComparisonView } from "../../actions/comparisonView";
import { confirmProtected } from "../../actions/permission";
import { renderObjects } from "../../actions/renderObjects";
import type { Reports } from "../../actions/reports";
import { describeMissing } from "../../cluster/accessReview";
import { type ApplyPlan, planApply } from "../../cluster/applyPlan";
import { type ApplyResult, isOpen, runApply } from "../../cluster/applyRun";
import { systemClock } from "../../cluster/clock";
import { compareObserved } from "../../cluster/compareWithCluster";
import type { KubeObject } from "../../cluster/kubeObject";
import { objectName } from "../../cluster/objectName";
import type { OpenCluster, OpenClusters } from "../../cluster/openClusters";
import { describeTooLarge } from "../../cluster/wholeNumbers";
import { readSettings } from "../../configuration";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { plainMessage } from "../../platform/plainMessage";
import { signalOf, withProgress } from "../../platform/progress";
import { type ApplySubject, countStates, writeApplyReport } from "./applyWords";
import { askApply, askForce } from "./askApply";

export interface ApplyFeatureOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly view: ComparisonView;
  readonly reports: Reports;
  readonly register: RegisterCommand;
}

/** A rendered object, parsed. */
interface Item extends Pick<RenderedObject, "source"> {
  readonly object: KubeObject;
  /** A whole number in it that was lost when it was parsed. */
  readonly tooLarge?: string | undefined;
}

/** What is applied where. */
interface Task {
  readonly chosen: ChosenKustomization;
  readonly context: string;
  readonly report: Uri;
  /** Of former tries: what became of each object, by its key. */
  readonly results: ReadonlyMap<string, ApplyResult<Item>>;
}

type Results = readonly ApplyResult<Item>[];

const retryCommand = "gitopsAuthor.apply.retry";

/** The commands that apply a kustomization to a cluster (`kubectl apply -k`, on the server), after a look at what it would change. */
export function activateApply(options: ApplyFeatureOptions): Disposable {
  const { clusters, server, register, reports } = options;
  return Disposable.from(
    register("gitopsAuthor.overlays.apply", async (argument) => {
      const title = "Apply Overlay to Cluster";
      const chosen = await chooseKustomization(server, argument, title);
      if (chosen === undefined) return;
      const cluster = await chooseCluster(clusters, title);
      if (cluster === undefined) return;
      const context = cluster.context.name;
      const report = reports.create(`Apply ${chosen.label} to ${context}`);
      await apply(options, { chosen, context, report, results: new Map() });
    }),
    register(retryCommand, async (argument) => {
      if (isTask(argument)) await apply(options, argument);
    }),
  );
}

/** Only our own lens and message hand one over, within this window. */
function isTask(argument: unknown): argument is Task {
  return typeof argument === "object" && argument !== null && "results" in argument && argument.results instanceof Map;
}

async function apply(options: ApplyFeatureOptions, asked: Task): Promise<void> {
  const { clusters, server } = options;
  const cluster = clusters.find(asked.context);
  if (cluster === undefined)
    throw new Error(`The context '${asked.context}' is not open any more. Open it and try again.`);
  const subject: ApplySubject = { what: asked.chosen.label, context: asked.context };
  const { builds } = await renderObjects(server, { root: asked.chosen.root });
  const rendered = builds
    .flatMap(({ objects }) => objects)
    .map(
      ({ json, source }): Item => ({
        object: JSON.parse(json) as KubeObject,
        source,
        tooLarge: describeTooLarge(json),
      }),
    );
  const task = stillRendered(asked, rendered);
  const items = rendered.filter((item) => isDue(item, task));
  if (items.length === 0) throw new Error(`'${subject.what}' renders no object that is left to apply.`);

  const plan = await withProgress(`Dry run of ${subject.what} in ${subject.context}`, (signal) =>
    planApply(cluster.connection, items, {
      objectOf: ({ object }) => object,
      refuse: ({ tooLarge }) =>
        tooLarge &&
        `It holds ${tooLarge}, which would lose digits on its way; apply this object with kubectl apply --server-side.`,
      namespace: cluster.context.namespace,
      signal,
    }),
  );
  needAll(plan);
  if (plan.objects.every(({ state }) => state === "unchanged")) {
    if (task.results.size > 0) await finish(options, task, subject, plan.objects.flatMap(toUntouched));
    const count = plan.objects.length === 1 ? "The object is" : `All ${plan.objects.length} objects are`;
    const words = `Nothing to apply. ${count} in ${subject.context} as ${subject.what} says.`;
    void window.showInformationMessage(plainMessage(words));
    return;
  }
  if (plan.objects.every(({ state }) => state === "unchanged" || state === "failed")) {
    // Nothing to choose from; the report says what is wrong.
    await finish(options, task, subject, plan.objects.flatMap(toUntouched));
    return;
  }
  const show = (): Promise<void> => showDifferences(options, subject, { root: task.chosen.root }, plan);
  const chosen = await askApply(subject, plan, show);
  if (chosen === undefined || chosen.length === 0) return;
  const force = await askForce(chosen);
  await confirmProtected({ cluster }, `apply ${subject.what}`, readSettings().cluster.protected);
  const rest = plan.objects.filter((planned) => !chosen.includes(planned));
  const results = await run(cluster, subject, chosen, force);
  await finish(options, task, subject, [...results, ...rest.flatMap(toUntouched)]);
}

/** The result of an object that is not sent: nothing is to be done, or nothing can be. What the person left out has none. */
function toUntouched(planned: ApplyResult<Item>["planned"]): Results {
  const { state, message } = planned;
  return state === "unchanged" || state === "failed" ? [{ planned, state, message, warnings: [] }] : [];
}

/** What a former try brought to its end is not looked at again; what came into the files since then is. */
function isDue({ object }: Item, { results }: Task): boolean {
  const former = results.get(keyOf(object));
  return former === undefined || isOpen(former);
}

/** What of former tries still holds: a failed object that nobody renders any more is of no interest. */
function stillRendered(task: Task, rendered: readonly Item[]): Task {
  const keys = new Set(rendered.map(({ object }) => keyOf(object)));
  const results = [...task.results].filter(([key, result]) => keys.has(key) || !isOpen(result));
  return { ...task, results: new Map(results) };
}

/** As the files say it. */
function keyOf({ apiVersion, kind, metadata }: KubeObject): string {
  return JSON.stringify([apiVersion, kind, metadata.namespace ?? "", metadata.name]);
}

function needAll({ missing }: ApplyPlan<Item>): void {
  if (missing.length === 0) return;
  throw new Error(`${missing.map(({ right }) => describeMissing(right)).join(" ")} Nothing was changed.`);
}

async function showDifferences(
  { server, view }: ApplyFeatureOptions,
  { what, context }: ApplySubject,
  rendered: RenderSubject,
  plan: ApplyPlan<Item>,
): Promise<void> {
  const observed = plan.objects.map(({ item, object, live, predicted }) => {
    return { written: object, live, predicted, subject: rendered, source: item.source };
  });
  const comparisons = await compareObserved(observed, {
    ask: (parameters) => server.request<readonly ComparedObject[]>(compareObjectsRequest, parameters),
  });
  await view.show(
    `${what}: ${context} ↔ Files`,
    comparisons.filter(({ state }) => state !== "same"),
  );
}

async function run(
  { connection, context }: OpenCluster,
  { what }: ApplySubject,
  chosen: ApplyPlan<Item>["objects"],
  force: boolean,
): Promise<Results> {
  const title = plainMessage(`Applying ${what} to ${context.name}`);
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  return await window.withProgress(options, (progress, token) => {
    const step = 100 / chosen.length;
    return runApply(connection, chosen, {
      // What came into conflict only since the plan was shown has to be looked at first.
      force: ({ conflicts }) => force && conflicts.length > 0,
      clock: systemClock,
      signal: signalOf(token),
      onResult: ({ planned }, done) => {
        const message = `${objectName(planned.object)} (${done} of ${chosen.length})`;
        progress.report({ message, increment: step });
      },
    });
  });
}

/** Writes the report, with the results of former tries that still hold, and says how it went. */
async function finish(
  { reports }: ApplyFeatureOptions,
  task: Task,
  subject: ApplySubject,
  results: Results,
): Promise<void> {
  const all = new Map(task.results);
  for (const result of results) all.set(keyOf(result.planned.item.object), result);
  const open = [...all.values()].filter(isOpen).length;
  const next: Task = { ...task, results: all };
  const retry = `Retry ${open === 1 ? "1 Object" : `${open} Objects`}`;
  const deeds = open === 0 ? [] : [{ title: `$(refresh) ${retry}`, command: retryCommand, arguments: [next] }];
  await reports.show(task.report, { text: writeApplyReport(subject, [...all.values()]), deeds });
  const counts = countStates(results.map(({ state }) => state));
  const words = plainMessage(`${subject.what} applied to ${subject.context}: ${counts}.`);
  if (open === 0) {
    void window.showInformationMessage(words);
    return;
  }
  // Not awaited: the command is done whether someone closes the message or not.
  void window.showErrorMessage(`${words} The report says why.`, retry).then((chosen) => {
    if (chosen === retry) void commands.executeCommand(retryCommand, next);
  });
}
