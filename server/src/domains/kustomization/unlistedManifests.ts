import { chartAround, holdsParts, isToFillIn } from "../../analysis/manifests";
import type { WorkspaceContext } from "../../analysis/rule";
import { isExcluded } from "../../analysis/settings";
import { isTemplated } from "../../analysis/templates";
import { baseName, isInside, parentPath, relativePath } from "../../platform/path";
import type { Kustomization } from "../../workspace/graph";
import type { Snapshot } from "../../workspace/snapshot";
import type { Definition, ObjectName } from "../../workspace/symbols";
import { getIn } from "../../yaml/node";
import { isDeployedAlone } from "./deployedPaths";
import { hasKustomizationName } from "./kustomizationFiles";

/** A file of objects that no kustomization lists, although the one around it could. */
export interface UnlistedManifest {
  readonly path: string;
  /** The first object of it. */
  readonly first: Definition;
  /** The nearest kustomization above it. */
  readonly kustomization: Kustomization;
  /** The kustomization lists other files of the same directory, or stands in it. */
  readonly isBesideListed: boolean;
  /** A comment of the kustomization names it. */
  readonly isInComment: boolean;
  /** It is a hook of Argo CD. */
  readonly isHook: boolean;
}

const known = new WeakMap<WorkspaceContext, readonly UnlistedManifest[]>();

/** The manifests that nothing deploys, as far as the workspace shows. Tests, samples, charts and what tools read are left alone. */
export function unlistedManifests(context: WorkspaceContext): readonly UnlistedManifest[] {
  let found = known.get(context);
  if (found === undefined) {
    found = findUnlisted(context);
    known.set(context, found);
  }
  return found;
}

/** The files that hold an object and that nothing lists, with the kustomization around each. */
export function findUnlistedObjects(
  snapshot: Snapshot,
  object: ObjectName,
): readonly Pick<UnlistedManifest, "path" | "kustomization">[] {
  const written = snapshot.symbols.definitionsOf({ object }).filter(({ isPatch }) => isPatch !== true);
  return [...new Set(written.map(({ place }) => place.file.path))].flatMap((path) => {
    const kustomization = kustomizationAround(snapshot, parentPath(path));
    const isListed = kustomization === undefined || snapshot.graph.includersOf(path).length > 0;
    return isListed || holdsParts(path) ? [] : [{ path, kustomization }];
  });
}

/** The objects, as `Kind/name`, that patches name and builds lack: what is said of the patch says enough of the file. */
function missedObjects({ builds }: WorkspaceContext): ReadonlySet<string> {
  const missed = new Set<string>();
  for (const { result } of builds) {
    for (const { code, data } of result.problems) {
      if (code === "kustomization/patch-target-not-found") missed.add(`${data?.["kind"]}/${data?.["name"]}`);
    }
  }
  return missed;
}

function findUnlisted(context: WorkspaceContext): readonly UnlistedManifest[] {
  const { snapshot, settings } = context;
  if (snapshot.graph.kustomizations.length === 0) return [];
  const missed = missedObjects(context);
  const listedIn = listedDirectories(snapshot);
  const found: UnlistedManifest[] = [];
  for (const path of snapshot.yamlFiles()) {
    if (snapshot.graph.includersOf(path).length > 0) continue;
    const first = snapshot.facts(path).definitions?.find(({ part }) => part === undefined);
    if (first === undefined || !isManifest(snapshot, path, first)) continue;
    if (missed.has(`${first.object.kind}/${first.object.name}`)) continue;
    const directory = parentPath(path);
    const kustomization = kustomizationAround(snapshot, directory);
    if (kustomization === undefined || isExcluded(settings, path) || isOfTool(snapshot, path)) continue;
    const use = mentionIn(snapshot, kustomization, path);
    if (use === "used" || isNamedBeside(snapshot, path) || isDeployedAlone(snapshot, path)) continue;
    const isBesideListed =
      directory === kustomization.root || listedIn.get(kustomization.root)?.has(directory) === true;
    found.push({
      path,
      first,
      kustomization,
      isBesideListed,
      isInComment: use === "comment",
      isHook: isHook(snapshot, path),
    });
  }
  return found;
}

