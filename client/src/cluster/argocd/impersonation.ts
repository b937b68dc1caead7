import type { OpenCluster } from "../openClusters";
import type { Application } from "./application";
import { loadArgocdConfig } from "./comparisonSettings";
import { loadProject } from "./loadProject";
import { matchesGlob } from "./namespacePattern";
import { type AppProject, projectOf } from "./projects";

/** A service account in whose name an Argo CD deploys an Application, rather than in its own. */
export interface ImpersonatedAccount {
  readonly namespace: string;
  readonly name: string;
  /** Whether the Argo CD does so at all; absent where its configuration cannot be read. */
  readonly isInForce?: boolean | undefined;
}

/** In `argocd-cm`; off unless it says `true`. */
const enabledKey = "application.sync.impersonation.enabled";

/** How Argo CD calls the cluster in which it runs, whatever the Application calls it. */
const ownServer = "https://kubernetes.default.svc";

/** No service account has these in its name (`serviceAccountDisallowedCharSet`): then Argo CD syncs nothing. */
const disallowed = /[!*[\]{}\\/]/;

/**
 * The service account that a project names for what an Application deploys in the cluster of its Argo CD, by argo-cd
 * `util/settings/impersonation.go`: the first entry whose globs fit counts. Nothing where none does, or where it names none that could be.
 */
export function accountOf(
  { metadata, spec }: Application,
  project: AppProject,
): { readonly namespace: string; readonly name: string } | undefined {
  const target = spec?.destination?.namespace ?? "";
  const entry = (project.spec?.destinationServiceAccounts ?? []).find(({ server = "", namespace = "" }) => {
    return matchesGlob(server, ownServer) && matchesGlob(namespace, target);
  });
  const account = entry?.defaultServiceAccount ?? "";
  if (account.trim() === "" || disallowed.test(account)) return undefined;
  const [name = "", home = ""] = account.split(":").reverse();
  return { name, namespace: account.includes(":") ? home : target || (metadata.namespace ?? "") };
}

/** That account, and whether it counts. Nothing where the project names none, or cannot be read. Throws only when it is cancelled. */
export async function findImpersonatedAccount(
  home: OpenCluster,
  application: Application,
  signal: AbortSignal,
): Promise<ImpersonatedAccount | undefined> {
  if (home.isServer === true) return undefined;
  const known = home.projects && projectOf(application, home.projects, home.controlPlanes);
  const project = known ?? (await loadProject(home, application, signal).catch(() => undefined));
  signal.throwIfAborted();
  const account = project && accountOf(application, project);
  if (account === undefined) return undefined;
  const config = await loadArgocdConfig(home, application, signal);
  return { ...account, isInForce: config && config[enabledKey] === "true" };
}
