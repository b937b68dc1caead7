import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import { describeTime } from "../../cluster/describeTime";
import {
  type ClusterNode,
  type ContextRow,
  type KindRow,
  type NamespaceRow,
  type NoteRow,
  type ObjectRow,
  pluralOf,
  stateOf,
} from "./clusterNodes";

/** How a row looks and sounds. Nothing is said by colour or icon alone. */
export function clusterItem(row: ClusterNode): TreeItem {
  const item = makeItem(row);
  item.id = row.id;
  return item;
}

function makeItem(row: ClusterNode): TreeItem {
  switch (row.type) {
    case "context":
      return contextItem(row);
    case "namespace":
      return namespaceItem(row);
    case "kind":
      return kindItem(row);
    case "object":
      return objectItem(row);
    case "note":
      return noteItem(row);
  }
}

function contextItem(row: ContextRow): TreeItem {
  const { context, open, isProtected, isCurrent } = row;
  const item = new TreeItem(context.name, open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None);
  const isFailed = open !== undefined && typeof open.state !== "string";
  item.description = join([
    isProtected ? "protected" : "",
    stateOf(row),
    isCurrent ? "current" : "",
    // An Argo CD server is called by its host.
    open?.isServer === true ? "Argo CD server" : hostOf(context.server),
  ]);
  item.contextValue = open === undefined ? "context.closed" : isFailed ? "context.failed" : "context.open";
  item.iconPath = iconOf(row, isFailed);
  const what = open?.isServer === true ? "Argo CD server" : "Context";
  item.tooltip = [
    `${what} ${context.name}${isCurrent ? " (the current one of kubectl)" : ""}`,
    `Server: ${context.server}`,
    `User: ${context.user}${context.program !== undefined ? " (a program signs in)" : ""}`,
    ...(open?.isServer === true ? [] : [`Namespace: ${context.namespace}`, `File: ${context.file}`]),
    ...(open?.namespaces === undefined ? [] : [`You may only look into: ${open.namespaces.join(", ")}`]),
    ...(isProtected ? ["Protected: before anything is written you have to type its name."] : []),
  ].join("\n");
  const label = [
    `${what} ${context.name}`,
    isProtected ? "protected" : "",
    stateOf(row) || "not open",
    isCurrent ? "current" : "",
  ];
  item.accessibilityInformation = { label: label.filter(Boolean).join(", ") };
  return item;
}

function iconOf({ open, isProtected }: ContextRow, isFailed: boolean): ThemeIcon {
  if (open?.state === "opening") return new ThemeIcon("loading~spin");
  if (isFailed) return new ThemeIcon("error", new ThemeColor("list.errorForeground"));
  if (isProtected) return new ThemeIcon("shield", new ThemeColor("list.warningForeground"));
  return open === undefined ? new ThemeIcon("debug-disconnect") : new ThemeIcon("vm-active");
}

function namespaceItem({ instance, kinds }: NamespaceRow): TreeItem {
  const { namespace, isControlPlane, applications } = instance;
  const { Collapsed, None } = TreeItemCollapsibleState;
  const item = new TreeItem(namespace, kinds.length > 0 ? Collapsed : None);
  const counts = [
    applications > 0 || isControlPlane ? `${applications} Application${applications === 1 ? "" : "s"}` : "",
    ...kinds.map(({ kind, objects }) => `${objects.length} ${pluralOf(kind, objects.length)}`),
  ].filter(Boolean);
  item.description = join([isControlPlane ? "Argo CD" : "", ...counts]);
  item.iconPath = new ThemeIcon(isControlPlane ? "rocket" : "folder");
  item.contextValue = isControlPlane ? "namespace.argocd" : "namespace";
  const what = isControlPlane ? `An Argo CD keeps its configuration in ${namespace}.` : `Namespace ${namespace}`;
  item.tooltip = [what, ...counts].join("\n");
  const label = [`${isControlPlane ? "Argo CD" : "Namespace"} ${namespace}`, ...counts].join(", ");
  item.accessibilityInformation = { label };
  if (applications > 0) item.command = { command: "gitopsAuthor.applications.focus", title: "Show Applications" };
  return item;
}

function kindItem({ kind, objects }: KindRow): TreeItem {
  const item = new TreeItem(pluralOf(kind, 2), TreeItemCollapsibleState.Collapsed);
  item.description = String(objects.length);
  item.iconPath = new ThemeIcon(kind.group === "argoproj.io" ? "project" : "run-all");
  item.tooltip = `${kind.group}/${kind.version}/${kind.kind}`;
  item.accessibilityInformation = { label: `${pluralOf(kind, 2)}, ${objects.length}` };
  return item;
}

function objectItem({ kind, object }: ObjectRow): TreeItem {
  const { name, namespace, creationTimestamp } = object.metadata;
  const item = new TreeItem(name, TreeItemCollapsibleState.None);
  const created = creationTimestamp === undefined ? "" : describeTime(creationTimestamp);
  item.description = created;
  item.iconPath = new ThemeIcon("symbol-object");
  item.contextValue = `object.${kind.kind}`;
  item.tooltip = [`${kind.kind} ${namespace}/${name}`, created && `Created ${created}`].filter(Boolean).join("\n");
  item.accessibilityInformation = { label: `${kind.kind} ${name}, created ${created}` };
  return item;
}

function noteItem({ text, details, isProblem }: NoteRow): TreeItem {
  const item = new TreeItem(text, TreeItemCollapsibleState.None);
  item.tooltip = [text, ...details].join("\n");
  item.accessibilityInformation = { label: isProblem ? `Problem: ${text}` : text };
  item.contextValue = "note";
  item.iconPath = isProblem
    ? new ThemeIcon("warning", new ThemeColor("list.warningForeground"))
    : new ThemeIcon("info");
  return item;
}

/** `api.example.com:6443` of `https://api.example.com:6443`. */
function hostOf(server: string): string {
  return server.replace(/^https?:\/\//, "").replace(/\/$/, "");
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}
