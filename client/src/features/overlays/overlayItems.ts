import { ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from "vscode";
import type { KustomizationNode } from "../../../../server/src/protocol/overlays";
import { type FileRow, type GroupRow, hasChildren, type KustomizationRow, type OverlayNode } from "./overlayNodes";
import { countText, countUri } from "./problemCounts";

interface RoleWords {
  readonly title: string;
  readonly one: string;
  readonly icon: string;
}

const words: Readonly<Record<KustomizationNode["role"], RoleWords>> = {
  overlay: { title: "Overlays", one: "overlay", icon: "layers" },
  standalone: { title: "Standalone", one: "standalone kustomization", icon: "file-submodule" },
  component: { title: "Components", one: "component", icon: "extensions" },
  base: { title: "Bases", one: "base", icon: "package" },
};

/** How a row looks and sounds. Nothing is said by colour alone: states are words, counts are numbers. */
export function overlayItem(row: OverlayNode): TreeItem {
  const item = row.type === "group" ? groupItem(row) : row.type === "file" ? fileItem(row) : kustomizationItem(row);
  item.id = row.id;
  return item;
}

function groupItem({ role, directory }: GroupRow): TreeItem {
  const { title } = words[role];
  const item = new TreeItem(title, TreeItemCollapsibleState.Expanded);
  item.description = directory;
  item.contextValue = "group";
  item.accessibilityInformation = { label: directory === "" ? title : `${title} in ${directory}` };
  return item;
}

function kustomizationItem(row: KustomizationRow): TreeItem {
  const { kustomization, include, cycle } = row;
  const { one, icon } = words[kustomization.role];
  const state = hasChildren(row) ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  const item = new TreeItem(row.name, state);
  const counts = countText(kustomization.problems);
  item.description = join([include?.field, cycle ? "includes itself" : ""]);
  item.iconPath = new ThemeIcon(icon);
  item.resourceUri = countUri(kustomization);
  item.contextValue = "kustomization";
  item.tooltip = [`${kustomization.label} (${one})`, counts].filter((line) => line !== "").join("\n");
  item.accessibilityInformation = {
    label: [one, kustomization.label, item.description, counts].filter(Boolean).join(", "),
  };
  item.command = open(kustomization.file, "Open Kustomization");
  return item;
}

function fileItem({ include }: FileRow): TreeItem {
  const item = new TreeItem(include.text, TreeItemCollapsibleState.None);
  const counts = countText(include.problems);
  const state = include.kind === "missing" ? "not found" : include.kind === "remote" ? "remote" : "";
  item.description = join([include.field, state, counts]);
  item.contextValue = include.kind;
  item.accessibilityInformation = { label: [include.text, item.description].filter(Boolean).join(", ") };
  if (include.kind === "missing") item.iconPath = new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
  if (include.kind === "remote") item.iconPath = new ThemeIcon("globe");
  if (include.kind === "file" && include.target !== undefined) {
    item.resourceUri = Uri.parse(include.target, true);
    item.iconPath = ThemeIcon.File;
    item.command = open(include.target, "Open File");
  }
  return item;
}

function join(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" · ");
}

function open(uri: string, title: string): NonNullable<TreeItem["command"]> {
  return { command: "vscode.open", title, arguments: [Uri.parse(uri, true)] };
}
