import { getValue, type Mapping, type Node, type Scalar, textOf } from "../yaml/node";

/** An Application as its manifest says it: every part with its node, so that a finding can point at it. */
export interface Application {
  /** The object; of an ApplicationSet its template, which has metadata and a spec just so. */
  readonly node: Mapping;
  readonly name: Scalar | undefined;
  readonly namespace: Scalar | undefined;
  readonly spec: Mapping;
  readonly project: Scalar | undefined;
  /** What is deployed: the items of `sources` where there are any, else the one `source`, as Argo CD chooses. */
  readonly sources: readonly ApplicationSource[];
  readonly destination: Destination | undefined;
  readonly syncPolicy: Mapping | undefined;
  /** A source that is rendered into a branch of its own before it is deployed; the others are ignored then. */
  readonly sourceHydrator: Mapping | undefined;
}

/** One place that manifests come from. Empty texts count as absent, as they do in Argo CD. */
export interface ApplicationSource {
  readonly node: Mapping;
  /** JSON pointer from the Application, for example `/spec/sources/0`. */
  readonly pointer: string;
  readonly isOneOfSeveral: boolean;
  readonly repoUrl: Scalar | undefined;
  readonly path: Scalar | undefined;
  readonly targetRevision: Scalar | undefined;
  readonly chart: Scalar | undefined;
  readonly ref: Scalar | undefined;
  readonly name: Scalar | undefined;
}

/** Where an Application is deployed to. */
export interface Destination {
  readonly node: Mapping;
  readonly server: Scalar | undefined;
  readonly name: Scalar | undefined;
  readonly namespace: Scalar | undefined;
}

/** The API group of Argo CD's kinds. */
export const argocdGroup = "argoproj.io";

/** Whether an object is of one of Argo CD's kinds: of that group are also Workflows, Rollouts and others. */
export function isArgocdKind(node: Node | undefined, kind: "Application" | "AppProject" | "ApplicationSet"): boolean {
  return (
    textOf(getValue(node, "kind")) === kind &&
    (textOf(getValue(node, "apiVersion")) ?? "").startsWith(`${argocdGroup}/`)
  );
}

const viewOf = new WeakMap<Mapping, Application>();

/** The Application that an object is; `undefined` when it is something else, or has no spec. Works on rendered objects as well. */
export function findApplication(node: Node | undefined): Application | undefined {
  return node?.kind === "mapping" && isArgocdKind(node, "Application") ? viewApplication(node) : undefined;
}

/** The Application that an ApplicationSet makes for each of its parameters, with their names still in it. */
export function findTemplate(applicationSet: Node | undefined): Application | undefined {
  if (!isArgocdKind(applicationSet, "ApplicationSet")) return undefined;
  const template = getValue(getValue(applicationSet, "spec"), "template");
  return template?.kind === "mapping" ? viewApplication(template) : undefined;
}

function viewApplication(node: Mapping): Application | undefined {
  const known = viewOf.get(node);
  if (known !== undefined) return known;
  const spec = mappingAt(node, "spec");
  if (spec === undefined) return undefined;
  const metadata = getValue(node, "metadata");
  const view: Application = {
    node,
    name: textAt(metadata, "name"),
    namespace: textAt(metadata, "namespace"),
    spec,
    project: textAt(spec, "project"),
    sources: sourcesOf(spec),
    destination: destinationOf(spec),
    syncPolicy: mappingAt(spec, "syncPolicy"),
    sourceHydrator: mappingAt(spec, "sourceHydrator"),
  };
  viewOf.set(node, view);
  return view;
}

/** `ApplicationSpec.GetSources` of argo-cd `pkg/apis/application/v1alpha1/types.go`: several win over the one. */
function sourcesOf(spec: Mapping): readonly ApplicationSource[] {
  const several = getValue(spec, "sources");
  if (several?.kind === "sequence" && several.items.length > 0) {
    return several.items.flatMap((item, i) =>
      item.kind === "mapping" ? [viewSource(item, `/spec/sources/${i}`, true)] : [],
    );
  }
  const source = mappingAt(spec, "source");
  return source === undefined ? [] : [viewSource(source, "/spec/source", false)];
}

function viewSource(node: Mapping, pointer: string, isOneOfSeveral: boolean): ApplicationSource {
  const at = (field: string): Scalar | undefined => textAt(node, field);
  return {
    node,
    pointer,
    isOneOfSeveral,
    repoUrl: at("repoURL"),
    path: at("path"),
    targetRevision: at("targetRevision"),
    chart: at("chart"),
    ref: at("ref"),
    name: at("name"),
  };
}

function destinationOf(spec: Mapping): Destination | undefined {
  const node = mappingAt(spec, "destination");
  if (node === undefined) return undefined;
  return {
    node,
    server: textAt(node, "server"),
    name: textAt(node, "name"),
    namespace: textAt(node, "namespace"),
  };
}

function mappingAt(node: Node | undefined, field: string): Mapping | undefined {
  const value = getValue(node, field);
  return value?.kind === "mapping" ? value : undefined;
}

/** A value that is not empty. */
function textAt(node: Node | undefined, field: string): Scalar | undefined {
  const value = getValue(node, field);
  return value?.kind === "scalar" && value.tag !== "null" && value.text !== "" ? value : undefined;
}
