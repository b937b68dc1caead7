import { naturalOrder } from "../../../../server/src/protocol/naturalOrder";
import type { Connection } from "../connection";
import type { KubeObject } from "../kubeObject";
import { orAbsent } from "../orAbsent";
import type { Application } from "./application";
import { namesNamespace } from "./namespacePattern";
import { findWebInterface } from "./webInterface";

/** A namespace in which Argo CD keeps its configuration. */
export interface ControlPlane {
  readonly namespace: string;
  /** Where its web interface is, as its configuration says, else a Route or Ingress; `http` or `https`. */
  readonly url?: string | undefined;
  /** The other namespaces whose Applications it looks after, as its configuration says: globs, or `/regular expressions/`. */
  readonly applicationNamespaces?: readonly string[] | undefined;
}

/** A namespace with an Argo CD, or with Applications that an Argo CD elsewhere looks after. */
export interface ArgocdInstance {
  readonly namespace: string;
  readonly isControlPlane: boolean;
  readonly url?: string | undefined;
  /** How many Applications it holds. */
  readonly applications: number;
}

interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>> | undefined;
}

/** The ConfigMap in which an Argo CD keeps its configuration. */
export const configName = "argocd-cm";

/** Holds the options of its programs, which someone may be let read or not. */
const optionsName = "argocd-cmd-params-cm";

/**
 * Looks for the configuration of Argo CD (its ConfigMap `argocd-cm`): in the whole cluster, or in `namespaces` for someone who may not look
 * there. What nobody lets us read is not found; throws only when the cluster cannot be asked at all.
 */
export async function findControlPlanes(
  connection: Connection,
  namespaces: readonly string[],
  signal: AbortSignal,
): Promise<readonly ControlPlane[]> {
  const all = await orAbsent(async () => {
    const query = { fieldSelector: `metadata.name=${configName}` };
    const list = { path: "/api/v1/configmaps", query, signal };
    return (await connection.get<{ readonly items: readonly ConfigMap[] }>(list)).items;
  });
  if (all !== undefined) return await withDetails(connection, all.map(toControlPlane), signal);
  const found = await Promise.all(
    namespaces.map((namespace) => {
      const path = configMapPath(namespace, configName);
      return orAbsent(() => connection.get<ConfigMap>({ path, signal }));
    }),
  );
  const planes = found.filter((config) => config !== undefined).map(toControlPlane);
  return await withDetails(connection, planes, signal);
}

function configMapPath(namespace: string, name: string): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${name}`;
}

/** Where the configuration says no address, a Route or an Ingress may. Which Applications belong to whom matters only where there are several. */
function withDetails(
  connection: Connection,
  planes: readonly ControlPlane[],
  signal: AbortSignal,
): Promise<readonly ControlPlane[]> {
  return Promise.all(
    planes.map(async (plane) => {
      const [url, applicationNamespaces] = await Promise.all([
        plane.url ?? findWebInterface(connection, plane.namespace, signal),
        planes.length > 1 ? readApplicationNamespaces(connection, plane.namespace, signal) : undefined,
      ]);
      return { ...plane, url, ...(applicationNamespaces !== undefined && { applicationNamespaces }) };
    }),
  );
}

/**
 * The instances of a context, with the addresses that a person wrote down: by context, or by `context/namespace` where it has several. They count
 * more than what was found, and an instance that nobody lets us find is there by its address alone.
 */
export function withWrittenAddresses(
  controlPlanes: readonly ControlPlane[],
  context: string,
  addresses: Readonly<Record<string, string>>,
): readonly ControlPlane[] {
  const written = new Map(Object.entries(addresses).filter(([, url]) => isWebAddress(url)));
  const ofContext = written.get(context);
  const found = controlPlanes.map((plane) => {
    return { ...plane, url: written.get(`${context}/${plane.namespace}`) ?? ofContext ?? plane.url };
  });
  const others = [...written]
    .filter(([key]) => key.startsWith(`${context}/`))
    .map(([key, url]) => ({ namespace: key.slice(context.length + 1), url }))
    .filter(({ namespace }) => !controlPlanes.some((plane) => plane.namespace === namespace));
  const alone =
    found.length + others.length === 0 && ofContext !== undefined ? [{ namespace: "", url: ofContext }] : [];
  return [...found, ...others, ...alone];
}

/** The instances of a cluster with the numbers of their Applications, by name. */
export function instancesOf(
  controlPlanes: readonly ControlPlane[],
  applications: Iterable<Application>,
): readonly ArgocdInstance[] {
  const counts = new Map<string, number>(controlPlanes.map(({ namespace }) => [namespace, 0]));
  for (const { metadata } of applications) {
    const namespace = metadata.namespace ?? "";
    counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  }
  return [...counts]
    .map(([namespace, count]) => {
      const plane = controlPlanes.find((each) => each.namespace === namespace);
      return { namespace, isControlPlane: plane !== undefined, url: plane?.url, applications: count };
    })
    .sort((a, b) => naturalOrder(a.namespace, b.namespace));
}

async function readApplicationNamespaces(
  connection: Connection,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const path = configMapPath(namespace, optionsName);
  const options = await orAbsent(() => connection.get<ConfigMap>({ path, signal }));
  const patterns = (options?.data?.["application.namespaces"] ?? "").split(",").map((each) => each.trim());
  return options && patterns.filter(Boolean);
}

/**
 * The namespace of the Argo CD that looks after an Application: newer controllers write it into the status; else the one beside it,
 * the only one, or the only one whose configuration names its namespace. Nothing when it is not sure.
 */
export function controlNamespaceOf(
  { metadata, status }: Application,
  controlPlanes: readonly ControlPlane[],
): string | undefined {
  if (status?.controllerNamespace) return status.controllerNamespace;
  const { namespace = "" } = metadata;
  const all = controlPlanes.filter((plane) => plane.namespace !== "");
  if (all.some((plane) => plane.namespace === namespace)) return namespace;
  return (only(all) ?? only(all.filter((plane) => looksAfter(plane, namespace))))?.namespace;
}

function looksAfter({ applicationNamespaces = [] }: ControlPlane, namespace: string): boolean {
  return namesNamespace(applicationNamespaces, namespace);
}

/** The page of an Application in the web interface of the Argo CD that looks after it; nothing when no address is known for sure. */
export function pageOf(application: Application, controlPlanes: readonly ControlPlane[]): string | undefined {
  const { namespace = "", name } = application.metadata;
  const home = controlNamespaceOf(application, controlPlanes);
  const plane = controlPlanes.find((each) => each.namespace === home) ?? only(controlPlanes);
  const path = `applications/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
  return plane?.url && `${plane.url.replace(/\/+$/, "")}/${path}`;
}

function only<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

function toControlPlane({ metadata, data }: ConfigMap): ControlPlane {
  const url = data?.["url"]?.trim();
  return { namespace: metadata.namespace ?? "", url: url !== undefined && isWebAddress(url) ? url : undefined };
}

/** What a cluster says is opened in a browser: nothing but web pages. */
function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
