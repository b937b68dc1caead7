import type { Application } from "../../cluster/argocd/application";
import { isFine, searchTextOf } from "../../cluster/argocd/applicationState";
import type { ClusterChange, OpenCluster, OpenClusters } from "../../cluster/openClusters";
import type {
  ApplicationNode,
  ApplicationRow,
  ClusterRow,
  DetailRow,
  MoreRow,
  NoteRow,
  ProjectRow,
} from "./applicationNodes";

/** How many Applications of a project are shown at first, and how many more each time. VS Code asks for all rows below one at once. */
export const pageSize = 200;

/** The part of the open clusters that the rows are made of. */
export type ShownClusters = Pick<OpenClusters, "all" | "find">;

/** What has to be drawn again: rows, or everything. */
export type Redraw = readonly ApplicationNode[] | "all";

/** The rows of one cluster. */
interface Group {
  readonly row: ClusterRow;
  projects: ReadonlyMap<string, readonly string[]>;
  readonly projectRows: Map<string, ProjectRow>;
  readonly applicationRows: Map<string, ApplicationRow>;
  /** What a row says of those below it, to know when that is not true any more. */
  readonly summaries: Map<string, string>;
  /** How many Applications of a project are shown, when more than one page. */
  readonly shown: Map<string, number>;
}

/** Which rows there are, by cluster and project, and which of them a change touches. */
export class ApplicationModel {
  readonly #groups = new Map<string, Group>();
  readonly #texts = new WeakMap<Application, string>();
  #terms: readonly string[] = [];

  constructor(private readonly clusters: ShownClusters) {}

  /** Shows only Applications of which all words of `text` are true, for example `degraded team-a`. */
  filter(text: string): void {
    this.#terms = text.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { context } of this.clusters.all) this.#regroup(context.name);
  }

  /** How many Applications are shown, and how many there are. */
  get counts(): { readonly shown: number; readonly all: number } {
    let [shown, all] = [0, 0];
    for (const { applications, context } of this.clusters.all) {
      all += applications.size;
      for (const keys of this.#groups.get(context.name)?.projects.values() ?? []) shown += keys.length;
    }
    return { shown, all };
  }

  /** Takes in a change and says what has to be drawn again. */
  update({ name, applications, cluster }: ClusterChange): Redraw {
    const open = this.clusters.find(name);
    if (open === undefined) {
      this.#groups.delete(name);
      return "all";
    }
    const isNew = !this.#groups.has(name);
    const before = this.#groups.get(name)?.projects;
    const group = this.#regroup(name);
    if (isNew) return "all";
    for (const key of applications) if (!open.applications.has(key)) group.applicationRows.delete(key);
    if (cluster || !sameKeys(before, group.projects)) return [group.row];
    return this.#changedRows(group, before, applications);
  }

  topRows(): readonly ApplicationNode[] {
    return this.clusters.all.map(({ context }) => this.#group(context.name).row);
  }

  childRows(row: ApplicationNode): readonly ApplicationNode[] {
    if (row.type === "cluster") return this.#below(row);
    if (row.type === "project") return this.#page(row);
    return row.type === "application" ? this.#details(row) : [];
  }

  /** The Application that a row stands for, as it is now; nothing when it is gone. */
  find({ cluster, key }: Pick<ApplicationRow, "cluster" | "key">): Application | undefined {
    return this.clusters.find(cluster)?.applications.get(key);
  }

  findCluster({ cluster }: ClusterRow): OpenCluster | undefined {
    return this.clusters.find(cluster);
  }

  /** Shows the next page of a project. */
  showMore({ cluster, project }: ProjectRow): void {
    const { shown } = this.#group(cluster);
    shown.set(project, (shown.get(project) ?? pageSize) + pageSize);
  }

  /** How the Applications of a project are, for example `12, 2 need a look`. */
  summaryOf({ cluster, project }: ProjectRow): string {
    const { projects, summaries } = this.#group(cluster);
    const text = this.#summarize(cluster, projects.get(project) ?? []);
    summaries.set(project, text);
    return text;
  }

  #summarize(cluster: string, keys: readonly string[]): string {
    const applications = keys.map((key) => this.find({ cluster, key }));
    const bad = applications.filter((each) => each !== undefined && !isFine(each)).length;
    return `${keys.length}${bad === 0 ? "" : `, ${bad} ${bad === 1 ? "needs" : "need"} a look`}`;
  }

  #changedRows(
    group: Group,
    before: Group["projects"] | undefined,
    keys: ReadonlySet<string>,
  ): readonly ApplicationNode[] {
    const rows: ApplicationNode[] = [];
    const { cluster } = group.row;
    for (const [project, all] of group.projects) {
      const row = group.projectRows.get(project);
      // What was never drawn need not be drawn again; a project draws all rows below it.
      if (row === undefined) continue;
      const drawn = group.summaries.get(project);
      const isSame = String(before?.get(project)) === String(all);
      if (!isSame || (drawn !== undefined && drawn !== this.#summarize(cluster, all))) {
        rows.push(row);
        continue;
      }
      for (const key of all) {
        const application = keys.has(key) ? group.applicationRows.get(key) : undefined;
        if (application !== undefined) rows.push(application);
      }
    }
    return rows;
  }

  #below(row: ClusterRow): readonly ApplicationNode[] {
    const { projects } = this.#group(row.cluster);
    const note = this.#note(row);
    const rows = [...projects.keys()].map((project) => this.#projectRow(row, project));
    return note === undefined ? rows : [note, ...rows];
  }

  #note(parent: ClusterRow): NoteRow | undefined {
    const open = this.clusters.find(parent.cluster);
    if (open === undefined || open.state === "opening") return undefined;
    const note = (text: string, isProblem: boolean): NoteRow => {
      return { type: "note", id: `${parent.id} note`, text, isProblem, parent };
    };
    if (typeof open.state !== "string") return note(open.state.message, true);
    return open.applications.size === 0 ? note("There are no Applications.", false) : undefined;
  }

