import { commands, Disposable, window } from "vscode";
import { type ComparedObject, compareObjectsRequest } from "../../../../server/src/protocol/compareObjects";
import type { RenderedBuild } from "../../../../server/src/protocol/renderedObjects";
import { chooseApplication, type Target } from "../../actions/chooseApplication";
import { askForCluster, chooseCluster } from "../../actions/chooseCluster";
import { type ChosenKustomization, chooseKustomization } from "../../actions/chooseKustomization";
import type { ComparisonView } from "../../actions/comparisonView";
import { renderObjects } from "../../actions/renderObjects";
import type { Reports } from "../../actions/reports";
import { sourcesOf } from "../../cluster/argocd/application";
import { loadComparisonSettings, unknownSettings } from "../../cluster/argocd/comparisonSettings";
import { toDeploying } from "../../cluster/argocd/deployingApplication";
import { destinationOf } from "../../cluster/argocd/destination";
import { type CompareOptions, compareWithCluster, type ObjectComparison } from "../../cluster/compareWithCluster";
import { keyOf } from "../../cluster/kubeObject";
import type { OpenCluster, OpenClusters } from "../../cluster/openClusters";
import type { LanguageServer } from "../../languageClient";
import type { RegisterCommand } from "../../platform/commands";
import { plainMessage } from "../../platform/plainMessage";
import { withProgress } from "../../platform/progress";
import { type ComparedSides, summarize, writeReport } from "./diffReport";

export interface LiveDiffOptions {
  readonly clusters: OpenClusters;
  readonly server: LanguageServer;
  readonly view: ComparisonView;
  readonly reports: Reports;
  readonly register: RegisterCommand;
}

/** What is compared with what. */
interface Task {
  readonly what: string;
  readonly cluster: OpenCluster;
  readonly builds: readonly RenderedBuild[];
  readonly namespace: string;
  /** Who deploys it, and what its Argo CD says. */
  readonly deployed?: Pick<CompareOptions, "application" | "knownAs" | "configuration"> | undefined;
  /** Some of its sources are not rendered here. */
  readonly isPartial?: boolean | undefined;
  readonly notes: readonly string[];
  readonly again: Again;
}

/** What it takes to compare once more without asking anything: the row of an Application, or a kustomization; and with which context. */
interface Again {
  readonly row?: { readonly type: "application"; readonly cluster: string; readonly key: string } | undefined;
  readonly chosen?: ChosenKustomization | undefined;
  readonly context: string;
}

const againCommand = "gitopsAuthor.diff.again";

/** Commands that compare what is rendered here with what runs. */
export function activateLiveDiff(options: LiveDiffOptions): Disposable {
  const { register, view } = options;
  return Disposable.from(
    register("gitopsAuthor.application.diff", (argument) => diffApplication(options, argument)),
    register("gitopsAuthor.overlays.diff", (argument) => diffOverlay(options, argument)),
    register(againCommand, async (argument) => {
      if (isAgain(argument)) await diffAgain(options, argument);
    }),
    register("gitopsAuthor.diff.goToSource", () => view.goToSource()),
  );
}

/** Only our own lens and message hand one over, within this window. */
function isAgain(argument: unknown): argument is Again {
  return typeof argument === "object" && argument !== null && "context" in argument;
}

async function diffAgain(options: LiveDiffOptions, { row, chosen, context }: Again): Promise<void> {
  const cluster = options.clusters.find(context);
  if (cluster === undefined) throw new Error(`The context '${context}' is not open any more. Open it and try again.`);
  if (row !== undefined) await diffApplication(options, row, cluster);
  if (chosen !== undefined) await diffKustomization(options, chosen, cluster);
}

async function diffApplication(options: LiveDiffOptions, argument: unknown, known?: OpenCluster): Promise<void> {
  const { clusters, server } = options;
  const target = await chooseApplication(clusters, argument);
  if (target === undefined) return;
  const { application } = target;
  const cluster = known ?? (await findDestination(target, clusters));
  if (cluster === undefined) return;
  const configuration = await withProgress(`Reading how ${application.metadata.name} is rendered`, (signal) =>
    loadComparisonSettings(target.cluster, application, signal),
  );
  const deploying = toDeploying(application, target.cluster.controlPlanes, configuration);
  const rendered = await renderObjects(server, { sources: sourcesOf(application.spec), application: deploying });
  await diff(options, {
    what: application.metadata.name,
    cluster,
    builds: rendered.builds,
    namespace: application.spec?.destination?.namespace || cluster.context.namespace,
    deployed: { application, knownAs: deploying.instanceName, configuration },
    isPartial: rendered.notRendered.length > 0,
    notes: [...rendered.notRendered, ...rendered.builds.flatMap(({ notes }) => notes)],
    again: {
      row: { type: "application", cluster: target.cluster.context.name, key: keyOf(application) },
      context: cluster.context.name,
    },
  });
}

