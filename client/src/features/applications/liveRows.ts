import { ApiError } from "../../cluster/apiError";
import type { Clock } from "../../cluster/clock";
import { toEvents } from "../../cluster/events";
import type { KubeObject } from "../../cluster/kubeObject";
import { ownedBy } from "../../cluster/ownedObjects";
import { containersOf } from "../../cluster/podState";
import type { Followed, SharedWatches } from "../../cluster/sharedWatches";
import type { ShownClusters } from "./applicationModel";
import type { ApplicationNode, ApplicationRow, EventsRow, LiveRow, ObjectRow, ResourceRow } from "./applicationNodes";
import { describeProblem, isLive, isPod, ownerOf, showsEvents, sourceOf, type WantedKind } from "./liveSource";

export interface LiveRowsOptions {
  readonly clusters: ShownClusters;
  readonly watches: Pick<SharedWatches, "follow">;
  /** Whether the row of an Application, or of a resource of one that is, is among those that are shown. */
  readonly isThere: (row: ApplicationRow | ResourceRow) => boolean;
  /** Called when rows have to be drawn again. */
  readonly changed: (rows: readonly ApplicationNode[]) => void;
  readonly clock: Pick<Clock, "sleep">;
}

/** A row that somebody unfolded once. */
interface Unfolded {
  readonly row: LiveRow;
  isOpen: boolean;
  /** What it follows; empty while it is not to be seen. */
  follows: readonly Following[];
  /** What is known to be below it. */
  latest: Known;
  /** What of that was drawn. */
  drawn: Known;
  /** The rows of the objects below it: the same row for as long as its object exists. */
  readonly rows: Map<string, ObjectRow>;
  /** Ends the wait until what is below it was drawn again. */
  waiting?: AbortController | undefined;
}

type Following = WantedKind & { readonly followed: Followed };

interface Known {
  readonly state: string;
  /** By the id of their row. */
  readonly objects: ReadonlyMap<string, Found>;
}

interface Found {
  readonly following: Following;
  readonly object: KubeObject;
}

/** After how many milliseconds a row that was not drawn is to be drawn once more, each time. */
const patience = [1000, 2000, 4000];

const nothing: Known = { state: "", objects: new Map() };

/**
 * The rows below resources and events: what the cluster says now. A watch runs for a row while it is unfolded and can be seen: it ends when the
 * row, or one above it, is folded, when the view is hidden, and when its Application, its context or the filter takes the row away.
 */
export class LiveRows {
  readonly #unfolded = new Map<string, Unfolded>();
  /** Rows for clusters, groups and Applications that were folded or unfolded, by their ids. */
  readonly #folded = new Map<string, boolean>();
  readonly #eventsRows = new WeakMap<ResourceRow | ObjectRow, EventsRow>();
  #visible = true;

  constructor(private readonly options: LiveRowsOptions) {}

  unfold(row: ApplicationNode): void {
    if (isLive(row) && !this.#unfolded.has(row.id)) {
      const none = { follows: [], latest: nothing, drawn: nothing };
      this.#unfolded.set(row.id, { row, isOpen: true, ...none, rows: new Map() });
    }
    // A row that somebody unfolds can be seen: so are those above it, also those that came back unfolded after they were gone.
    for (let each: ApplicationNode | undefined = row; each !== undefined; each = each.parent) {
      const known = this.#unfolded.get(each.id);
      if (known !== undefined) known.isOpen = true;
      else this.#folded.set(each.id, false);
    }
    this.check();
  }

  fold(row: ApplicationNode): void {
    const known = this.#unfolded.get(row.id);
    if (known !== undefined) known.isOpen = false;
    else this.#folded.set(row.id, true);
    this.check();
  }

