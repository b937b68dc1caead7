import { groupOf } from "../kubernetes/apiGroup";
import { getIn, getValue, type Mapping, type Node, textOf } from "../yaml/node";
import type { Annotations } from "./hooks";

/** An object as a sync looks at it. */
export interface SyncObject {
  readonly group: string;
  readonly kind: string;
  /** Empty for a hook whose name the API server makes. */
  readonly name: string;
  readonly generateName?: string | undefined;
  /** Empty when it names none. */
  readonly namespace: string;
  readonly annotations: Annotations;
  /** Of a CustomResourceDefinition: the kind that it brings, `group/kind`. */
  readonly defines?: string | undefined;
  /** The rendered object; absent for one that only the cluster has, and for the namespace that Argo CD makes. */
  readonly node?: Mapping | undefined;
}

/** How a sync looks at a rendered object; `undefined` for what is no object. */
export function toSyncObject(node: Node): SyncObject | undefined {
  if (node.kind !== "mapping") return undefined;
  const at = (...path: readonly string[]): string => textOf(getIn(node, path)) ?? "";
  const apiVersion = at("apiVersion");
  const kind = at("kind");
  if (kind === "") return undefined;
  const group = groupOf(apiVersion);
  return {
    group,
    kind,
    name: at("metadata", "name"),
    generateName: at("metadata", "generateName") || undefined,
    namespace: at("metadata", "namespace"),
    annotations: annotationsOf(getValue(getValue(node, "metadata"), "annotations")),
    defines: isDefinition(group, kind) ? `${at("spec", "group")}/${at("spec", "names", "kind")}` : undefined,
    node,
  };
}

function isDefinition(group: string, kind: string): boolean {
  return group === "apiextensions.k8s.io" && kind === "CustomResourceDefinition";
}

function annotationsOf(node: Node | undefined): Annotations {
  const entries = node?.kind === "mapping" ? node.entries : [];
  return new Map(entries.map(({ key, value }) => [key.text, textOf(value) ?? ""]));
}
