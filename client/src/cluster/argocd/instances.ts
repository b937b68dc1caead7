import type { Connection } from "../connection";
import type { KubeObject } from "../kubeObject";
import { orAbsent } from "../orAbsent";
import type { Application } from "./application";
import { findWebInterface } from "./webInterface";

/** A namespace in which Argo CD keeps its configuration. */
export interface ControlPlane {
  readonly namespace: string;
  /** Where its web interface is, as its configuration says, else a Route or Ingress; `http` or `https`. */
  readonly url?: string | undefined;
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

const configName = "argocd-cm";

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
  if (all !== undefined) return await withAddresses(connection, all.map(toControlPlane), signal);
  const found = await Promise.all(
    namespaces.map((namespace) => {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${configName}`;
      return orAbsent(() => connection.get<ConfigMap>({ path, signal }));
    }),
  );
  const planes = found.filter((config) => config !== undefined).map(toControlPlane);
  return await withAddresses(connection, planes, signal);
}

/** Where the configuration says no address, a Route or an Ingress may. */
function withAddresses(
  connection: Connection,
  planes: readonly ControlPlane[],
  signal: AbortSignal,
): Promise<readonly ControlPlane[]> {
  return Promise.all(
    planes.map(async (plane) => {
      if (plane.url !== undefined) return plane;
      return { ...plane, url: await findWebInterface(connection, plane.namespace, signal) };
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
    .sort((a, b) => (a.namespace < b.namespace ? -1 : 1));
}

/** The page of an Application in the web interface of the Argo CD that looks after it; nothing when no address is known for sure. */
export function pageOf({ metadata }: Application, controlPlanes: readonly ControlPlane[]): string | undefined {
  const { namespace = "", name } = metadata;
  const plane = controlPlanes.find((each) => each.namespace === namespace) ?? only(controlPlanes);
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
