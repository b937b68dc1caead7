import type { Clock } from "../clock";
import type { Connection } from "../connection";
import type { Application } from "./application";
import type { Cascade } from "./deletion";
import type { Asked, SyncOptions } from "./operations";
import type { WatchedApplications } from "./watchApplications";

/** What can be done with an Application, and needs a right of its own. */
export type ArgocdDeed = "refresh" | "sync" | "rollBack" | "terminate" | "setAutoSync" | "delete" | "changeFinalizers";

/**
 * A way to Applications: through the API of Kubernetes with the rights one has there, or through the API server of an Argo CD with those that
 * it gives. Views and commands know only this. Every call takes a signal, ends by a timeout, and throws an `ApiError`.
 */
export interface ArgocdAccess {
  /** Tells what there is and of every change until the signal is aborted. Never rejects. */
  watch(options: ArgocdWatch): void;
  /** The Application as it is now, with all that the watch leaves out. */
  read(application: Application, options?: Pick<Asked, "signal">): Promise<Application>;
  /** Asks for a comparison with Git; `hard` without anything remembered. */
  refresh(application: Application, kind: "normal" | "hard", options?: Pick<Asked, "signal">): Promise<Application>;
  sync(application: Application, options: SyncOptions, asked: Asked): Promise<Application>;
  /** Deploys an entry of the history again. */
  rollBack(application: Application, id: number, asked: RollBackAsked): Promise<Application>;
  terminate(application: Application, options?: Pick<Asked, "signal">): Promise<Application>;
  setAutoSync(application: Application, enabled: boolean, options?: Pick<Asked, "signal">): Promise<Application>;
  /** Never deletes one that was made anew since it was read. */
  delete(application: Application, cascade: Cascade, options?: Pick<Asked, "signal">): Promise<void>;
  /** Where to look at the objects of an Application, when that is not its cluster. The same for the same Application. */
  objectsOf?(application: Application): Connection;
  /** Which rights are missing for a deed, a sentence each; none when it may be tried. */
  missing(deed: ArgocdDeed, application: Application, signal?: AbortSignal): Promise<readonly string[]>;
}

/** Who asks for a rollback. An Application that syncs itself would take it back: it has to be paused. */
export type RollBackAsked = Asked & { readonly pauseAutoSync?: boolean | undefined };

export interface ArgocdWatch {
  readonly clock: Clock;
  readonly changed: (watched: WatchedApplications) => void;
  readonly signal: AbortSignal;
}
