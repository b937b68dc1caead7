import { describeMissing } from "../../cluster/accessReview";
import type { ApiError } from "../../cluster/apiError";
import { destinationOf } from "../../cluster/argocd/destination";
import { childKindsOf, type Kind } from "../../cluster/childKinds";
import type { Connection } from "../../cluster/connection";
import { eventsOf } from "../../cluster/events";
import { type Owner, trimOwned } from "../../cluster/ownedObjects";
import type { Wanted } from "../../cluster/sharedWatches";
import type { ShownClusters } from "./applicationModel";
import {
  type ApplicationNode,
  applicationRowOf,
  type EventsRow,
  type LiveRow,
  type ObjectRow,
} from "./applicationNodes";

/** What a row asks a cluster for, or why it cannot. */
export type LiveSource =
  | { readonly connection: Connection; readonly wanted: readonly WantedKind[]; readonly problem?: undefined }
  | { readonly connection?: undefined; readonly problem: string };

export interface WantedKind {
  /** Of what the row owns; absent for events. */
  readonly kind?: Kind | undefined;
  readonly wanted: Wanted;
}

/** Where to look for what is below a row; nothing when its Application is gone, or what is below is known already. */
export function sourceOf(row: LiveRow, clusters: ShownClusters): LiveSource | undefined {
  const place = applicationRowOf(row);
  const home = place && clusters.find(place.cluster);
  const application = place && home?.applications.get(place.key);
  if (home === undefined || application === undefined || isPod(row)) return undefined;
  const subject = row.type === "events" ? row.parent : row;
  const told = home.argocd.objectsOf?.(application);
  if (subject.type === "application") {
    const { name, namespace } = application.metadata;
    return {
      connection: told ?? home.connection,
      wanted: [{ wanted: eventsOf({ kind: "Application", name, namespace }) }],
    };
  }
  const { cluster, problem } = destinationOf(application, home, clusters);
  const connection = told ?? cluster?.connection;
  if (connection === undefined) return { problem: problem ?? "" };
  const { namespace, name } = subject;
  if (showsEvents(row))
    return { connection, wanted: [{ wanted: eventsOf({ kind: kindOf(subject), name, namespace }) }] };
  const wanted = kindsBelow(row).map((kind) => ({ kind, wanted: { type: kind, namespace, trim: trimOwned } }));
  return { connection, wanted };
}

/** Whether what is below a row comes from a watch. */
export function isLive(row: ApplicationNode): row is LiveRow {
  return row.type === "resource" || row.type === "object" || row.type === "events";
}

/** A Pod that a controller made: its containers are in the object itself. */
export function isPod(row: ApplicationNode): row is ObjectRow {
  return row.type === "object" && row.kind.kind === "Pod";
}

/** Whether there are only events directly below a row: what stands for them, and objects that own nothing. */
export function showsEvents(row: LiveRow): boolean {
  return row.type === "events" || (!isPod(row) && kindsBelow(row).length === 0);
}

/** The object that a row stands for, as those that it owns name it. */
export function ownerOf(row: Exclude<LiveRow, EventsRow>): Owner {
  if (row.type === "resource") return row;
  return { group: row.kind.group, kind: row.kind.kind, name: row.name, uid: row.uid };
}

/** Why what is below a row cannot be seen, in a sentence. */
export function describeProblem(error: ApiError, { kind, wanted }: WantedKind): string {
  if (error.kind !== "forbidden") return error.message;
  const { group, plural } = kind ?? wanted.type;
  return describeMissing({ verb: "list", group, resource: plural, namespace: wanted.namespace });
}

function kindsBelow(row: LiveRow): readonly Kind[] {
  // What belongs to no namespace could own objects in all of them; nobody wants all of them listed.
  if (row.type === "events" || row.namespace === "") return [];
  return row.type === "object" ? childKindsOf(row.kind.group, row.kind.kind) : childKindsOf(row.group, row.kind);
}

function kindOf(row: Exclude<LiveRow, EventsRow>): string {
  return row.type === "resource" ? row.kind : row.kind.kind;
}
