import type { KubeObject } from "../kubeObject";

/** What Argo CD writes on an object to know it again: `book:apps/Deployment:shop/web`. */
export interface TrackingId {
  /** As it calls the Application: with the namespace in front (`teams_book`) where that is not its own. */
  readonly application: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  /** May have colons, as roles do: `system:aggregate-to-view`. */
  readonly name: string;
}

/** The annotation of an object; nothing where there is none, or one that Argo CD would not read (`ParseAppInstanceValue` of argo-cd `util/argo/resource_tracking.go`). */
export function trackingIdOf({ metadata }: Pick<KubeObject, "metadata">): TrackingId | undefined {
  const text = metadata.annotations?.["argocd.argoproj.io/tracking-id"] ?? "";
  const found = /^([^:]+):([^:/]*)\/([^:/]+):([^/]*)\/([^/]+)$/.exec(text);
  if (found === null) return undefined;
  const [, application = "", group = "", kind = "", namespace = "", name = ""] = found;
  return { application, group, kind, namespace, name };
}
