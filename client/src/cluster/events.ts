import type { KubeObject, ResourceType } from "./kubeObject";
import type { Wanted } from "./sharedWatches";

/** Events, in the API. */
export const events: ResourceType = { group: "", version: "v1", plural: "events", namespaced: true };

/** Something that a controller told of an object. */
export interface ClusterEvent {
  readonly key: string;
  readonly isWarning: boolean;
  /** For example `BackOff`. */
  readonly reason: string;
  readonly message: string;
  /** When it was told last, as the API server writes times; may be empty. */
  readonly time: string;
  /** How often it was told. */
  readonly count: number;
}

interface EventObject extends KubeObject {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
}

/** What to follow for the events of one object. Those of an object without a namespace are in `default`. */
export function eventsOf(object: {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
}): Wanted {
  const fieldSelector = `involvedObject.kind=${object.kind},involvedObject.name=${object.name}`;
  return { type: events, namespace: object.namespace || "default", fieldSelector, trim: trimEvent };
}

/** Events as people read them, the newest first. */
export function toEvents(objects: ReadonlyMap<string, KubeObject>): readonly ClusterEvent[] {
  const all = [...objects].map(([key, object]) => toEvent(key, object as EventObject));
  return all.sort((a, b) => (a.time === b.time ? (a.key < b.key ? -1 : 1) : a.time > b.time ? -1 : 1));
}

function toEvent(key: string, { type, reason, message, count, series, ...event }: EventObject): ClusterEvent {
  return {
    key,
    isWarning: type === "Warning",
    reason: reason || "Event",
    message: message?.trim() ?? "",
    time: series?.lastObservedTime || event.lastTimestamp || event.eventTime || event.metadata.creationTimestamp || "",
    count: series?.count ?? count ?? 1,
  };
}

function trimEvent(object: KubeObject): KubeObject {
  const { metadata, type, reason, message, count, lastTimestamp, eventTime, series } = object as EventObject;
  const { name, namespace, creationTimestamp } = metadata;
  const kept = { metadata: { name, namespace, creationTimestamp }, type, reason, message, count };
  return { ...kept, lastTimestamp, eventTime, series } as EventObject;
}
