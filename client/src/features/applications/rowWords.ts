import { isError } from "../../../../server/src/protocol/applicationWords";
import { isBusy } from "../../cluster/argocd/application";
import {
  describeAutoSync,
  describeInitiator,
  operationWords,
  shortRevision,
} from "../../cluster/argocd/applicationState";
import { contextState } from "../../cluster/contextState";
import { describeTime } from "../../cluster/describeTime";
import { isProtected } from "../../cluster/protectedContexts";
import { stateOfObject } from "../../cluster/stateOfObject";
import type {
  BelowRow,
  ClusterRow,
  ContainerRow,
  EventRow,
  EventsRow,
  HistoryEntryRow,
  ObjectRow,
  ResourceRow,
} from "./applicationNodes";
import type { DrawnFrom } from "./drawnFrom";

/** What a row says, in words alone: colours and icons only repeat it. */
export interface RowWords {
  readonly label: string;
  readonly description: readonly string[];
  /** A line each, as plain text: what a cluster says is never taken for Markdown. */
  readonly tooltip: readonly string[];
  /** What a screen reader says. */
  readonly spoken: string;
  /** In the words of Argo CD, or `Error`, `Warning`; empty when there is nothing to say. */
  readonly health: string;
  readonly sync?: string | undefined;
}

/** What the row of a cluster says besides its name: why it is not up to date, in the words of the Clusters view. */
export function clusterWords(
  row: ClusterRow,
  { model, patterns }: Pick<DrawnFrom, "model" | "patterns">,
): readonly string[] {
  const open = model.findCluster(row.cluster);
  const state = open === undefined || open.state === "live" ? "" : contextState(open);
  const summary = model.grouping.by === "cluster" && open?.state !== "opening" ? model.summaryOf(row) : "";
  return [isProtected(row.cluster, patterns()) ? "protected" : "", state, summary].filter(isWord);
}

/** What a row somewhere below an Application says. */
export function rowWords(row: BelowRow, from: DrawnFrom): RowWords {
  switch (row.type) {
    case "condition": {
      const { type, message } = row.condition;
      const health = isError(type) ? "Error" : "Warning";
      return { ...words(type, [message]), tooltip: [type, message], spoken: `Condition ${type}: ${message}`, health };
    }
    case "operation":
      return operationRowWords(row.parent, from);
    case "autoSync": {
      const application = from.model.find(row.parent);
      const [state = "", ...options] = application === undefined ? [] : describeAutoSync(application).split(", ");
      const windows = application === undefined ? [] : from.windows(row.parent);
      return words(`Auto-sync ${state}`, [...options, ...windows]);
    }
    case "history": {
      const history = from.model.find(row.parent)?.status?.history ?? [];
      return words("History", [`${history.length} ${history.length === 1 ? "deployment" : "deployments"}`]);
    }
    case "historyEntry":
      return historyWords(row);
    case "events":
      return { ...words("Events", []), spoken: `Events of ${subjectOf(row)}` };
    case "event":
      return eventWords(row);
    case "resource":
      return resourceWords(row, from);
    case "object":
      return objectWords(row, from);
    case "container":
      return containerWords(row);
  }
}

function words(label: string, description: readonly string[], health = ""): RowWords {
  return { label, description, tooltip: [label, ...description], spoken: [label, ...description].join(", "), health };
}

/** For example `Pod web-1`. */
function subjectOf({ parent }: EventsRow): string {
  if (parent.type === "application") return `Application ${parent.key.slice(parent.key.indexOf("/") + 1)}`;
  return `${parent.type === "resource" ? parent.kind : parent.kind.kind} ${parent.name}`;
}

function operationRowWords(place: Parameters<DrawnFrom["model"]["find"]>[0], { model }: DrawnFrom): RowWords {
  const application = model.find(place);
  const { phase, details, failures } = application === undefined ? noOperation : operationWords(application);
  const label = application !== undefined && isBusy(application) ? "Operation under way" : "Last operation";
  const health =
    phase === "Failed" || phase === "Error" ? "Degraded" : phase === "Succeeded" ? "Healthy" : "Progressing";
  const said = words(label, [phase, ...details], health);
  return {
    ...said,
    tooltip: [`${label}: ${phase}`, ...details, ...failures],
    spoken: [said.spoken, ...failures].join(", "),
  };
}