/** The directories of which a kustomization lists files. */
function listedDirectories({ graph }: Snapshot): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    graph.kustomizations.map(({ root, references }) => [
      root,
      new Set(references.flatMap(({ target, field }) => (target && field === "resources" ? [parentPath(target)] : []))),
    ]),
  );
}

function kustomizationAround({ graph, folders }: Snapshot, directory: string): Kustomization | undefined {
  for (let at = directory; ; at = parentPath(at)) {
    const kustomization = graph.at(at);
    if (kustomization !== undefined || folders.includes(at) || at === "/") return kustomization;
  }
}

/** Folders of things that are not meant to be deployed as they are, and hidden ones, which tools read. */
const otherFolders =
  /\/(?:\.[^/]+|tests?|testdata|test-data|e2e|fixtures?|samples?|examples?|docs?|hack|templates?|vendor|node_modules)\//i;

/** Groups of files that look like manifests and are read by programs on a desk. */
const toolGroups =
  /(?:^|\.)(?:backstage\.io|x-k8s\.io|kuttl\.dev|kyverno\.io\/cli|ctlptl\.dev|k3d\.io|k0sproject\.io|talos\.dev|config\.k8s\.io|kubeadm\.k8s\.io)$|^skaffold$|^cli\.kyverno\.io$|^chainsaw\.kyverno\.io$|^eksctl\.io$|^kustomize\.config\.k8s\.io$|^builtin$/;

/** Kinds that are made by hand, one at a time; plain Secrets had better be. */
const madeByHand = new Set(["PipelineRun", "TaskRun", "CustomRun", "Config", "Template", "Secret"]);

function isManifest({ folders }: Snapshot, path: string, { object }: Definition): boolean {
  // Where the workspace itself lies says nothing.
  const folder = folders.find((each) => isInside(each, path)) ?? "/";
  if (hasKustomizationName(path) || otherFolders.test(`/${relativePath(folder, path)}`) || isToFillIn(path))
    return false;
  return !toolGroups.test(object.group) && !madeByHand.has(object.kind);
}

/** Whether a file is a part of a chart or a test, encrypted for a program, or text for a template. */
function isOfTool(snapshot: Snapshot, path: string): boolean {
  if (holdsParts(path) && !/patch/i.test(path)) return true;
  if (/[.-](?:enc|sops|encrypted|example|sample|bak|disabled)\.ya?ml$/i.test(path)) return true;
  const documents = snapshot.documents(path);
  if (documents.some((document) => isTemplated(document) || getIn(document.root, ["sops"]) !== undefined)) return true;
  const chart = chartAround(path) ?? parentPath(path);
  return [chart, parentPath(chart)].some((directory) => snapshot.lookUp(`${directory}/Chart.yaml`).kind === "file");
}

/** How the text of a kustomization names a file: in a way that its fields do not show, or in a comment. */
function mentionIn(snapshot: Snapshot, { root, file }: Kustomization, path: string): "used" | "comment" | undefined {
  const relative = relativePath(root, path);
  let mention: "comment" | undefined;
  for (const line of (snapshot.file(file)?.text ?? "").split("\n")) {
    if (!line.includes(relative)) continue;
    if (!/(?:^|\s)#/.test(line.slice(0, line.indexOf(relative)))) return "used";
    mention = "comment";
  }
  return mention;
}

/** Whether a file beside it names it: the configuration of a plugin, a list of secrets, a pipeline. */
function isNamedBeside(snapshot: Snapshot, path: string): boolean {
  const [directory, name] = [parentPath(path), baseName(path)];
  const beside = (snapshot.list(directory) ?? []).filter((each) => /\.ya?ml$/.test(each) && each !== name);
  return beside.some((each) => {
    if (hasKustomizationName(each)) return false;
    return snapshot.file(`${directory}/${each}`)?.text.includes(name) === true;
  });
}

function isHook(snapshot: Snapshot, path: string): boolean {
  return snapshot
    .documents(path)
    .some(({ root }) => getIn(root, ["metadata", "annotations", "argocd.argoproj.io/hook"]) !== undefined);
}
