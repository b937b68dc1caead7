import { naturalOrder } from "../../../../server/src/protocol/naturalOrder";
import type { Application } from "../../cluster/argocd/application";
import { isFine, searchTextOf } from "../../cluster/argocd/applicationState";
import { describeFailure } from "../../cluster/argocd/describeFailure";
import type { ClusterChange, OpenCluster, OpenClusters } from "../../cluster/openClusters";
import type { ApplicationNode, ApplicationRow, ClusterRow, GroupRow, NoteRow, PagedRow } from "./applicationNodes";
import { type Grouping, groupApplications, groupOf } from "./grouping";
import { looksSame } from "./looksSame";
import { Pages, pageSize } from "./pages";

/** The part of the open clusters that the rows are made of. */
export type ShownClusters = Pick<OpenClusters, "all" | "find">;

/** What has to be drawn again: rows, or everything. */
export type Redraw = readonly ApplicationNode[] | "all";

/** Where an Application is. */
export type ApplicationPlace = Pick<ApplicationRow, "cluster" | "key">;

/** The rows of one cluster. */
interface Shelf {
  readonly row: ClusterRow;
  /** What the row said when a change came last, besides what it says of those below it. */
  headline: string;
  /** What its groups begin with. */
  startsFolded: boolean;
  /** The keys of the Applications that are to be shown. */
  groups: ReadonlyMap<string, readonly string[]>;
  /** The Applications from which the groups were made. */
  seen: OpenCluster["applications"];
  readonly groupRows: Map<string, GroupRow>;
  readonly applicationRows: Map<string, ApplicationRow>;
  /** What a row says of those below it, to know when that is not true any more. */
  readonly summaries: Map<string, string>;
}

/** Which rows there are down to the Applications, by cluster and group, and which of them a change touches. */
export class ApplicationModel {
  readonly pages = new Pages();
  readonly #shelves = new Map<string, Shelf>();
  readonly #texts = new WeakMap<Application, string>();
  #terms: readonly string[] = [];
  #grouping: Grouping;

  constructor(
    private readonly clusters: ShownClusters,
    grouping: Grouping = { by: "project" },
  ) {
    this.#grouping = grouping;
  }

  get grouping(): Grouping {
    return this.#grouping;
  }

  /** Everything has to be drawn again after that. */
  group(grouping: Grouping): void {
    this.#grouping = grouping;
    this.#shelves.clear();
  }

  /** Shows only Applications of which all words of `text` are true, for example `degraded team-a`. */
  filter(text: string): void {
    this.#terms = text.toLowerCase().split(/\s+/).filter(Boolean);
    for (const shelf of this.#shelves.values()) {
      this.#sort(shelf);
      // The few that are left are there to be seen.
      if (shelf.startsFolded !== areMany(shelf)) shelf.groupRows.clear();
      shelf.startsFolded = areMany(shelf);
    }
  }