  /** Whether the view can be seen at all. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.check();
  }

  /** Begins and ends watches, by what can be seen now. */
  check(): void {
    for (const [id, unfolded] of this.#unfolded) {
      if (this.#isGone(unfolded.row)) {
        stop(unfolded);
        this.#unfolded.delete(id);
      } else if (this.#isSeen(unfolded.row)) this.#follow(unfolded);
      else stop(unfolded);
    }
  }

  /** What is below a row, as far as it is known. */
  childRows(row: LiveRow): readonly ApplicationNode[] {
    if (isPod(row)) return [...this.#containerRows(row), this.#eventsRow(row)];
    const source = sourceOf(row, this.options.clusters);
    if (source === undefined) return [];
    if (source.problem !== undefined) return [note(row, source.problem, { id: "problem" })];
    const unfolded = this.#unfolded.get(row.id);
    if (unfolded === undefined) return [note(row, "Reading…", { id: "reading" })];
    unfolded.drawn = unfolded.latest;
    const problems = unfolded.follows.flatMap((following) => {
      const { state } = following.followed.current;
      // A cluster that does not know a kind has none of it.
      if (typeof state === "string" || state.kind === "notFound") return [];
      return [note(row, describeProblem(state, following), { id: `problem ${following.kind?.kind}`, isProblem: true })];
    });
    const found = showsEvents(row) ? eventRows(row, unfolded) : objectRows(row, unfolded);
    if (isReading(unfolded) && found.length === 0) return [...problems, note(row, "Reading…", { id: "reading" })];
    if (row.type !== "events" && !showsEvents(row)) return [...problems, ...found, this.#eventsRow(row)];
    return found.length + problems.length > 0 ? [...problems, ...found] : [note(row, "No events.", { id: "none" })];
  }

  /** The object of a row as the cluster tells it now; nothing when it is gone. */
  findObject({ parent, id }: ObjectRow): KubeObject | undefined {
    return this.#unfolded.get(parent.id)?.latest.objects.get(id)?.object;
  }

  /** The same row each time: VS Code is told to draw it again. */
  #eventsRow(parent: ResourceRow | ObjectRow): EventsRow {
    const row: EventsRow = this.#eventsRows.get(parent) ?? { type: "events", id: `${parent.id} events`, parent };
    this.#eventsRows.set(parent, row);
    return row;
  }

  #containerRows(row: ObjectRow): readonly ApplicationNode[] {
    const object = this.findObject(row);
    const containers = object === undefined ? [] : containersOf(object);
    return containers.map((container) => {
      return { type: "container", id: `${row.id} container ${container.name}`, parent: row, container };
    });
  }

  #follow(unfolded: Unfolded): void {
    const source = sourceOf(unfolded.row, this.options.clusters);
    if (source?.connection === undefined) {
      stop(unfolded);
      return;
    }
    const { connection, wanted } = source;
    const { follows } = unfolded;
    if (follows.length > 0 && follows.every(({ followed }) => followed.connection === connection)) return;
    stop(unfolded);
    const changed = (): void => {
      this.#learn(unfolded);
      // What went away takes the watches below it along.
      this.check();
    };
    unfolded.follows = wanted.map((each) => {
      return { ...each, followed: this.options.watches.follow(connection, each.wanted, changed) };
    });
    // What another row follows is known already.
    this.#learn(unfolded);
  }

