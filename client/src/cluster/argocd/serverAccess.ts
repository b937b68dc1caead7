import { ApiError } from "../apiError";
import type { Connection } from "../connection";
import type { ClusterContext } from "../kubeconfig";
import { type Application, isBusy, syncsItself } from "./application";
import type { ArgocdAccess, ArgocdDeed } from "./argocdAccess";
import type { ArgocdServer } from "./argocdServer";
import { autoSyncPatch } from "./autoSync";
import type { Cascade } from "./deletion";
import { type Asked, cannotPause, type SyncOptions, syncOptionsOf } from "./operations";
import { treeConnection } from "./treeConnection";
import { watchServerApplications } from "./watchServerApplications";

/** How long Argo CD may take for a comparison, in milliseconds: it answers when that is done, after it rendered everything anew. */
const comparing = 300_000;

/** The way through the API server of an Argo CD, for those whom Kubernetes gives no rights on Applications. */
export function serverAccess(server: ArgocdServer, context: ClusterContext, patience = comparing): ArgocdAccess {
  const trees = new Map<string, Connection>();
  const read = (application: Application, signal: AbortSignal | undefined) =>
    server.get<Application>({ path: pathOf(application), query: placeOf(application), signal });
  const setAutoSync: ArgocdAccess["setAutoSync"] = async (application, enabled, { signal } = {}) => {
    const patch = JSON.stringify(autoSyncPatch(application, enabled));
    const body = { ...identityOf(application), patch, patchType: "merge" };
    const now = await server.get<Application>({ method: "PATCH", path: pathOf(application), body, signal });
    // A version that does not know the field drops it.
    if (!enabled && syncsItself(now)) throw new ApiError("refused", cannotPause);
    return now;
  };
  return {
    watch: (options) => watchServerApplications(server, options),
    read: (application, { signal } = {}) => read(application, signal),
    refresh: (application, kind, { signal } = {}) => refresh(server, application, kind, { patience, signal }),
    sync: (application, options, asked) => sync(server, application, options, asked),
    async rollBack(application, id, { pauseAutoSync = false, signal }) {
      // Argo CD takes both only one after the other, and refuses to roll back what syncs itself.
      const pauses = syncsItself(application) && pauseAutoSync;
      if (pauses) await setAutoSync(application, false, { signal });
      const body = { ...identityOf(application), id };
      try {
        return await server.get({ method: "POST", path: `${pathOf(application)}/rollback`, body, signal });
      } catch (error) {
        if (!pauses || !(error instanceof ApiError)) throw error;
        const words = `${error.message} Auto-sync is paused by now; resume it unless you try again.`;
        throw new ApiError(error.kind, words, error.details);
      }
    },
    async terminate(application, { signal } = {}) {
      const path = `${pathOf(application)}/operation`;
      await server.get({ method: "DELETE", path, query: placeOf(application), signal });
      return await read(application, signal);
    },
    setAutoSync,
    async delete(application, cascade, { signal } = {}) {
      // Argo CD knows no conditions for a deletion: it can only be asked right before.
      const now = await read(application, signal);
      if (now.metadata.uid !== application.metadata.uid) {
        const { name } = application.metadata;
        throw new ApiError("conflict", `'${name}' was deleted and made anew in the meantime. The new one stays.`);
      }
      const query = { ...placeOf(application), ...queryOf(cascade) };
      await server.get({ method: "DELETE", path: pathOf(application), query, signal });
    },
    objectsOf(application) {
      const key = `${application.metadata.namespace}/${application.metadata.name} ${application.spec?.project}`;
      const known = trees.get(key) ?? treeConnection({ server, context, application, query: placeOf(application) });
      trees.set(key, known);
      return known;
    },
    missing: (deed, application, signal) => missing(server, deed, application, signal),
  };
}

function pathOf({ metadata }: Application): string {
  return `/api/v1/applications/${encodeURIComponent(metadata.name)}`;
}