const noOperation = { phase: "", details: [], failures: [] };

function historyWords({ entry }: HistoryEntryRow): RowWords {
  const { id, revision, revisions, deployedAt, initiatedBy, source, sources } = entry;
  const all = revisions ?? (revision === undefined ? [] : [revision]);
  const told = [deployedAt === undefined ? "" : describeTime(deployedAt), describeInitiator(initiatedBy)].filter(
    Boolean,
  );
  const said = words(`${id}: ${all.map(shortRevision).join(", ")}`, told);
  const places = (sources ?? (source === undefined ? [] : [source])).map((each) => {
    return [each.repoURL, each.path ?? each.chart, each.targetRevision].filter(Boolean).join(" · ");
  });
  return {
    ...said,
    tooltip: [`History entry ${id}`, ...all, ...told, ...places],
    spoken: `History entry ${said.spoken}`,
  };
}

function eventWords({ event }: EventRow): RowWords {
  const { reason, message, time, count, isWarning } = event;
  const often = count > 1 ? `${count} times` : "";
  const when = time === "" ? "" : describeTime(time);
  const said = words(reason, [message, often, when].filter(Boolean), isWarning ? "Warning" : "");
  return { ...said, spoken: `${isWarning ? "Warning" : "Event"} ${said.spoken}` };
}

function resourceWords(row: ResourceRow, { below }: DrawnFrom): RowWords {
  const { kind, name, namespace, group } = row;
  const { status, health, requiresPruning, hook, version, syncWave } = below.findResource(row) ?? {};
  const states = [status, health?.status, requiresPruning ? "to be pruned" : "", hook ? "hook" : ""].filter(isWord);
  // A Deployment and its Service often have one name. Then what is wrong: a narrow side bar cuts the rest off.
  const bad = [health?.status, status].filter(isWord).filter((state) => state !== "Healthy" && state !== "Synced");
  const others = states.filter((state) => !bad.includes(state));
  const said = words(name, [kind, ...bad, ...others], health?.status ?? "");
  const more = [syncWave === undefined ? "" : `Sync wave ${syncWave}`, health?.message].filter(isWord);
  const type = [group, version, kind].filter(Boolean).join("/");
  const tooltip = [type, namespace === "" ? name : `${namespace}/${name}`, ...states, ...more];
  const spoken = [`${kind} ${name}`, ...states, ...(health?.message ? [health.message] : [])].join(", ");
  return { ...said, tooltip, spoken, sync: status };
}

function objectWords(row: ObjectRow, { live }: DrawnFrom): RowWords {
  const { kind, name, namespace } = row;
  const object = live.findObject(row);
  if (object === undefined) return words(name, [kind.kind, "gone"]);
  const { health, words: states, why = [] } = stateOfObject(kind.kind, object);
  // The first word first: a narrow side bar cuts the rest off.
  const [first, ...others] = states;
  const said = words(name, [first, kind.kind, ...others].filter(isWord), health);
  const type = [kind.group, kind.version, kind.kind].filter(Boolean).join("/");
  const { creationTimestamp } = object.metadata;
  const created = creationTimestamp === undefined ? [] : [`Created ${describeTime(creationTimestamp)}`];
  const tooltip = [type, `${namespace}/${name}`, ...states, ...why, ...created];
  return { ...said, tooltip, spoken: [`${kind.kind} ${name}`, ...states, ...why].join(", ") };
}

function containerWords({ container }: ContainerRow): RowWords {
  const { name, words: states, health } = container;
  const own = `Container ${name}`;
  const why = (container.why ?? []).map((text) =>
    text.startsWith(own) ? text.slice(own.length).replace(/^:? /, "") : text,
  );
  const [what = "", word = "", ...others] = states;
  const said = words(name, [word, what, ...others], health);
  return {
    ...said,
    tooltip: [name, ...states, ...why],
    spoken: [own, ...states.slice(1), ...why].join(", "),
  };
}

function isWord(text: string | undefined): text is string {
  return text !== undefined && text !== "";
}
