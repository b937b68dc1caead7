import { objectsWithin } from "../../analysis/objectsWithin";
import type { WorkspaceContext } from "../../analysis/rule";
import { isTemplated } from "../../analysis/templates";
import { parentPath } from "../../platform/path";
import type { Schemas } from "../../schema/schemas";
import type { Snapshot } from "../../workspace/snapshot";
import { getIn, getValue, type Mapping, type Node, textOf } from "../../yaml/node";
import type { DeployedApplication, DeployedSource } from "./deployedApplications";

/** An object that a source of an Application deploys. */
export interface SourceObject {
  readonly node: Mapping;
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  /** As rendered; Argo CD puts an object without one into the namespace of the destination. */
  readonly namespace: string | undefined;
  /** Absent for kinds that nobody knows. */
  readonly scope: "Cluster" | "Namespaced" | undefined;
}

/** By build, so that what did not change is not looked at again with the next keystroke; else by source. */
const known = new WeakMap<object, { readonly schemas: Schemas; readonly objects: readonly SourceObject[] }>();

/**
 * The objects that a source deploys, as far as they can be told: of a kustomization those that it renders, of a directory those in its
 * files. `undefined` when not all are known: the source is elsewhere or a chart, its build is not complete, or options change the objects.
 */
function objectsOfSource(context: WorkspaceContext, source: DeployedSource): readonly SourceObject[] | undefined {
  const { directory, build, isCurrent } = source;
  if (directory === undefined || !isCurrent || changesObjects(source)) return undefined;
  if (context.snapshot.lookUp(directory).kind !== "directory") return undefined;
  if (build !== undefined && !build.result.complete) return undefined;
  const { schemas } = context.snapshot;
  const key = build?.result ?? source;
  const last = known.get(key);
  if (last?.schemas === schemas) return last.objects;
  const nodes =
    build === undefined
      ? readDirectory(context.snapshot, source, directory)
      : build.result.resources.map(({ node }) => node);
  if (nodes === undefined) return undefined;
  const objects = nodes.flatMap((node) => viewObject(node, schemas) ?? []);
  known.set(key, { schemas, objects });
  return objects;
}

/** The objects of all sources of an Application; `undefined` when those of one are not known. */
export function objectsOfApplication(
  context: WorkspaceContext,
  { sources }: DeployedApplication,
): readonly SourceObject[] | undefined {
  const objects: SourceObject[] = [];
  for (const source of sources) {
    const { ref, path } = source.source;
    if (ref !== undefined && path === undefined) continue;
    const own = objectsOfSource(context, source);
    if (own === undefined) return undefined;
    objects.push(...own);
  }
  return objects;
}

/** Options of Argo CD that make other objects of those that are rendered. */
function changesObjects({ source }: DeployedSource): boolean {
  if (getValue(source.node, "plugin") !== undefined || getValue(source.node, "helm") !== undefined) return true;
  const kustomize = getValue(source.node, "kustomize");
  const fields = ["namePrefix", "nameSuffix", "namespace", "patches", "components"];
  return fields.some((field) => getValue(kustomize, field) !== undefined);
}

/** The manifests of a plain directory; `undefined` when it is none. */
function readDirectory(
  snapshot: Snapshot,
  { source }: DeployedSource,
  directory: string,
): readonly Mapping[] | undefined {
  const options = getValue(source.node, "directory");
  if (["include", "exclude", "jsonnet"].some((field) => getValue(options, field) !== undefined)) return undefined;
  if (snapshot.lookUp(`${directory}/Chart.yaml`).kind === "file" || snapshot.graph.at(directory) !== undefined)
    return undefined;
  const isDeep = textOf(getValue(options, "recurse")) === "true";
  const nodes: Mapping[] = [];
  for (const path of filesOf(snapshot, directory, isDeep)) {
    for (const document of snapshot.documents(path)) {
      if (document.problems.length > 0 || isTemplated(document)) return undefined;
      for (const node of document.root === undefined ? [] : objectsWithin(document.root)) {
        if (node.kind === "mapping") nodes.push(node);
      }
    }
  }
  return nodes;
}

const filesByDirectory = new WeakMap<Snapshot, ReadonlyMap<string, readonly string[]>>();

function filesOf(snapshot: Snapshot, directory: string, isDeep: boolean): readonly string[] {
  let byDirectory = filesByDirectory.get(snapshot);
  if (byDirectory === undefined) {
    const lists = new Map<string, string[]>();
    for (const path of snapshot.yamlFiles()) {
      const parent = parentPath(path);
      const list = lists.get(parent);
      if (list === undefined) lists.set(parent, [path]);
      else list.push(path);
    }
    byDirectory = lists;
    filesByDirectory.set(snapshot, byDirectory);
  }
  if (!isDeep) return byDirectory.get(directory) ?? [];
  return [...byDirectory]
    .filter(([each]) => each === directory || each.startsWith(`${directory}/`))
    .flatMap(([, list]) => list);
}

function viewObject(node: Mapping, schemas: Schemas): SourceObject | undefined {
  const apiVersion = textOf(getValue(node, "apiVersion"));
  const kind = textOf(getValue(node, "kind"));
  const name = textOf(getIn(node, ["metadata", "name"]));
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  const slash = apiVersion.indexOf("/");
  const group = slash < 0 ? "" : apiVersion.slice(0, slash);
  const namespace = textOf(getIn(node, ["metadata", "namespace"])) || undefined;
  return { node, group, kind, name, namespace, scope: schemas.find(apiVersion, kind)?.scope };
}

/** The node at which a finding about an object stands: where its name is written. */
export function nameNode({ node }: SourceObject): Node {
  return getIn(node, ["metadata", "name"]) ?? node;
}
