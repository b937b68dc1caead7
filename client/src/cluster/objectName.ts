import type { KubeObject } from "./kubeObject";

/** `Deployment person-service`, on one line whatever the files call it: a report must not have lines that somebody else wrote. */
export function objectName({ kind = "", metadata }: Pick<KubeObject, "kind" | "metadata">): string {
  return `${kind} ${metadata.name}`.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}
