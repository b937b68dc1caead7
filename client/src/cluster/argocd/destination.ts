import type { OpenCluster, OpenClusters } from "../openClusters";
import type { Application } from "./application";

/** The cluster into which an Application deploys, or a sentence on why it cannot be looked at. */
export type Destination =
  | { readonly cluster: OpenCluster; readonly problem?: undefined; readonly name?: undefined }
  | {
      readonly cluster?: undefined;
      readonly problem: string;
      /** How Argo CD calls the cluster, when it is all that is known. */
      readonly name?: string | undefined;
    };

/** How an Argo CD calls the cluster in which it runs. */
const ownServer = /^https:\/\/kubernetes\.default(\.svc(\.cluster\.local)?)?(:443)?\/?$/;
const ownName = "in-cluster";

/**
 * Finds the cluster into which an Application deploys: that of its Argo CD, or one of the open contexts with the same server. The name that an
 * Argo CD gives to a cluster is its own; only it knows the server behind it.
 */
export function destinationOf(
  { spec }: Application,
  home: OpenCluster,
  { all }: Pick<OpenClusters, "all">,
): Destination {
  const { server, name } = spec?.destination ?? {};
  if (staysInCluster({ spec })) return { cluster: home };
  if (!server) {
    return {
      name,
      problem: `It runs in the cluster that its Argo CD calls '${name}'; which context that is, is not known.`,
    };
  }
  const other = [home, ...all].find(({ context }) => normalize(context.server) === normalize(server));
  if (other !== undefined) return { cluster: other };
  return { problem: `It runs in ${server}. Open a context of that cluster to see more.` };
}

/** Whether an Application deploys into the cluster in which its Argo CD runs. */
export function staysInCluster({ spec }: Pick<Application, "spec">): boolean {
  const { server, name } = spec?.destination ?? {};
  return server ? ownServer.test(server) : !name || name === ownName;
}

function normalize(server: string): string {
  return URL.canParse(server) ? new URL(server).href.replace(/\/$/, "") : server;
}
