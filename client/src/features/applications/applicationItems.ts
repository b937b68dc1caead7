import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import { ApiError } from "../../cluster/apiError";
import { type Application, isBusy, syncsItself } from "../../cluster/argocd/application";
import { stateOf, stateWords } from "../../cluster/argocd/applicationState";
import { isProtected } from "../../cluster/protectedContexts";
import type {
  ApplicationNode,
  ApplicationRow,
  BelowRow,
  ClusterRow,
  GroupRow,
  MoreRow,
  NoteRow,
} from "./applicationNodes";
import type { DrawnFrom } from "./drawnFrom";
import { clusterWords, rowWords } from "./rowWords";

/** How a row looks and sounds. Nothing is said by colour or icon alone: states are words. */
export function applicationItem(row: ApplicationNode, from: DrawnFrom): TreeItem {
  const item = makeItem(row, from);
  item.id = row.id;
  return item;
}

function makeItem(row: ApplicationNode, from: DrawnFrom): TreeItem {
  switch (row.type) {
    case "cluster":
      return clusterItem(row, from);
    case "group":
      return groupItem(row, from);
    case "application":
      return applicationRowItem(row, from.model.find(row));
    case "more":
      return moreItem(row);
    case "note":
      return noteItem(row);
    default:
      return belowItem(row, from);
  }
}

function clusterItem(row: ClusterRow, { model, patterns }: DrawnFrom): TreeItem {
  const { cluster } = row;
  const open = model.findCluster(cluster);
  const isGuarded = isProtected(cluster, patterns());
  const item = new TreeItem(cluster, TreeItemCollapsibleState.Expanded);
  const words = clusterWords(row, { model, patterns });
  item.description = words.join(" · ");
  item.contextValue = "cluster";
  if (open?.state === "opening") item.iconPath = new ThemeIcon("loading~spin");
  else if (open?.state instanceof ApiError) item.iconPath = warning("warning");
  else
    item.iconPath = isGuarded ? new ThemeIcon("shield", colour("list.warningForeground")) : new ThemeIcon("vm-active");
  item.tooltip = [
    `Context ${cluster}`,
    ...(open === undefined ? [] : [`Server: ${open.context.server}`]),
    ...(isGuarded ? ["Protected: before anything is written you have to type its name."] : []),
  ].join("\n");
  item.accessibilityInformation = { label: [`Cluster ${cluster}`, ...words].join(", ") };
  return item;
}

function groupItem(row: GroupRow, { model }: DrawnFrom): TreeItem {
  const { grouping } = model;
  const isLabel = grouping.by === "label";
  const name = isLabel && row.name === "" ? `without ${grouping.label}` : row.name;
  const { Collapsed, Expanded } = TreeItemCollapsibleState;
  const item = new TreeItem(name, row.startsFolded ? Collapsed : Expanded);
  const summary = model.summaryOf(row);
  item.description = summary;
  item.contextValue = "group";
  item.iconPath = new ThemeIcon(isLabel ? "tag" : "project");
  const what = isLabel ? `Label ${grouping.label}` : "Project";
  item.tooltip = isLabel && row.name !== "" ? `${grouping.label}: ${row.name}` : isLabel ? name : `Project ${name}`;
  item.accessibilityInformation = { label: `${what} ${name}, Applications: ${summary}` };
  return item;
}

/** Without a tooltip: what it says is asked for when somebody wants to see it. */
function applicationRowItem({ cluster, key }: ApplicationRow, application: Application | undefined): TreeItem {
  const [namespace = "", name = key] = key.split("/");
  if (application === undefined) return new TreeItem(name, TreeItemCollapsibleState.None);
  const item = new TreeItem(name, TreeItemCollapsibleState.Collapsed);
  const { sync, health, activity } = stateOf(application);
  const states = stateWords(application);
  item.description = [...states, namespace].join(" · ");
  item.iconPath =
    health === "Healthy" && sync === "Synced" && activity === "last sync failed"
      ? warning("warning")
      : iconOf(health, sync);
  const flags = [isBusy(application) ? "busy" : "idle", syncsItself(application) ? "auto" : "manual"];
  item.contextValue = ["application", ...flags].join(".");
  const words = [`Application ${name}`, ...states, `namespace ${namespace}`, `cluster ${cluster}`];
  item.accessibilityInformation = { label: words.join(", ") };
  return item;
}

function belowItem(row: BelowRow, from: DrawnFrom): TreeItem {
  const { label, description, tooltip, spoken, health, sync } = rowWords(row, from);
  const item = new TreeItem(
    label,
    isFoldable(row) ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  item.description = description.join(" · ");
  item.tooltip = tooltip.join("\n");
  item.contextValue = row.type;
  item.iconPath = ownIcon(row) ?? iconOf(health, sync);
  item.accessibilityInformation = { label: spoken };
  return item;
}

function isFoldable({ type }: BelowRow): boolean {
  return type === "history" || type === "events" || type === "resource" || type === "object";
}

/** Of rows whose icon says what they are; the others show how they are. */
function ownIcon(row: BelowRow): ThemeIcon | undefined {
  switch (row.type) {
    case "history":
      return new ThemeIcon("history");
    case "historyEntry":
      return new ThemeIcon("git-commit");
    case "events":
      return new ThemeIcon("list-unordered");
    case "autoSync":
      return new ThemeIcon("gear");
    default:
      return undefined;
  }
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
  item.accessibilityInformation = { label: isProblem ? `Problem: ${text}` : text };
  item.iconPath = isProblem ? warning("warning") : new ThemeIcon("info");
  return item;
}

/** Health decides; what is healthy or has no health shows whether it is in sync. */
function iconOf(health: string, sync: string | undefined): ThemeIcon {
  switch (health) {
    case "Degraded":
    case "Error":
      return warning("error");
    case "Warning":
      return warning("warning");
    case "Missing":
      return new ThemeIcon("circle-slash", colour("list.warningForeground"));
    case "Progressing":
      return new ThemeIcon("sync", colour("charts.blue"));
    case "Suspended":
      return new ThemeIcon("debug-pause", colour("charts.purple"));
    case "Unknown":
      return new ThemeIcon("question");
  }
  if (sync === "Unknown") return new ThemeIcon("question");
  if (sync === "OutOfSync") return new ThemeIcon("git-compare", colour("list.warningForeground"));
  return sync === "Synced" || health === "Healthy"
    ? new ThemeIcon("pass", colour("charts.green"))
    : new ThemeIcon("circle-outline");
}

function warning(icon: "warning" | "error"): ThemeIcon {
  return new ThemeIcon(icon, colour(`list.${icon}Foreground`));
}

function colour(id: string): ThemeColor {
  return new ThemeColor(id);
}
