import { Range, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, Uri } from "vscode";
import type { SyncPlanTask } from "../../../../server/src/protocol/syncPlan";
import {
  describeTask,
  isKept,
  type NoteRow,
  type PhaseRow,
  type PlanRow,
  type TaskRow,
  type WaveRow,
} from "./planRows";

const aboutPhases: Readonly<Record<SyncPlanTask["phase"], string>> = {
  PreSync: "before the rest; all must succeed",
  Sync: "the manifests",
  PostSync: "after all of it is healthy",
  SyncFail: "only when something before failed",
};

/** How a row looks and sounds. Nothing is said by icon or colour alone. */
export function planItem(row: PlanRow): TreeItem {
  const item = itemOf(row);
  item.id = row.id;
  return item;
}

function itemOf(row: PlanRow): TreeItem {
  switch (row.type) {
    case "note":
      return noteItem(row);
    case "phase":
      return phaseItem(row);
    case "wave":
      return waveItem(row);
    case "task":
      return taskItem(row);
  }
}

function noteItem({ text, isFailure }: NoteRow): TreeItem {
  const item = new TreeItem(text, TreeItemCollapsibleState.None);
  item.iconPath = new ThemeIcon("info");
  item.tooltip = text;
  item.accessibilityInformation = { label: `Note: ${text}` };
  if (!isFailure) return item;
  item.iconPath = new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
  item.tooltip = `${text}\nPress it to plan again.`;
  item.accessibilityInformation = { label: `Problem: ${text} Press Enter to plan again.` };
  item.contextValue = "note.failure";
  item.command = { command: "gitopsAuthor.syncPlan.again", title: "Plan Again" };
  return item;
}

function phaseItem({ phase, count }: PhaseRow): TreeItem {
  const item = new TreeItem(phase, TreeItemCollapsibleState.Expanded);
  item.description = `${count} · ${aboutPhases[phase]}`;
  item.accessibilityInformation = { label: `Phase ${phase}, ${aboutPhases[phase]}, ${objectsOf(count)}` };
  return item;
}

function waveItem({ wave, children }: WaveRow): TreeItem {
  const item = new TreeItem(`Wave ${wave}`, TreeItemCollapsibleState.Expanded);
  item.description = String(children.length);
  item.accessibilityInformation = { label: `Wave ${wave}, ${objectsOf(children.length)}` };
  return item;
}

function objectsOf(count: number): string {
  return count === 1 ? "1 object" : `${count} objects`;
}

function taskItem({ task, place, of }: TaskRow): TreeItem {
  const item = new TreeItem(task.name, TreeItemCollapsibleState.None);
  const description = describeTask(task);
  item.description = description;
  item.iconPath = iconOf(task);
  item.tooltip = [`${place} of ${of}: ${task.name}`, description, task.isPrune ? "It is no longer in Git." : ""]
    .filter(Boolean)
    .join("\n");
  item.accessibilityInformation = { label: `${place} of ${of}: ${task.name}, ${description.replaceAll(" · ", ", ")}` };
  item.contextValue = task.source === undefined ? "task" : "task.source";
  if (task.source !== undefined) {
    const { uri, range } = task.source;
    const selection = new Range(range.start.line, range.start.character, range.end.line, range.end.character);
    const argument = [Uri.parse(uri, true), { selection, preview: true }];
    item.command = { command: "vscode.open", title: "Open Source", arguments: argument };
  }
  return item;
}

function iconOf(task: SyncPlanTask): ThemeIcon {
  const { isHook, isPrune, status } = task;
  if (isKept(task)) return new ThemeIcon("lock");
  if (isPrune) return new ThemeIcon("trash", new ThemeColor("list.warningForeground"));
  if (isHook) return new ThemeIcon("zap");
  if (status === "Missing") return new ThemeIcon("diff-added");
  if (status === "OutOfSync") return new ThemeIcon("diff-modified");
  return new ThemeIcon(status === "Synced" ? "check" : "circle-outline");
}
