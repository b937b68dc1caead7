import { describe, expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import type { OpenCluster } from "../../../../client/src/cluster/openClusters";
import { ApplicationModel } from "../../../../client/src/features/applications/applicationModel";
import type { ApplicationNode } from "../../../../client/src/features/applications/applicationNodes";
import { BelowApplication } from "../../../../client/src/features/applications/belowApplication";
import { pageSize } from "../../../../client/src/features/applications/pages";

interface Wanted {
  readonly name: string;
  readonly project?: string;
  readonly health?: string;
  readonly sync?: string;
  readonly resources?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly reconciledAt?: string;
}

function application({ name, project, labels, resources = [], ...state }: Wanted): Application {
  const managed = resources.map((each) => ({ kind: "ConfigMap", name: each }));
  const { health = "Healthy", sync = "Synced", reconciledAt } = state;
  return {
    metadata: { name, namespace: "argocd", labels },
    spec: { project },
    status: { health: { status: health }, sync: { status: sync }, resources: managed, reconciledAt },
  };
}

/** Clusters that a test changes by hand: what stands before the view. */
class Clusters {
  readonly #open = new Map<string, OpenCluster>();

  get all(): readonly OpenCluster[] {
    return [...this.#open.values()];
  }

  find(name: string): OpenCluster | undefined {
    return this.#open.get(name);
  }

  set(name: string, wanted: readonly Wanted[], state: OpenCluster["state"] = "live"): void {
    const applications = new Map(wanted.map((each) => [`argocd/${each.name}`, application(each)]));
    this.#open.set(name, {
      context: { name, server: `https://${name}` },
      state,
      applications,
      controlPlanes: [],
    } as unknown as OpenCluster);
  }

  close(name: string): void {
    this.#open.delete(name);
  }
}

function modelOf(wanted: readonly Wanted[]): { readonly clusters: Clusters; readonly model: ApplicationModel } {
  const clusters = new Clusters();
  clusters.set("dev", wanted);
  const model = new ApplicationModel(clusters);
  draw(model);
  return { clusters, model };
}

/** The whole tree down to what Applications manage, a line a row, indented; so every row has been drawn after that. */
function draw(model: ApplicationModel, rows: readonly ApplicationNode[] = model.topRows(), depth = 0): string[] {
  return rows.flatMap((row) => [
    `${"  ".repeat(depth)}${words(row, model)}`,
    ...draw(model, children(model, row), depth + 1),
  ]);
}

function children(model: ApplicationModel, row: ApplicationNode): readonly ApplicationNode[] {
  if (row.type === "cluster" || row.type === "group") return model.childRows(row);
  if (row.type !== "application") return [];
  return new BelowApplication(model).childRows(row).filter(({ type }) => type === "resource");
}

/** The rows of all Applications that are shown. */
function applicationRows(model: ApplicationModel, rows = model.topRows()): readonly ApplicationNode[] {
  return rows.flatMap((row) => (row.type === "application" ? [row] : applicationRows(model, children(model, row))));
}

function words(row: ApplicationNode, model: ApplicationModel): string {
  switch (row.type) {
    case "cluster":
      return row.cluster;
    case "group":
      return `${row.name}: ${model.summaryOf(row)}`;
    case "application":
      return row.key;
    case "resource":
      return row.name;
    case "more":
      return `${row.hidden} more`;
    case "note":
      return row.text;
    default:
      throw new Error(`There is no ${row.type} here.`);
  }
}

/** What a change of these Applications makes the view draw again. */
function redraw(model: ApplicationModel, name: string, applications: readonly string[], cluster = false): unknown {
  const keys = new Set(applications.map((each) => `argocd/${each}`));
  const rows = model.update({ name, applications: keys, cluster });
  return rows === "all" ? rows : rows.map((row) => words(row, model));
}

