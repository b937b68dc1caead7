import type { RenderedObjects } from "../../../../server/src/protocol/renderedObjects";
import type { Application, ApplicationSource } from "../../cluster/argocd/application";
import type { OpenCluster } from "../../cluster/openClusters";

/** The sources of an Application; the several win over the one, as in Argo CD. */
export function sourcesOf({ spec }: Application): readonly ApplicationSource[] {
  if (spec?.sources !== undefined && spec.sources.length > 0) return spec.sources;
  return spec?.source === undefined ? [] : [spec.source];
}

/** How Argo CD names the cluster in which it runs itself. */
const ownServer = "https://kubernetes.default.svc";

/**
 * The open context of the cluster into which an Application is deployed. Throws, for the person, when it is not open: comparing with another
 * cluster would show nothing that is true.
 */
export function destinationOf(application: Application, home: OpenCluster, open: readonly OpenCluster[]): OpenCluster {
  const { server, name } = application.spec?.destination ?? {};
  if (server === ownServer || name === "in-cluster" || (!server && !name)) return home;
  const found = open.find(({ context }) => {
    return server ? bare(context.server) === bare(server) : context.name === name;
  });
  if (found !== undefined) return found;
  const where = server ?? `the cluster '${name}'`;
  throw new Error(
    `'${application.metadata.name}' is deployed to ${where}. Open a context of that cluster and try again.`,
  );
}

function bare(server: string): string {
  return server.toLowerCase().replace(/\/+$/, "").replace(/:443$/, "");
}

/** What of an Application is not part of what is rendered here, a sentence each. */
export function applicationNotes(
  application: Application,
  { builds, notRendered }: RenderedObjects,
): readonly string[] {
  const notes = [...notRendered];
  for (const { label, otherRevision } of builds) {
    if (otherRevision !== true) continue;
    notes.push(
      `The Application does not follow the branch that is checked out; '${label}' was compared as it is here.`,
    );
  }
  for (const source of sourcesOf(application)) {
    const { kustomize, helm } = source as { readonly kustomize?: object; readonly helm?: object };
    const fields = Object.keys(kustomize ?? {}).filter((field) => field !== "version");
    if (fields.length > 0) {
      notes.push(`What the Application itself sets of kustomize (${fields.join(", ")}) is not rendered here.`);
    }
    if (helm !== undefined && source.chart === undefined)
      notes.push("What the Application sets of helm is not rendered here.");
  }
  return notes;
}
