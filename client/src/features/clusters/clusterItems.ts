import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import { type ClusterNode, type ContextRow, type InstanceRow, type NoteRow, stateOf } from "./clusterNodes";

/** How a row looks and sounds. Nothing is said by colour or icon alone. */
export function clusterItem(row: ClusterNode): TreeItem {
  if (row.type === "context") return contextItem(row);
  return row.type === "instance" ? instanceItem(row) : noteItem(row);
}

function contextItem(row: ContextRow): TreeItem {
  const { context, open, isProtected, isCurrent } = row;
  const item = new TreeItem(context.name, open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.None);
  const isFailed = open !== undefined && typeof open.state !== "string";
  // VS Code keeps rows as folded as they were under the same id; one that is opened shall unfold.
  item.id = `${open === undefined ? "closed" : "open"} ${context.name}`;
  item.description = join([isProtected ? "protected" : "", stateOf(row), hostOf(context.server)]);
  item.contextValue = open === undefined ? "context.closed" : isFailed ? "context.failed" : "context.open";
  item.iconPath = iconOf(row, isFailed);
  item.tooltip = [
    `Context ${context.name}${isCurrent ? " (the current one of kubectl)" : ""}`,
    `Server: ${context.server}`,
    `User: ${context.user}${context.runsProgram ? " (a program signs in)" : ""}`,
    `Namespace: ${context.namespace}`,
    `File: ${context.file}`,
    ...(open?.namespaces === undefined ? [] : [`You may only look into: ${open.namespaces.join(", ")}`]),
    ...(isProtected ? ["Protected: before anything is written you have to type its name."] : []),
  ].join("\n");
  const label = [`Context ${context.name}`, isProtected ? "protected" : "", stateOf(row) || "not open"];
  item.accessibilityInformation = { label: label.filter(Boolean).join(", ") };
  return item;
}

function iconOf({ open, isProtected }: ContextRow, isFailed: boolean): ThemeIcon {
  if (open?.state === "opening") return new ThemeIcon("loading~spin");
  if (isFailed) return new ThemeIcon("error", new ThemeColor("list.errorForeground"));
  if (isProtected) return new ThemeIcon("shield", new ThemeColor("list.warningForeground"));
  return open === undefined ? new ThemeIcon("debug-disconnect") : new ThemeIcon("vm-active");
}

function instanceItem({ context, instance }: InstanceRow): TreeItem {
  const { namespace, isControlPlane, applications } = instance;
  const item = new TreeItem(namespace, TreeItemCollapsibleState.None);
  const count = `${applications} Application${applications === 1 ? "" : "s"}`;
  item.id = `instance ${context} ${namespace}`;
  item.description = join([isControlPlane ? "Argo CD" : "", count]);
  item.iconPath = new ThemeIcon(isControlPlane ? "layers" : "folder");
  item.contextValue = "instance";
  item.tooltip = isControlPlane ? `An Argo CD keeps its configuration in ${namespace}.` : `Namespace ${namespace}`;
  item.accessibilityInformation = { label: `${isControlPlane ? "Argo CD" : "Namespace"} ${namespace}, ${count}` };
  item.command = { command: "gitopsAuthor.applications.focus", title: "Show Applications" };
  return item;
}

function noteItem({ id, text, isProblem }: NoteRow): TreeItem {
  const item = new TreeItem(text, TreeItemCollapsibleState.None);
  item.id = id;
  item.tooltip = text;
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