  #projectRow(parent: ClusterRow, project: string): ProjectRow {
    const { projectRows } = this.#group(parent.cluster);
    const { cluster } = parent;
    const row = projectRows.get(project) ?? {
      type: "project",
      id: `${parent.id} ${project}`,
      cluster,
      project,
      parent,
    };
    projectRows.set(project, row);
    return row;
  }

  #page(parent: ProjectRow): readonly ApplicationNode[] {
    const { cluster, project } = parent;
    const { projects, shown, applicationRows } = this.#group(cluster);
    const keys = projects.get(project) ?? [];
    const end = shown.get(project) ?? pageSize;
    const rows = keys.slice(0, end).map((key): ApplicationRow => {
      const known = applicationRows.get(key);
      // One that moved to another project is another row.
      if (known?.parent === parent) return known;
      const row: ApplicationRow = { type: "application", id: `${parent.id} ${key}`, cluster, key, parent };
      applicationRows.set(key, row);
      return row;
    });
    const hidden = keys.length - rows.length;
    const more: MoreRow = { type: "more", id: `${parent.id} more`, parent, hidden };
    return hidden > 0 ? [...rows, more] : rows;
  }

  #details(parent: ApplicationRow): readonly DetailRow[] {
    const { conditions = [], resources = [] } = this.find(parent)?.status ?? {};
    const details = [...conditions.map((condition) => ({ condition })), ...resources.map((resource) => ({ resource }))];
    return details.map((detail, index) => ({ type: "detail", id: `${parent.id} ${index}`, parent, detail }));
  }

  #group(name: string): Group {
    return this.#groups.get(name) ?? this.#regroup(name);
  }

  #regroup(name: string): Group {
    const open = this.clusters.find(name);
    const projects = open === undefined ? new Map<string, readonly string[]>() : this.#sort(open);
    const known = this.#groups.get(name);
    if (known !== undefined) {
      known.projects = projects;
      return known;
    }
    const row: ClusterRow = { type: "cluster", id: `cluster ${name}`, cluster: name };
    const rows = { projectRows: new Map(), applicationRows: new Map(), summaries: new Map(), shown: new Map() };
    const group: Group = { row, projects, ...rows };
    this.#groups.set(name, group);
    return group;
  }

  /** The keys of the Applications that are to be shown, by project, both in the order of their names. */
  #sort({ applications }: OpenCluster): ReadonlyMap<string, readonly string[]> {
    const projects = new Map<string, string[]>();
    for (const [key, application] of applications) {
      if (!this.#matches(application)) continue;
      const project = application.spec?.project || "default";
      const keys = projects.get(project);
      if (keys === undefined) projects.set(project, [key]);
      else keys.push(key);
    }
    for (const keys of projects.values()) keys.sort(byName);
    return new Map([...projects].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #matches(application: Application): boolean {
    if (this.#terms.length === 0) return true;
    const text = this.#texts.get(application) ?? searchTextOf(application);
    this.#texts.set(application, text);
    return this.#terms.every((term) => text.includes(term));
  }
}

/** By the name, then by the namespace before the slash. */
function byName(a: string, b: string): number {
  const [first, second] = [a.slice(a.indexOf("/")), b.slice(b.indexOf("/"))];
  if (first === second) return a < b ? -1 : 1;
  return first < second ? -1 : 1;
}

function sameKeys(a: ReadonlyMap<string, unknown> | undefined, b: ReadonlyMap<string, unknown>): boolean {
  return a !== undefined && a.size === b.size && [...b.keys()].every((key) => a.has(key));
}
