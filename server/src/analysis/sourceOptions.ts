import { type Application, argocdGroup } from "../argocd/application";
import { overrideFiles, overrideSource, withPlaces } from "../argocd/sourceOverrides";
import { joinPath } from "../platform/path";
import type { DeployingApplication, SourceOfApplication } from "../protocol/sourceOfApplication";
import type { Snapshot } from "../workspace/snapshot";
import { goJsonText } from "../yaml/goJsonText";
import { getValue, type Mapping, type Node, textOf } from "../yaml/node";
import { readDocuments } from "../yaml/read";
import type { Place } from "../yaml/source";
import type { FeatureContext } from "./feature";
import { applicationsIn } from "./writtenApplications";

/** A source with the ways in which it can make manifests. */
export interface OptionedSource extends SourceOfApplication {
  /** The source as a file says it; then what stands above counts for nothing. */
  readonly node?: Mapping | undefined;
}

/** What a source says of how it is rendered, each value with the place that says it. */
export interface SourceOptions {
  /** The source, or at least its options. */
  readonly source: Mapping;
  /** Why Argo CD cannot read it, a sentence each. */
  readonly failures: readonly string[];
}

/** What a cluster alone says has no file; the path of its places begins with this, and no path of a file does. */
const clusterPath = "Application ";

/** Whether a place is in no file, but in an Application that only a cluster has so. */
export function isInCluster({ file }: Place): boolean {
  return file.path.startsWith(clusterPath);
}

/** Who says a value that no file of the workspace says, as a sentence. */
export function describeInCluster({ file }: Place): string {
  return `The ${file.path} sets this in the cluster, under spec.source; no file of the workspace says it.`;
}

/**
 * The options of a source: those of the Application, changed by the files that lie beside the manifests. What a cluster says has the place of
 * the same value in a file of the workspace where there is one.
 */
export async function loadSourceOptions(
  source: OptionedSource,
  application: DeployingApplication,
  directory: string,
  context: Pick<FeatureContext, "snapshot" | "load">,
): Promise<SourceOptions> {
  const own = source.node ?? liveOptions(source, application, context.snapshot);
  let merged = own ?? nothing;
  const failures = own === undefined ? ["What the Application says of the source cannot be read."] : [];
  const names = overrideFiles(application.instanceName ?? application.name);
  const paths = names.map((name) => joinPath(directory, name));
  const pending = paths.filter((path) => context.snapshot.lookUp(path).kind === "pending");
  const snapshot = pending.length === 0 ? context.snapshot : await context.load(pending);
  for (const [i, path] of paths.entries()) {
    const found = snapshot.lookUp(path);
    if (found.kind !== "file") continue;
    const [document] = readDocuments(found.source);
    const root = document?.root;
    if (root?.kind === "mapping" && document?.problems.length === 0) merged = overrideSource(merged, root);
    else if (root !== undefined || document?.problems.length) failures.push(`'${names[i]}' cannot be read as YAML.`);
  }
  return { source: merged, failures };
}

function liveOptions(
  source: OptionedSource,
  application: DeployingApplication,
  snapshot: Snapshot,
): Mapping | undefined {
  const { kustomize, helm, plugin, directory } = source;
  const text = JSON.stringify({ kustomize, helm, plugin, directory }, undefined, 2);
  const [document] = readDocuments({ path: `${clusterPath}'${application.name}'`, text });
  const live = document?.root;
  if (live?.kind !== "mapping") return undefined;
  const written = writtenSource(source, application, snapshot);
  const placed = withPlaces(live, written, (a, b) => goJsonText(a, "") === goJsonText(b, ""));
  return placed.kind === "mapping" ? placed : live;
}

const nothing: Mapping = {
  kind: "mapping",
  entries: [],
  origin: { place: { file: { path: clusterPath, text: "" }, start: 0, end: 0 } },
};

/** The same source in a file that defines the Application. */
function writtenSource(
  source: SourceOfApplication,
  application: DeployingApplication,
  snapshot: Snapshot,
): Node | undefined {
  const isIt = ({ name, namespace }: Application): boolean =>
    textOf(name) === application.name &&
    (namespace === undefined || application.home === undefined || textOf(namespace) === application.home);
  if (snapshot.symbols.objectsOf(argocdGroup, "Application").length === 0) return undefined;
  for (const { sources } of applicationsIn(snapshot).filter(isIt)) {
    const same = sources.filter(({ path }) => (textOf(path) ?? "") === (source.path ?? ""));
    const found = same.find(({ repoUrl }) => textOf(repoUrl) === source.repoURL) ?? same[0];
    if (found !== undefined) return found.node;
  }
  return undefined;
}

/** A field of options that holds a mapping. */
export function optionOf({ source }: SourceOptions, field: string): Mapping | undefined {
  const value = getValue(source, field);
  return value?.kind === "mapping" ? value : undefined;
}
