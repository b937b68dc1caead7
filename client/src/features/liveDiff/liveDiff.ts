import { Disposable, window } from "vscode";
import { type ComparedObject, compareObjectsRequest } from "../../../../server/src/protocol/compareObjects";
import type { RenderedBuild } from "../../../../server/src/protocol/renderedObjects";
import { chooseApplication, type Target } from "../../actions/chooseApplication";
import { askForCluster, chooseCluster } from "../../actions/chooseCluster";
import { chooseKustomization } from "../../actions/chooseKustomization";
import type { ComparisonView } from "../../actions/comparisonView";
import { renderObjects } from "../../actions/renderObjects";
import type { Reports } from "../../actions/reports";
import { sourcesOf } from "../../cluster/argocd/application";
import { loadComparisonSettings, unknownSettings } from "../../cluster/argocd/comparisonSettings";
import { toDeploying } from "../../cluster/argocd/deployingApplication";
import { destinationOf } from "../../cluster/argocd/destination";
import { type CompareOptions, compareWithCluster, type ObjectComparison } from "../../cluster/compareWithCluster";
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
}

/** Commands that compare what is rendered here with what runs. */
export function activateLiveDiff(options: LiveDiffOptions): Disposable {
  const { register, view } = options;
  return Disposable.from(
    register("gitopsAuthor.application.diff", (argument) => diffApplication(options, argument)),
    register("gitopsAuthor.overlays.diff", (argument) => diffOverlay(options, argument)),
    register("gitopsAuthor.diff.goToSource", () => view.goToSource()),
  );
}

async function diffApplication(options: LiveDiffOptions, argument: unknown): Promise<void> {
  const { clusters, server } = options;
  const target = await chooseApplication(clusters, argument);
  if (target === undefined) return;
  const { application } = target;
  const cluster = await findDestination(target, clusters);
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
  if (cluster === undefined) return;
  const { builds } = await renderObjects(options.server, { root: chosen.root });
  await diff(options, { what: chosen.label, cluster, builds, namespace: cluster.context.namespace, notes: [] });
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
  const sides: ComparedSides = { what, context: name, notes };
  const isRestless = notes.length > 0 || comparisons.some((each) => each.state === "unknown" || each.notes.length > 0);
  const hint = isRestless ? " There is more to know; see the details." : "";
  const details = "Show Details";
  const tell = isRestless ? window.showWarningMessage : window.showInformationMessage;
  // Not awaited: the command is done whether someone closes the message or not.
  void tell(plainMessage(`${what} in ${name}: ${summarize(comparisons)}${hint}`), details).then(async (chosen) => {
    if (chosen !== details) return;
    const uri = reports.create(`${what} in ${name}`);
    await reports.show(uri, { text: writeReport(sides, comparisons) });
  });
}

function differs({ state }: ObjectComparison): boolean {
  return state === "different";
}