describe("the Applications view", () => {
  test("groups by cluster and project, by name, and shows below each what it manages", () => {
    const { clusters, model } = modelOf([
      { name: "web", project: "shop", resources: ["settings"] },
      { name: "api", project: "shop", health: "Degraded" },
      { name: "book" },
    ]);
    clusters.set("prod", [], new ApiError("unreachable", "Nobody answers."));
    clusters.set(
      "test",
      [],
      new ApiError("forbidden", 'applications.argoproj.io is forbidden: User "ada" cannot list'),
    );
    expect(draw(model)).toEqual([
      "dev",
      "  default: 1",
      "    argocd/book",
      "  shop: 2, 1 needs a look",
      "    argocd/api",
      "    argocd/web",
      "      settings",
      "prod",
      "  Nobody answers.",
      "test",
      expect.stringMatching(/^ {2}You may not list Applications here\. Ask for the right/),
    ]);
  });

  test("draws only the row again whose Application changed", () => {
    const { clusters, model } = modelOf([{ name: "a" }, { name: "b" }]);
    clusters.set("dev", [{ name: "a" }, { name: "b", resources: ["new"] }]);
    expect(redraw(model, "dev", ["b"])).toEqual(["argocd/b"]);
  });

  test("draws the project again when what it says of them is not true any more, or one came or went", () => {
    const { clusters, model } = modelOf([{ name: "a" }, { name: "b", project: "shop" }]);
    clusters.set("dev", [
      { name: "a", sync: "OutOfSync" },
      { name: "b", project: "shop" },
    ]);
    expect(redraw(model, "dev", ["a"])).toEqual(["default: 1, needs a look"]);
    clusters.set("dev", [{ name: "a" }, { name: "b", project: "shop" }, { name: "c", project: "shop" }]);
    expect(redraw(model, "dev", ["a", "c"])).toEqual(["default: 1", "shop: 2"]);
    clusters.set("dev", [{ name: "a" }]);
    expect(redraw(model, "dev", ["b", "c"])).toEqual(["dev"]);
    clusters.close("dev");
    expect(redraw(model, "dev", ["a"], true)).toBe("all");
    expect(draw(model)).toEqual([]);
  });

  test("keeps the row of an Application as long as it is there, so that it stays selected", () => {
    const { clusters, model } = modelOf([{ name: "a" }]);
    const before = applicationRows(model);
    clusters.set("dev", [{ name: "a", health: "Degraded" }, { name: "b" }]);
    redraw(model, "dev", ["a", "b"]);
    expect(applicationRows(model)).toHaveLength(2);
    expect(applicationRows(model)[0]).toBe(before[0]);
  });

  test("filters by words that must all be true", () => {
    const { clusters, model } = modelOf([
      { name: "web", health: "Degraded", project: "shop" },
      { name: "api", health: "Degraded" },
      { name: "book", project: "shop" },
    ]);
    model.filter("degraded  SHOP");
    expect(draw(model)).toEqual(["dev", "  shop: 1, needs a look", "    argocd/web"]);
    expect(model.counts).toEqual({ shown: 1, all: 3 });
    clusters.set("dev", [{ name: "web", project: "shop" }]);
    redraw(model, "dev", ["web", "api", "book"]);
    expect(draw(model)).toEqual(["dev", "  The filter leaves out its only Application."]);
    model.filter("");
    expect(draw(model)).toEqual(["dev", "  shop: 1", "    argocd/web"]);
  });

  test("shows once what an Application tells twice", () => {
    const { model } = modelOf([{ name: "a", resources: ["settings", "settings", "other"] }]);
    expect(draw(model).slice(3)).toEqual(["      settings", "      other"]);
  });

  test("says so where the filter leaves nothing of a cluster", () => {
    const { clusters, model } = modelOf([{ name: "web" }, { name: "api" }]);
    clusters.set("prod", []);
    model.filter("none");
    const [dev, prod] = ["  The filter leaves out all of its 2 Applications.", "  There are no Applications."];
    expect(draw(model)).toEqual(["dev", dev, "prod", prod]);
    expect(model.counts).toEqual({ shown: 0, all: 2 });
    clusters.set("dev", [{ name: "web" }, { name: "api" }, { name: "none" }]);
    expect(redraw(model, "dev", ["none"])).toEqual(["dev"]);
    expect(draw(model)).toEqual(["dev", "  default: 1", "    argocd/none", "prod", prod]);
  });

  test("begins with folded projects where there are many Applications, and with unfolded ones for the few that a filter leaves", () => {
    const many = Array.from({ length: pageSize + 1 }, (_, index) => ({ name: `a${index}`, project: `p${index % 3}` }));
    const { clusters, model } = modelOf(many);
    const groups = (): readonly ApplicationNode[] => model.topRows().flatMap((row) => children(model, row));
    const folds = (): readonly unknown[] => groups().map((row) => row.type === "group" && row.startsFolded);
    const all = groups();
    expect(folds()).toEqual([true, true, true]);
    model.filter("a1");
    expect(folds()).toEqual([false, false, false]);
    // VS Code would leave a row of the same id as it was.
    expect(groups().some(({ id }) => all.some((each) => each.id === id))).toBe(false);
    const few = applicationRows(model);
    model.filter("a10");
    expect(applicationRows(model).every((row) => few.includes(row))).toBe(true);
    model.filter("");
    expect(groups().map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    clusters.set("dev", many.slice(0, 5));
    redraw(
      model,
      "dev",
      many.map(({ name }) => name),
    );
    expect(folds()).toEqual([true, true, true]);
  });

  test("draws nothing again for what no row tells of a cluster", () => {
    const { clusters, model } = modelOf([{ name: "a" }]);
    expect(redraw(model, "dev", [], true)).toEqual([]);
    clusters.set("dev", [{ name: "a" }], new ApiError("unreachable", "Nobody answers."));
    expect(redraw(model, "dev", [], true)).toEqual(["dev"]);
    clusters.set("dev", [{ name: "a" }], new ApiError("unreachable", "Nobody answers."));
    expect(redraw(model, "dev", [], true)).toEqual([]);
  });

  test("gives no two rows the same id, whatever contexts are called and whatever they hold", () => {
    const { clusters, model } = modelOf([{ name: "a", project: "x", resources: ["r"] }]);
    for (const name of ["prod", "dev note", 'dev" project x', "dev project x argocd/a"]) {
      clusters.set(name, [{ name: "a", project: "x", resources: ["r"] }]);
    }
    clusters.set("dev", []);
    redraw(model, "dev", ["a"]);
    const ids = (rows: readonly ApplicationNode[]): readonly string[] =>
      rows.flatMap((row) => [row.id, ...ids(children(model, row))]);
    const all = ids(model.topRows());
    expect(all).toHaveLength(18);
    expect(new Set(all).size).toBe(all.length);
  });

  test("shows a project by pages", () => {
    const many = Array.from({ length: pageSize + 3 }, (_, index) => ({ name: `a${String(index).padStart(4, "0")}` }));
    const { model } = modelOf(many);
    expect(draw(model).at(-1)).toBe("    3 more");
    const [project] = model.topRows().flatMap((row) => children(model, row));
    if (project?.type !== "group") throw new Error("There is no project.");
    model.pages.showMore(project);
    expect(draw(model).at(-1)).toBe(`    argocd/${many.at(-1)?.name}`);
  });

  test("shows as many pages as an Application needs that somebody looks for", () => {
    const many = Array.from({ length: 3 * pageSize }, (_, index) => ({ name: `a${String(index).padStart(4, "0")}` }));
    const { model } = modelOf(many);
    const late = { cluster: "dev", key: `argocd/a0${2 * pageSize + 7}` };
    const shown = model.show(late);
    expect(shown?.row).toMatchObject({ ...late, parent: { type: "group", parent: { type: "cluster" } } });
    expect(shown?.redraw).toBe(shown?.row.parent);
    expect(applicationRows(model)).toContain(shown?.row);
    expect(model.show(late)).toEqual({ row: shown?.row });
    model.filter("a0001");
    expect(model.show(late)).toBeUndefined();
    expect(model.show({ cluster: "dev", key: "argocd/none" })).toBeUndefined();
  });

  test("groups by a label, with those that lack it at the end, or not at all", () => {
    const { clusters, model } = modelOf([
      { name: "a" },
      { name: "b", labels: { team: "shop" } },
      { name: "c", labels: { team: "books" }, health: "Degraded" },
      { name: "d", labels: { team: "shop", constructor: "x" } },
    ]);
    model.group({ by: "label", label: "team" });
    const byTeam = ["dev", "  books: 1, needs a look", "    argocd/c", "  shop: 2", "    argocd/b", "    argocd/d"];
    expect(draw(model)).toEqual([...byTeam, "  : 1", "    argocd/a"]);
    clusters.set("dev", [{ name: "a", labels: { team: "shop" } }]);
    expect(redraw(model, "dev", ["a", "b", "c", "d"])).toEqual(["dev"]);
    expect(draw(model)).toEqual(["dev", "  shop: 1", "    argocd/a"]);
    model.group({ by: "label", label: "constructor" });
    expect(draw(model)).toEqual(["dev", "  : 1", "    argocd/a"]);
    model.group({ by: "cluster" });
    expect(draw(model)).toEqual(["dev", "  argocd/a"]);
    clusters.set("dev", [{ name: "a", health: "Missing" }]);
    expect(redraw(model, "dev", ["a"])).toEqual(["argocd/a"]);
  });

  test("draws nothing again when Argo CD only looked once more", () => {
    const { clusters, model } = modelOf([{ name: "a", reconciledAt: "1" }]);
    clusters.set("dev", [{ name: "a", reconciledAt: "2" }]);
    expect(redraw(model, "dev", ["a"])).toEqual([]);
  });

  // How long it takes is measured by `npm run bench:applications`.
  test("draws one row for a change among 5,000 Applications", () => {
    const names = Array.from({ length: 5000 }, (_, index) => ({ name: `app-${index}`, project: `team-${index % 50}` }));
    const { clusters, model } = modelOf(names);
    clusters.set(
      "dev",
      names.map((each) => (each.name === "app-50" ? { ...each, resources: ["r"] } : each)),
    );
    expect(redraw(model, "dev", ["app-50"])).toEqual(["argocd/app-50"]);
  });
});
