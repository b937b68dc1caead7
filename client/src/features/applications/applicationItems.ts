import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import { ApiError } from "../../cluster/apiError";
import { type Application, isBusy, syncsItself } from "../../cluster/argocd/application";
import { describeApplication, stateOf } from "../../cluster/argocd/applicationState";
import type { OpenCluster } from "../../cluster/openClusters";
import { isProtected } from "../../cluster/protectedContexts";
import type { ApplicationModel } from "./applicationModel";
import type { ApplicationNode, ApplicationRow, ClusterRow, DetailRow, MoreRow, NoteRow } from "./applicationNodes";

/** What the rows are drawn from. */
export interface Drawn {
  readonly model: ApplicationModel;
  /** `gitopsAuthor.cluster.protected` */
  readonly patterns: readonly string[];
}

/** How a row looks and sounds. Nothing is said by colour or icon alone: states are words. */
export function applicationItem(row: ApplicationNode, drawn: Drawn): TreeItem {
  const item = makeItem(row, drawn);
  item.id = row.id;
  return item;
}

function makeItem(row: ApplicationNode, { model, patterns }: Drawn): TreeItem {
  switch (row.type) {
    case "cluster":
      return clusterItem(row, model.findCluster(row), isProtected(row.cluster, patterns));
    case "project": {
      const summary = model.summaryOf(row);
      const item = new TreeItem(row.project, TreeItemCollapsibleState.Expanded);
      item.description = summary;
      item.contextValue = "project";
      item.iconPath = new ThemeIcon("project");
      item.accessibilityInformation = { label: `Project ${row.project}, Applications: ${summary}` };
      return item;
    }
    case "application":
      return applicationRowItem(row, model.find(row));
    case "detail":
      return detailItem(row);
    case "more":
      return moreItem(row);
    case "note":
      return noteItem(row);
  }
}

function clusterItem({ cluster }: ClusterRow, open: OpenCluster | undefined, isGuarded: boolean): TreeItem {
  const item = new TreeItem(cluster, TreeItemCollapsibleState.Expanded);
  const { state } = open ?? {};
  const trouble = state instanceof ApiError ? "not up to date" : "";
  const words = [isGuarded ? "protected" : "", state === "opening" ? "opening…" : trouble].filter(Boolean);
  item.description = words.join(" · ");
  item.contextValue = "cluster";
  if (state === "opening") item.iconPath = new ThemeIcon("loading~spin");
  else if (trouble !== "") item.iconPath = warning("warning");
  else item.iconPath = isGuarded ? shield() : new ThemeIcon("vm-active");
  item.tooltip = open?.context.server;
  item.accessibilityInformation = { label: [`Cluster ${cluster}`, ...words].join(", ") };
  return item;
}

function applicationRowItem({ cluster, key }: ApplicationRow, application: Application | undefined): TreeItem {
  const [namespace = "", name = key] = key.split("/");
  if (application === undefined) return new TreeItem(name, TreeItemCollapsibleState.None);
  const { conditions = [], resources = [] } = application.status ?? {};
  const foldable = conditions.length + resources.length > 0;
  const item = new TreeItem(name, foldable ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  const { sync, health, activity } = stateOf(application);
  item.description = [sync, health, activity, namespace].filter(Boolean).join(" · ");
  item.iconPath = iconOf(health, sync);
  item.tooltip = describeApplication(application).join("\n");
  const flags = [isBusy(application) ? "busy" : "idle", syncsItself(application) ? "auto" : "manual"];
  item.contextValue = ["application", ...flags].join(".");
  const words = [`Application ${name}`, health, sync, activity, `namespace ${namespace}`, `cluster ${cluster}`];
  item.accessibilityInformation = { label: words.filter(Boolean).join(", ") };
  return item;
}

function detailItem({ detail }: DetailRow): TreeItem {
  if ("condition" in detail) {
    const { type, message } = detail.condition;
    const item = new TreeItem(type, TreeItemCollapsibleState.None);
    item.description = message;
    item.tooltip = message;
    item.iconPath = warning(type.endsWith("Warning") ? "warning" : "error");
    item.accessibilityInformation = { label: `Condition ${type}: ${message}` };
    return item;
  }
  const { kind, name, namespace, group, version, status, health, requiresPruning, hook } = detail.resource;
  const item = new TreeItem(name, TreeItemCollapsibleState.None);
  const states = [status, health?.status, requiresPruning ? "to be pruned" : "", hook ? "hook" : ""].filter(Boolean);
  item.description = [kind, ...states].join(" · ");
  item.iconPath = iconOf(health?.status, status);
  const type = [group, version, kind].filter(Boolean).join("/");
  const place = namespace ? `${namespace}/${name}` : name;
  item.tooltip = [type, place, ...states, ...(health?.message ? [health.message] : [])].join("\n");
  item.accessibilityInformation = { label: [`${kind} ${name}`, ...states].join(", ") };
  return item;
}

function moreItem(row: MoreRow): TreeItem {
  const item = new TreeItem(`Show more (${row.hidden} left)`, TreeItemCollapsibleState.None);
  item.iconPath = new ThemeIcon("ellipsis");
  item.command = { command: "gitopsAuthor.applications.showMore", title: "Show More", arguments: [row] };
  return item;
}

function noteItem({ text, isProblem }: NoteRow): TreeItem {
  const item = new TreeItem(text, TreeItemCollapsibleState.None);
  item.tooltip = text;
  item.iconPath = isProblem ? warning("warning") : new ThemeIcon("info");
  return item;
}

/** Health decides; what is healthy or has no health shows whether it is in sync. */
function iconOf(health: string | undefined, sync: string | undefined): ThemeIcon {
  switch (health) {
    case "Degraded":
      return warning("error");
    case "Missing":
      return new ThemeIcon("circle-slash", new ThemeColor("list.warningForeground"));
    case "Progressing":
      return new ThemeIcon("sync", new ThemeColor("charts.blue"));
    case "Suspended":
      return new ThemeIcon("debug-pause", new ThemeColor("charts.purple"));
    case "Unknown":
      return new ThemeIcon("question");
  }
  if (sync === "OutOfSync") return new ThemeIcon("git-compare", new ThemeColor("list.warningForeground"));
  return sync === "Synced" || health === "Healthy"
    ? new ThemeIcon("pass", new ThemeColor("testing.iconPassed"))
    : new ThemeIcon("circle-outline");
}

function shield(): ThemeIcon {
  return new ThemeIcon("shield", new ThemeColor("list.warningForeground"));
}

function warning(icon: "warning" | "error"): ThemeIcon {
  return new ThemeIcon(icon, new ThemeColor(`list.${icon}Foreground`));
}