/** Where the Application is, as every call says it. With the project Argo CD can tell "not there" from "not allowed". */
function placeOf({ metadata, spec }: Application): { readonly appNamespace?: string; readonly project?: string } {
  return {
    ...(metadata.namespace !== undefined && { appNamespace: metadata.namespace }),
    ...(spec?.project && { project: spec.project }),
  };
}

function identityOf(application: Application): object {
  return { name: application.metadata.name, ...placeOf(application) };
}

function queryOf(cascade: Cascade): { readonly cascade: boolean; readonly propagationPolicy?: string } {
  return cascade === "none" ? { cascade: false } : { cascade: true, propagationPolicy: cascade };
}

/** Argo CD answers when the comparison is done; of one that takes long the error says that it goes on. */
async function refresh(
  server: ArgocdServer,
  application: Application,
  kind: "normal" | "hard",
  { patience, signal }: { readonly patience: number; readonly signal: AbortSignal | undefined },
): Promise<Application> {
  const query = { ...placeOf(application), refresh: kind };
  try {
    return await server.get({ path: pathOf(application), query, timeout: patience, signal });
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== "timeout") throw error;
    const words = `Argo CD still compares '${application.metadata.name}' with Git. The Applications view shows the result when it is there.`;
    throw new ApiError("timeout", words, error.details);
  }
}

/** Argo CD adds itself what the Application says of options and retries; options of one's own take the place of all of them. */
async function sync(
  server: ArgocdServer,
  application: Application,
  chosen: SyncOptions,
  { signal }: Asked,
): Promise<Application> {
  const { name } = application.metadata;
  const { revision, prune, dryRun, force, resources } = chosen;
  if (isBusy(application)) throw new ApiError("conflict", `An operation of '${name}' is under way.`);
  const isOwn = (chosen.syncOptions ?? []).length + (chosen.withoutOptions ?? []).length === 0;
  const body = {
    ...identityOf(application),
    ...(revision !== undefined && { revision }),
    ...(prune === true && { prune }),
    ...(dryRun === true && { dryRun }),
    ...(force === true && { strategy: { hook: { force } } }),
    ...(!isOwn && { syncOptions: { items: syncOptionsOf(application, chosen) } }),
    ...(resources !== undefined && { resources }),
  };
  return await server.get({ method: "POST", path: `${pathOf(application)}/sync`, body, signal });
}

/**
 * What Argo CD's own roles call each deed; any of several will do. Rollbacks are a sync up to Argo CD 3.5, and an action of their own later where
 * its configuration says so.
 */
const actions: Readonly<Record<ArgocdDeed, readonly [string, ...(readonly string[])]>> = {
  refresh: ["get"],
  sync: ["sync"],
  rollBack: ["sync", "rollback"],
  terminate: ["sync"],
  setAutoSync: ["update"],
  delete: ["delete"],
  // Argo CD does it itself on the way.
  changeFinalizers: ["delete"],
};

/**
 * Asks Argo CD whether its roles allow a deed. Its versions differ in how they call an Application of their own namespace, so both ways are
 * asked; one that cannot answer decides when the deed is done.
 */
async function missing(
  server: ArgocdServer,
  deed: ArgocdDeed,
  { metadata, spec }: Application,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const { name, namespace = "" } = metadata;
  const project = spec?.project || "default";
  const ask = async (action: string, object: readonly string[]): Promise<boolean | undefined> => {
    const path = `/api/v1/account/can-i/applications/${action}/${object.map(encodeURIComponent).join("/")}`;
    try {
      return (await server.get<{ readonly value?: string }>({ path, signal })).value === "yes";
    } catch (error) {
      // An older version does not know the question, or the action.
      if (error instanceof ApiError && [400, 404].includes(error.details.status ?? 0)) return undefined;
      throw error;
    }
  };
  let isKnown = false;
  for (const action of actions[deed]) {
    const answer = (await ask(action, [project, namespace, name])) || (await ask(action, [project, name]));
    if (answer === true) return [];
    isKnown ||= answer === false;
  }
  if (!isKnown) return [];
  return [
    `The roles of Argo CD do not let you ${actions[deed][0]} the Application '${name}' of the project '${project}'.`,
  ];
}
