import { getIn, getValue, type Mapping, type Node, textOf } from "../../yaml/node";

/** A field that an API server wrote, by its path from the root of the object. */
export type ExportedField = readonly string[];

/** What only a server writes. */
const serverFields: readonly ExportedField[] = [
  ["metadata", "uid"],
  ["metadata", "resourceVersion"],
  ["metadata", "selfLink"],
  ["metadata", "generation"],
  ["metadata", "managedFields"],
  ["metadata", "creationTimestamp"],
  ["metadata", "deletionTimestamp"],
  ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"],
  ["metadata", "annotations", "deployment.kubernetes.io/revision"],
];

/** What people may write as well; it goes along with what surely is a server's. */
const besides: readonly ExportedField[] = [
  // Policies and tests say by it what they expect.
  ["status"],
  ["metadata", "annotations", "pv.kubernetes.io/bind-completed"],
  ["metadata", "annotations", "pv.kubernetes.io/bound-by-controller"],
  ["metadata", "annotations", "openshift.io/sa.scc.mcs"],
  ["metadata", "annotations", "openshift.io/sa.scc.supplemental-groups"],
  ["metadata", "annotations", "openshift.io/sa.scc.uid-range"],
  ["metadata", "annotations", "openshift.io/requester"],
];

/**
 * The fields of a manifest that an API server wrote when the object was exported (`kubectl get -o yaml`), the telling ones first; none when
 * nothing is surely a server's. Empty and null fields are what code generators leave.
 */
export function findExportedFields(root: Mapping): readonly ExportedField[] {
  const kind = textOf(getValue(root, "kind"));
  const group = textOf(getValue(root, "apiVersion"));
  const sure = serverFields.filter((path) => isWritten(getIn(root, path)));
  if (kind === "Namespace" && group === "v1") {
    if (isOnlyKubernetes(getIn(root, ["spec", "finalizers"]))) sure.push(["spec", "finalizers"]);
    if (sure.length > 0) sure.push(...present(root, [["metadata", "labels", "kubernetes.io/metadata.name"]]));
  }
  if (sure.length === 0) return [];
  const isService = kind === "Service" && group === "v1" && textOf(getIn(root, ["spec", "clusterIP"])) !== "None";
  const addresses: readonly ExportedField[] = isService
    ? [
        ["spec", "clusterIP"],
        ["spec", "clusterIPs"],
      ]
    : [];
  return [...sure, ...present(root, [...besides, ...addresses])];
}

function present(root: Mapping, paths: readonly ExportedField[]): readonly ExportedField[] {
  return paths.filter((path) => getIn(root, path) !== undefined);
}

function isWritten(node: Node | undefined): boolean {
  if (node === undefined) return false;
  if (node.kind === "scalar") return node.tag !== "null" && node.text !== "";
  return node.kind === "mapping" ? node.entries.some(({ value }) => isWritten(value)) : node.items.length > 0;
}

function isOnlyKubernetes(finalizers: Node | undefined): boolean {
  return (
    finalizers?.kind === "sequence" && finalizers.items.length === 1 && textOf(finalizers.items[0]) === "kubernetes"
  );
}