  /** Takes in what the watches tell, and has drawn again what is different. */
  #learn(unfolded: Unfolded): void {
    // Until something new is there, what was known last stays.
    if (unfolded.follows.every(({ followed }) => followed.current.state === "listing")) return;
    const { row, rows, drawn } = unfolded;
    const latest = knownOf(unfolded);
    unfolded.latest = latest;
    for (const id of rows.keys()) if (!isReading(unfolded) && !latest.objects.has(id)) rows.delete(id);
    if (latest.state !== drawn.state || String([...latest.objects.keys()]) !== String([...drawn.objects.keys()])) {
      void this.#draw(unfolded);
      return;
    }
    const others = [...latest.objects].filter(([id, { object }]) => drawn.objects.get(id)?.object !== object);
    unfolded.drawn = latest;
    if (others.length === 0) return;
    const changed = others.flatMap(([id]) => rows.get(id) ?? []);
    this.options.changed(changed.length > 0 ? changed : [row]);
  }

  /**
   * Has drawn again what is below a row, until VS Code asks for it. Where its window is busy, it takes a change for told that reaches it together
   * with its own last question, and shows what it was answered to that, `Reading…` say, until the next change.
   */
  async #draw(unfolded: Unfolded): Promise<void> {
    const { row } = unfolded;
    unfolded.waiting?.abort();
    const waiting = new AbortController();
    unfolded.waiting = waiting;
    this.options.changed([row]);
    for (const milliseconds of patience) {
      await this.options.clock.sleep(milliseconds, waiting.signal);
      if (waiting.signal.aborted || unfolded.drawn === unfolded.latest || !this.#isSeen(row)) return;
      this.options.changed([row]);
    }
  }

  /** Whether nothing above it hides it. */
  #isSeen(row: LiveRow): boolean {
    if (!this.#visible) return false;
    for (let each: ApplicationNode | undefined = row; each !== undefined; each = each.parent) {
      if (isLive(each) ? this.#unfolded.get(each.id)?.isOpen !== true : this.#isFolded(each)) return false;
    }
    return true;
  }

  /** As somebody left it; or else as it began. Rows for Applications begin folded, but nothing below them is unfolded then. */
  #isFolded(row: ApplicationNode): boolean {
    return this.#folded.get(row.id) ?? (row.type === "group" && row.startsFolded);
  }

  /** Whether what a row stands for, or what one above it does, went away. */
  #isGone(row: LiveRow): boolean {
    for (let each: ApplicationNode | undefined = row; each !== undefined; each = each.parent) {
      if (each.type === "application" || each.type === "resource") {
        if (!this.options.isThere(each)) return true;
      } else if (each.type === "object") {
        const above = this.#unfolded.get(each.parent.id);
        if (above === undefined || !(isReading(above) || above.latest.objects.has(each.id))) return true;
      }
    }
    return false;
  }
}

/** The objects below a row by the ids of their rows, and the states of the watches that tell of them. */
function knownOf({ row, follows }: Unfolded): Known {
  const objects = new Map<string, Found>();
  for (const following of follows) {
    const { kind, followed } = following;
    const all = [...followed.current.objects.values()];
    const own = kind === undefined || row.type === "events" ? all : ownedBy(ownerOf(row), all);
    for (const object of own) {
      const { uid, name } = object.metadata;
      objects.set(`${row.id} ${kind?.kind ?? "event"} ${uid ?? name}`, { following, object });
    }
  }
  const states = follows.map(({ followed: { current } }) => {
    return current.state instanceof ApiError ? current.state.message : current.state;
  });
  return { state: states.join("\n"), objects };
}

function objectRows(parent: LiveRow, { latest, rows }: Unfolded): readonly ObjectRow[] {
  return [...latest.objects].flatMap(([id, { following, object }]) => {
    const { kind } = following;
    if (kind === undefined || parent.type === "events") return [];
    const { namespace = "", name, uid = "" } = object.metadata;
    const row: ObjectRow = rows.get(id) ?? { type: "object", id, parent, kind, namespace, name, uid };
    rows.set(id, row);
    return [row];
  });
}

function eventRows(parent: LiveRow, { latest }: Unfolded): readonly ApplicationNode[] {
  const objects = new Map([...latest.objects].map(([id, { object }]) => [id, object]));
  // The same events may be told below several rows: of two contexts for one cluster, or of what two Applications manage.
  return toEvents(objects).map((event) => ({ type: "event", id: `${parent.id} event ${event.key}`, parent, event }));
}

/** One that reads nothing yet, or not all. */
function isReading({ follows }: Unfolded): boolean {
  return follows.length === 0 || follows.some(({ followed }) => followed.current.state === "listing");
}

function note(
  parent: LiveRow,
  text: string,
  { id, isProblem = false }: { readonly id: string; readonly isProblem?: boolean },
): ApplicationNode {
  return { type: "note", id: `${parent.id} ${id}`, text, isProblem, parent };
}

function stop(unfolded: Unfolded): void {
  for (const { followed } of unfolded.follows) followed.stop();
  unfolded.follows = [];
  unfolded.waiting?.abort();
}
