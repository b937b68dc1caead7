import { isKeptByHelm, syncOptionValue } from "../../../../server/src/protocol/objectMarks";
import { ApiError } from "../apiError";
import type { Connection } from "../connection";
import { keyOf } from "../kubeObject";
import { type Application, applicationPath, applications, type ManagedResource } from "./application";
import { type Marks, markKey } from "./liveMarks";
import { trackingIdOf } from "./trackingId";

/**
 * What becomes of the objects that an Application deployed. `foreground`: they go, each after what it owns; `background`: they go at once, and
 * what they own after them; `none`: they stay.
 */
export type Cascade = "foreground" | "background" | "none";

const plain = "resources-finalizer.argocd.argoproj.io";

/** What makes Argo CD's controller delete the objects of an Application before the Application goes (`application_defaults.go` of argo-cd). */
const cascadeFinalizers: readonly string[] = [plain, `${plain}/foreground`, `${plain}/background`];

/**
 * The finalizers with which an Application has to be deleted: the set that Argo CD's own server writes (`Delete` of argo-cd
 * `server/application`). The controller obeys the first one that says how, so the chosen one stands before the others.
 */
export function finalizersFor({ metadata }: Application, cascade: Cascade): readonly string[] {
  const { finalizers = [] } = metadata;
  const others = finalizers.filter((each) => !cascadeFinalizers.includes(each));
  if (cascade === "none") return others;
  const wanted = `${plain}/${cascade}`;
  const first = finalizers.findIndex((each) => cascadeFinalizers.includes(each));
  if (finalizers[first] === wanted) return finalizers;
  if (first < 0) return [...finalizers, wanted];
  return [...finalizers.slice(0, first), wanted, ...finalizers.slice(first).filter((each) => each !== wanted)];
}

/** Whether the finalizers of an Application have to be changed before it is deleted. */
export function changesFinalizers(application: Application, cascade: Cascade): boolean {
  return String(finalizersFor(application, cascade)) !== String(application.metadata.finalizers ?? []);
}

/** Whether Argo CD deletes the objects of an Application together with it, as it is now. */
export function cascades({ metadata }: Application): boolean {
  return metadata.finalizers?.some((each) => cascadeFinalizers.includes(each)) === true;
}

/** What a deletion that cascades takes along. */
export interface DeletionPlan {
  /** What Argo CD will delete, as far as the status tells. */
  readonly deleted: readonly ManagedResource[];
  /** CustomResourceDefinitions, which Argo CD leaves, and what says `Delete=false` itself, or where the Application does. */
  readonly kept: readonly ManagedResource[];
  /** Applications among the deleted that take their own objects along. */
  readonly cascading: readonly ManagedResource[];
  /** Objects that Argo CD deletes only after someone confirmed it. */
  readonly waiting: readonly ManagedResource[];
  /** Some of the deleted may say that they must stay: nobody looked at them. */
  readonly isUnsure: boolean;
}

/**
 * What a deletion that cascades would take along (`shouldBeDeleted` of argo-cd `controller/appcontroller.go`). `known` are the Applications of the
 * same cluster, by `keyOf`; `marks` what objects say for themselves, by `markKey`, as far as somebody looked.
 */
export function planDeletion(
  application: Application,
  known: ReadonlyMap<string, Application>,
  marks: ReadonlyMap<string, Marks> = new Map(),
): DeletionPlan {
  const { spec, status, metadata } = application;
  const options = spec?.syncPolicy?.syncOptions ?? [];
  const ofAll = options.find((each) => each.startsWith("Delete="))?.slice("Delete=".length);
  const isItself = ({ name, namespace }: ManagedResource): boolean =>
    name === metadata.name && namespace === metadata.namespace;
  const isKept = (resource: ManagedResource): boolean => {
    const own = new Map(Object.entries(marks.get(markKey(resource)) ?? {}));
    if ((syncOptionValue(own, "Delete") ?? ofAll) === "false" || isKeptByHelm(own)) return true;
    return resource.kind === "CustomResourceDefinition" || (isApplication(resource) && isItself(resource));
  };
  const resources = (status?.resources ?? []).filter(({ hook }) => hook !== true);
  const deleted = resources.filter((each) => !isKept(each));
  return {
    deleted,
    kept: resources.filter(isKept),
    cascading: deleted.filter((each) => {
      const child = isApplication(each) ? known.get(keyOf({ metadata: each })) : undefined;
      return child !== undefined && cascades(child);
    }),
    waiting: deleted.filter(({ requiresDeletionConfirmation }) => requiresDeletionConfirmation === true),
    isUnsure: deleted.some((each) => !marks.has(markKey(each))),
  };
}