  /** How many Applications are shown, and how many there are. */
  get counts(): { readonly shown: number; readonly all: number } {
    let [shown, all] = [0, 0];
    for (const { applications, context } of this.clusters.all) {
      all += applications.size;
      for (const keys of this.#shelf(context.name).groups.values()) shown += keys.length;
    }
    return { shown, all };
  }

  /** Takes in a change and says what has to be drawn again. */
  update({ name, applications }: ClusterChange): Redraw {
    const open = this.clusters.find(name);
    const shelf = this.#shelves.get(name);
    if (open === undefined || shelf === undefined) {
      this.#shelves.delete(name);
      return "all";
    }
    const { groups, seen, headline } = shelf;
    shelf.headline = headlineOf(open);
    shelf.seen = open.applications;
    const changed = [...applications].filter((key) => !looksSame(seen.get(key), open.applications.get(key)));
    const touched = new Set(changed.flatMap((key) => [this.#place(seen.get(key)), this.#place(shelf.seen.get(key))]));
    const moved = changed.some((key) => this.#place(seen.get(key)) !== this.#place(shelf.seen.get(key)));
    if (moved) this.#sort(shelf);
    for (const key of changed) if (!open.applications.has(key)) shelf.applicationRows.delete(key);
    if (headline !== shelf.headline || !sameKeys(groups, shelf.groups)) return [shelf.row];
    return [...touched].flatMap((group) => {
      return group === undefined ? [] : this.#changedRows(shelf, { group, before: groups.get(group), changed });
    });
  }

  /** The clusters, in the order of the Clusters view. */
  topRows(): readonly ApplicationNode[] {
    const names = this.clusters.all.map(({ context }) => context.name).sort(naturalOrder);
    return names.map((name) => this.#shelf(name).row);
  }

  /** What is below a cluster or a group. */
  childRows(row: ClusterRow | GroupRow): readonly ApplicationNode[] {
    const shelf = this.#shelf(row.cluster);
    if (row.type === "group") return this.#page(shelf, row, shelf.groups.get(row.name) ?? []);
    const note = this.#note(row);
    const rows =
      this.#grouping.by === "cluster"
        ? this.#page(shelf, row, shelf.groups.get("") ?? [])
        : [...shelf.groups.keys()].map((name) => this.#groupRow(shelf, name));
    return note === undefined ? rows : [note, ...rows];
  }

  /** The Application that a row stands for, as it is now; nothing when it is gone. */
  find({ cluster, key }: ApplicationPlace): Application | undefined {
    return this.clusters.find(cluster)?.applications.get(key);
  }

  /** The row of an Application, if it was drawn. */
  findRow({ cluster, key }: ApplicationPlace): ApplicationRow | undefined {
    return this.#shelves.get(cluster)?.applicationRows.get(key);
  }

  findCluster(name: string): OpenCluster | undefined {
    return this.clusters.find(name);
  }

  /** Whether the row of an Application is among those that are shown. */
  isThere(row: ApplicationRow): boolean {
    return this.findRow(row) === row && this.#place(this.find(row)) !== undefined;
  }

  /**
   * The row of an Application, after as many pages are shown as it takes; `redraw` is the row above when those were more than before. Nothing
   * when the Application is gone or the filter leaves it out.
   */
  show(place: ApplicationPlace): { readonly row: ApplicationRow; readonly redraw?: PagedRow } | undefined {
    const group = this.#place(this.find(place));
    if (group === undefined) return undefined;
    const shelf = this.#shelf(place.cluster);
    const parent = this.#grouping.by === "cluster" ? shelf.row : this.#groupRow(shelf, group);
    const more = this.pages.showUpTo(parent, (shelf.groups.get(group) ?? []).indexOf(place.key));
    const row = this.#applicationRow(shelf, parent, place.key);
    return more ? { row, redraw: parent } : { row };
  }

  /** How the Applications of a cluster or a group are, for example `12, 2 need a look`. */
  summaryOf(row: ClusterRow | GroupRow): string {
    const shelf = this.#shelf(row.cluster);
    const keys = row.type === "group" ? (shelf.groups.get(row.name) ?? []) : [...shelf.groups.values()].flat();
    const text = this.#summarize(row.cluster, keys);
    shelf.summaries.set(row.id, text);
    return text;
  }

  #summarize(cluster: string, keys: readonly string[]): string {
    const applications = this.clusters.find(cluster)?.applications;
    const bad = keys.filter((key) => {
      const application = applications?.get(key);
      return application !== undefined && !isFine(application);
    }).length;
    return `${keys.length}${bad === 0 ? "" : `, ${needLook(bad, keys.length)}`}`;
  }

  #changedRows(
    { row: top, groups, groupRows, applicationRows, summaries }: Shelf,
    { group, before, changed }: Touched,
  ): readonly ApplicationNode[] {
    const keys = groups.get(group) ?? [];
    const row = this.#grouping.by === "cluster" ? top : groupRows.get(group);
    // What was never drawn need not be drawn again; a group draws all rows below it.
    if (row === undefined) return [];
    const drawn = summaries.get(row.id);
    const isSame = before === keys || String(before) === String(keys);
    if (!isSame || (drawn !== undefined && drawn !== this.#summarize(top.cluster, keys))) return [row];
    return changed.flatMap((key) => {
      const each = applicationRows.get(key);
      return each?.parent === row ? [each] : [];
    });
  }

  #note(parent: ClusterRow): NoteRow | undefined {
    const open = this.clusters.find(parent.cluster);
    if (open === undefined || open.state === "opening") return undefined;
    const note = (text: string, isProblem: boolean): NoteRow => {
      return { type: "note", id: `${parent.id} note`, text, isProblem, parent };
    };
    if (typeof open.state !== "string") return note(describeFailure(open.state, open.context.server), true);
    if (open.applications.size === 0) return note("There are no Applications.", false);
    if (this.#shelf(parent.cluster).groups.size > 0) return undefined;
    const { size } = open.applications;
    return note(
      `The filter leaves out ${size === 1 ? "its only Application" : `all of its ${size} Applications`}.`,
      false,
    );
  }

  #groupRow({ row: parent, groupRows, startsFolded }: Shelf, name: string): GroupRow {
    const known = groupRows.get(name);
    if (known !== undefined) return known;
    const by = this.#grouping.by === "label" ? `label ${this.#grouping.label}` : this.#grouping.by;
    // VS Code remembers by its id whether a row is folded.
    const id = `${parent.id} ${by} ${name}${startsFolded ? " of many" : ""}`;
    const row: GroupRow = { type: "group", id, cluster: parent.cluster, name, parent, startsFolded };
    groupRows.set(name, row);
    return row;
  }

  #page(shelf: Shelf, parent: ClusterRow | GroupRow, keys: readonly string[]): readonly ApplicationNode[] {
    const { shown, more } = this.pages.cut(parent, keys);
    return [...shown.map((key) => this.#applicationRow(shelf, parent, key)), ...more];
  }

  #applicationRow({ applicationRows }: Shelf, parent: ClusterRow | GroupRow, key: string): ApplicationRow {
    const known = applicationRows.get(key);
    // One that moved to another group is another row.
    if (known?.parent === parent) return known;
    const { cluster } = parent;
    const row: ApplicationRow = { type: "application", id: `${parent.id} ${key}`, cluster, key, parent };
    applicationRows.set(key, row);
    return row;
  }

  #shelf(name: string): Shelf {
    const known = this.#shelves.get(name);
    if (known !== undefined) return known;
    // People name contexts as they like, and no row may have the id of another.
    const row: ClusterRow = { type: "cluster", id: `cluster ${JSON.stringify(name)}`, cluster: name };
    const rows = { groupRows: new Map(), applicationRows: new Map(), summaries: new Map() };
    const headline = headlineOf(this.clusters.find(name));
    const shelf: Shelf = { row, headline, startsFolded: false, groups: new Map(), seen: new Map(), ...rows };
    this.#shelves.set(name, shelf);
    this.#sort(shelf);
    return shelf;
  }

  #sort(shelf: Shelf): void {
    shelf.seen = this.clusters.find(shelf.row.cluster)?.applications ?? new Map();
    const shown = [...shelf.seen].filter(([, application]) => this.#matches(application));
    shelf.groups = groupApplications(shown, this.#grouping);
    // Groups that are there stay as somebody left them.
    if (shelf.groupRows.size === 0) shelf.startsFolded = areMany(shelf);
  }

  /** The group in which an Application is shown; nothing for one that is not. */
  #place(application: Application | undefined): string | undefined {
    if (application === undefined || !this.#matches(application)) return undefined;
    return groupOf(application, this.#grouping);
  }

  #matches(application: Application): boolean {
    if (this.#terms.length === 0) return true;
    const text = this.#texts.get(application) ?? searchTextOf(application);
    this.#texts.set(application, text);
    return this.#terms.every((term) => text.includes(term));
  }
}

/** A group in which something changed. */
interface Touched {
  readonly group: string;
  /** The keys of its Applications before. */
  readonly before: readonly string[] | undefined;
  readonly changed: readonly string[];
}

/** `2 need a look`, `all need a look`; without a number where there is but one. */
function needLook(bad: number, all: number): string {
  const who = bad < all ? `${bad} ` : all === 1 ? "" : "all ";
  return `${who}${bad === 1 ? "needs" : "need"} a look`;
}

/** Whether more Applications are shown than anybody wants to see at once. */
function areMany({ groups }: Pick<Shelf, "groups">): boolean {
  let shown = 0;
  for (const keys of groups.values()) shown += keys.length;
  return shown > pageSize;
}

/** What decides how the row of a cluster looks, and whether there is a sentence below it. */
function headlineOf(open: OpenCluster | undefined): string {
  if (open === undefined) return "";
  return typeof open.state === "string" ? open.state : `failed: ${open.state.message}`;
}

function sameKeys(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  return a.size === b.size && [...b.keys()].every((key) => a.has(key));
}
