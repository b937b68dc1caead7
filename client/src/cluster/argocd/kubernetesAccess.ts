import { describeMissing, type Right, reviewAccess } from "../accessReview";
import type { Connection } from "../connection";
import { type Application, applicationPath, applications } from "./application";
import type { ArgocdAccess, ArgocdDeed } from "./argocdAccess";
import { deleteApplication } from "./deletion";
import { refresh, rollBack, setAutoSync, sync, terminate } from "./operations";
import { watchApplications } from "./watchApplications";

/** The way through the API of Kubernetes: Argo CD is asked by changes of its Applications. `namespaces` are for those who may not look into all. */
export function kubernetesAccess(connection: Connection, namespaces: readonly string[]): ArgocdAccess {
  return {
    watch: (options) => watchApplications({ ...options, connection, namespaces }),
    read: (application, { signal } = {}) => connection.get({ path: applicationPath(application), signal }),
    refresh: (application, kind, options) => refresh(connection, application, kind, options),
    sync: (application, options, asked) => sync(connection, application, options, asked),
    rollBack: (application, id, asked) => rollBack(connection, application, id, asked),
    terminate: (application, options) => terminate(connection, application, options),
    setAutoSync: (application, enabled, options) => setAutoSync(connection, application, enabled, options),
    delete: (application, cascade, options) => deleteApplication(connection, application, cascade, options),
    async missing(deed, application, signal) {
      const answers = await reviewAccess(connection, rightsFor(deed, application), signal);
      return answers
        .filter(({ allowed }) => !allowed)
        .map(({ right, reason }) => `${describeMissing(right)}${reason === undefined ? "" : ` (${reason})`}`);
    },
  };
}

/** Everything is asked for by a change of the Application; only a deletion is one. Rights may be for this one alone (`resourceNames`). */
function rightsFor(deed: ArgocdDeed, { metadata }: Application): readonly Right[] {
  const { group, plural } = applications;
  const verb = deed === "delete" ? "delete" : "patch";
  return [{ verb, group, resource: plural, namespace: metadata.namespace, name: metadata.name }];
}
