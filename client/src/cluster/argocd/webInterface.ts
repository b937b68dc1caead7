import type { Connection } from "../connection";
import type { KubeObject } from "../kubeObject";
import { orAbsent } from "../orAbsent";

interface Route extends KubeObject {
  readonly spec?: {
    readonly host?: string;
    readonly path?: string;
    readonly to?: { readonly name?: string };
    readonly tls?: unknown;
  };
}

interface Ingress extends KubeObject {
  readonly spec?: {
    readonly tls?: readonly { readonly hosts?: readonly string[] }[];
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: {
        readonly paths?: readonly {
          readonly path?: string;
          readonly backend?: { readonly service?: { readonly name?: string } };
        }[];
      };
    }[];
  };
}

/**
 * The address of the web interface of the Argo CD in a namespace, as a Route of OpenShift or an Ingress gives it to the Service of its server.
 * Nothing when there is none, or none that the person may look at.
 */
export async function findWebInterface(
  connection: Connection,
  namespace: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const within = `namespaces/${encodeURIComponent(namespace)}`;
  const routes = await list<Route>(connection, `/apis/route.openshift.io/v1/${within}/routes`, signal);
  const ofRoute = routes.map((route) => addressOfRoute(route, namespace)).find(isAddress);
  if (ofRoute !== undefined) return ofRoute;
  const ingresses = await list<Ingress>(connection, `/apis/networking.k8s.io/v1/${within}/ingresses`, signal);
  return ingresses.map((ingress) => addressOfIngress(ingress, namespace)).find(isAddress);
}

function addressOfRoute({ metadata, spec }: Route, namespace: string): string | undefined {
  if (!spec?.host || !isServerOfArgocd(spec.to?.name, metadata, namespace)) return undefined;
  return `${spec.tls === undefined ? "http" : "https"}://${spec.host}${pathOf(spec.path)}`;
}

function addressOfIngress({ metadata, spec }: Ingress, namespace: string): string | undefined {
  for (const { host, http } of spec?.rules ?? []) {
    if (!host || host.startsWith("*")) continue;
    const path = http?.paths?.find(({ backend }) => isServerOfArgocd(backend?.service?.name, metadata, namespace));
    // An entry without hosts is for all of them.
    const isSafe = spec?.tls?.some(({ hosts = [] }) => hosts.length === 0 || hosts.includes(host)) === true;
    if (path !== undefined) return `${isSafe ? "https" : "http"}://${host}${pathOf(path.path)}`;
  }
  return undefined;
}

/** `argocd-server` upstream, with a release before it from the chart, and `openshift-gitops-server` from the operator, whose labels say what it is. */
function isServerOfArgocd(service: string | undefined, { labels }: KubeObject["metadata"], namespace: string): boolean {
  if (service === undefined) return false;
  if (/(?:^|-)argocd-server$/.test(service) || service === `${namespace}-server`) return true;
  return service.endsWith("-server") && labels?.["app.kubernetes.io/part-of"] === "argocd";
}

/** Regular expressions of some ingress controllers are no path that a browser could open. */
function pathOf(path: string | undefined): string {
  return path === undefined || !/^\/[\w./-]*$/.test(path) ? "" : path.replace(/\/+$/, "");
}

function isAddress(address: string | undefined): address is string {
  return address !== undefined && URL.canParse(address);
}

async function list<T>(connection: Connection, path: string, signal: AbortSignal): Promise<readonly T[]> {
  const found = await orAbsent(() => connection.get<{ readonly items?: readonly T[] }>({ path, signal }));
  return found?.items ?? [];
}