function isApplication({ group, kind }: ManagedResource): boolean {
  return group === applications.group && kind === "Application";
}

/** Who would make a deleted Application again: an ApplicationSet, or the Application that deploys it. A few words, for example `the ApplicationSet 'books'`. */
export function recreatorOf(application: Application): string | undefined {
  const owner = application.metadata.ownerReferences?.find(({ kind }) => kind === "ApplicationSet");
  if (owner !== undefined) return `the ApplicationSet '${owner.name}'`;
  const parent = trackingIdOf(application)?.application;
  return parent === undefined ? undefined : `the Application '${parent}'`;
}

/** How often an Application may change under us; its controller writes its status all the time. */
const tries = 5;

/**
 * Deletes an Application: first its finalizers say what becomes of its objects, then it goes. Only the very Application that the person saw is
 * deleted, with the objects that it had then: throws a `conflict` when it was made anew, says something else or deploys more by now, or is
 * being deleted already. Argo CD does the rest, which takes its time.
 */
export async function deleteApplication(
  connection: Connection,
  seen: Application,
  cascade: Cascade,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const path = applicationPath(seen);
  let current = seen;
  for (let i = 0; i < tries; i++) {
    checkIsSame(current, seen, cascade);
    try {
      const { uid, resourceVersion } = await writeFinalizers(connection, current, cascade, signal);
      const body = { apiVersion: "v1", kind: "DeleteOptions", preconditions: { uid, resourceVersion } };
      // One that was being deleted went with its last finalizer.
      if (seen.metadata.deletionTimestamp === undefined) await connection.get({ method: "DELETE", path, body, signal });
      return;
    } catch (error) {
      // 422: the uid in the patch is not that of the object.
      const isOutdated = error instanceof ApiError && (error.kind === "conflict" || error.details.status === 422);
      if (!isOutdated) throw error;
      current = await connection.get<Application>({ path, signal });
    }
  }
  throw new ApiError("conflict", `'${seen.metadata.name}' changes all the time. Try again.`);
}

function checkIsSame(current: Application, seen: Application, cascade: Cascade): void {
  const { name } = seen.metadata;
  if (current.metadata.uid !== seen.metadata.uid) {
    throw new ApiError("conflict", `'${name}' was deleted and made anew in the meantime. The new one stays.`);
  }
  if (current.metadata.deletionTimestamp !== undefined && cascade !== "none") {
    throw new ApiError("conflict", `'${name}' is being deleted already.`);
  }
  if (cascade === "none") return;
  const known = new Set(seen.status?.resources?.map(nameOf));
  const isMore = current.status?.resources?.some((each) => !known.has(nameOf(each))) === true;
  if (isMore || JSON.stringify(current.spec) !== JSON.stringify(seen.spec)) {
    throw new ApiError("conflict", `'${name}' changed in the meantime. Look at it and try again.`);
  }
}

function nameOf({ group = "", kind, namespace = "", name }: ManagedResource): string {
  return [group, kind, namespace, name].join("/");
}

/** Gives the state of the Application after it. Nothing is written when the finalizers say it already. */
async function writeFinalizers(
  connection: Connection,
  application: Application,
  cascade: Cascade,
  signal: AbortSignal | undefined,
): Promise<Application["metadata"]> {
  const { metadata } = application;
  if (!changesFinalizers(application, cascade)) return metadata;
  const finalizers = finalizersFor(application, cascade);
  const { uid, resourceVersion } = metadata;
  const written = await connection.get<Application>({
    method: "PATCH",
    path: applicationPath(application),
    contentType: "application/merge-patch+json",
    // With the former state, so that nobody else's finalizers are lost.
    body: { metadata: { finalizers, uid, resourceVersion } },
    signal,
  });
  return written.metadata;
}