/** Comparing with another cluster than that of the Application would show nothing that is true, so that the person says which it is. */
async function findDestination(
  { application, cluster: home }: Target,
  clusters: OpenClusters,
): Promise<OpenCluster | undefined> {
  const { cluster, problem, name } = destinationOf(application, home, clusters);
  if (cluster !== undefined) return cluster;
  if (name === undefined) throw new Error(`'${application.metadata.name}' cannot be compared. ${problem}`);
  return await askForCluster(clusters, `Which context is the cluster '${name}' of Argo CD?`);
}

async function diffOverlay(options: LiveDiffOptions, argument: unknown): Promise<void> {
  const title = "Diff Overlay with Cluster";
  const chosen = await chooseKustomization(options.server, argument, title);
  if (chosen === undefined) return;
  const cluster = await chooseCluster(options.clusters, title);
  if (cluster !== undefined) await diffKustomization(options, chosen, cluster);
}

async function diffKustomization(
  options: LiveDiffOptions,
  chosen: ChosenKustomization,
  cluster: OpenCluster,
): Promise<void> {
  const { name, namespace } = cluster.context;
  const { builds } = await renderObjects(options.server, { root: chosen.root });
  const again = { chosen, context: name };
  await diff(options, { what: chosen.label, cluster, builds, namespace, notes: [], again });
}

async function diff({ server, view, reports }: LiveDiffOptions, task: Task): Promise<void> {
  const { what, cluster, builds, namespace, deployed, isPartial } = task;
  const { name } = cluster.context;
  const comparisons = await withProgress(`Comparing ${what} with ${name}`, (signal) =>
    compareWithCluster(cluster.connection, builds, {
      ...{ namespace, ...deployed, isPartial, signal },
      ask: (parameters) => server.request<readonly ComparedObject[]>(compareObjectsRequest, parameters),
    }),
  );
  const isBlind = deployed !== undefined && deployed.configuration === undefined;
  const notes = isBlind && comparisons.some(differs) ? [...task.notes, unknownSettings] : task.notes;
  const differing = comparisons.filter(({ state }) => ["different", "onlyFiles", "onlyCluster"].includes(state));
  if (differing.length > 0) await view.show(`${what}: ${name} ↔ Files`, differing);
  tell({ reports }, task, { what, context: name, notes }, comparisons);
}

/** Says what was found; more of it, and another try where something could not be read, when the person wants it. */
function tell(
  { reports }: Pick<LiveDiffOptions, "reports">,
  { again }: Task,
  sides: ComparedSides,
  comparisons: readonly ObjectComparison[],
): void {
  const { what, context, notes } = sides;
  const isRestless = notes.length > 0 || comparisons.some(({ state, notes }) => isOpen(state) || notes.length > 0);
  const isUnread = comparisons.some(({ state }) => state === "unread");
  const hint = isRestless ? " There is more to know; see the details." : "";
  const [details, retry] = ["Show Details", "Try Again"];
  const show = isRestless ? window.showWarningMessage : window.showInformationMessage;
  const words = plainMessage(`${what} in ${context}: ${summarize(comparisons)}${hint}`);
  // Not awaited: the command is done whether someone closes the message or not.
  void show(words, details, ...(isUnread ? [retry] : [])).then(async (chosen) => {
    if (chosen === retry) await commands.executeCommand(againCommand, again);
    if (chosen !== details) return;
    const uri = reports.create(`${what} in ${context}`);
    const deed = { title: "$(refresh) Try Again", command: againCommand, arguments: [again] };
    await reports.show(uri, { text: writeReport(sides, comparisons), deeds: isUnread ? [deed] : [] });
  });
}

function isOpen(state: ObjectComparison["state"]): boolean {
  return state === "unknown" || state === "unread";
}

function differs({ state }: ObjectComparison): boolean {
  return state === "different";
}
