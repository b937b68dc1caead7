import type { HistoryEntry } from "../../cluster/argocd/application";
import type { Kind } from "../../cluster/childKinds";
import type { ClusterEvent } from "../../cluster/events";
import type { ShownContainer } from "../../cluster/podState";

/**
 * A row of the Applications view. Rows say only what they stand for: how it is, is looked up when a row is drawn, so that a row stays the same
 * object for as long as its Application exists, and VS Code can be told to draw that one again.
 */
export type ApplicationNode = ClusterRow | GroupRow | ApplicationRow | BelowRow | MoreRow | NoteRow;

/** A row somewhere below an Application. */
export type BelowRow =
  | ConditionRow
  | OperationRow
  | AutoSyncRow
  | HistoryRow
  | HistoryEntryRow
  | ResourceRow
  | ObjectRow
  | ContainerRow
  | EventsRow
  | EventRow;

/** A row whose children come from a watch that lasts as long as they are shown. */
export type LiveRow = ResourceRow | ObjectRow | EventsRow;

/** A row below which things are shown by pages. */
export type PagedRow = ClusterRow | GroupRow | ApplicationRow;

export interface ClusterRow {
  readonly type: "cluster";
  readonly id: string;
  readonly cluster: string;
  readonly parent?: undefined;
}

/** The Applications of a cluster that have the same project, or the same value of a label. */
export interface GroupRow {
  readonly type: "group";
  readonly id: string;
  readonly cluster: string;
  /** Empty for those that lack the label. */
  readonly name: string;
  readonly parent: ClusterRow;
  /** Where there are many, nobody wants to see, or pay for, all of them at first. */
  readonly startsFolded: boolean;
}

export interface ApplicationRow {
  readonly type: "application";
  readonly id: string;
  readonly cluster: string;
  /** `namespace/name` */
  readonly key: string;
  readonly parent: ClusterRow | GroupRow;
}

export interface ConditionRow {
  readonly type: "condition";
  readonly id: string;
  readonly parent: ApplicationRow;
  readonly condition: { readonly type: string; readonly message: string };
}

/** The operation that is under way, or the last one. */
export interface OperationRow {
  readonly type: "operation";
  readonly id: string;
  readonly parent: ApplicationRow;
}

/** Whether Argo CD syncs by itself, and whether a sync window holds it. */
export interface AutoSyncRow {
  readonly type: "autoSync";
  readonly id: string;
  readonly parent: ApplicationRow;
}

export interface HistoryRow {
  readonly type: "history";
  readonly id: string;
  readonly parent: ApplicationRow;
}

export interface HistoryEntryRow {
  readonly type: "historyEntry";
  readonly id: string;
  readonly parent: HistoryRow;
  readonly entry: HistoryEntry;
}

/** An object that an Application manages, as its status tells. */
export interface ResourceRow {
  readonly type: "resource";
  readonly id: string;
  readonly parent: ApplicationRow;
  readonly group: string;
  readonly kind: string;
  /** Empty for what belongs to no namespace. */
  readonly namespace: string;
  readonly name: string;
}

/** An object that a controller made for the one above. */
export interface ObjectRow {
  readonly type: "object";
  readonly id: string;
  readonly parent: ResourceRow | ObjectRow;
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

export interface ContainerRow {
  readonly type: "container";
  readonly id: string;
  readonly parent: ObjectRow;
  readonly container: ShownContainer;
}

/** Stands for what controllers told of the object above. */
export interface EventsRow {
  readonly type: "events";
  readonly id: string;
  readonly parent: ApplicationRow | ResourceRow | ObjectRow;
}

export interface EventRow {
  readonly type: "event";
  readonly id: string;
  readonly parent: LiveRow;
  readonly event: ClusterEvent;
}

/** Stands for what is not shown yet. */
export interface MoreRow {
  readonly type: "more";
  readonly id: string;
  readonly parent: PagedRow;
  readonly hidden: number;
}

/** A sentence where there is nothing else to show. */
export interface NoteRow {
  readonly type: "note";
  readonly id: string;
  readonly text: string;
  readonly isProblem: boolean;
  readonly parent: ClusterRow | LiveRow;
}

/** The Application at or above a row; nothing for rows above all Applications. */
export function applicationRowOf(row: ApplicationNode): ApplicationRow | undefined {
  for (let each: ApplicationNode | undefined = row; each !== undefined; each = each.parent) {
    if (each.type === "application") return each;
  }
  return undefined;
}
