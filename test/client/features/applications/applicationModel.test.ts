import { describe, expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import type { OpenCluster } from "../../../../client/src/cluster/openClusters";
import { ApplicationModel, pageSize } from "../../../../client/src/features/applications/applicationModel";
import type { ApplicationNode } from "../../../../client/src/features/applications/applicationNodes";

interface Wanted {
  readonly name: string;
  readonly project?: string;
  readonly health?: string;
  readonly sync?: string;
  readonly resources?: readonly string[];
}

function application({ name, project, health = "Healthy", sync = "Synced", resources = [] }: Wanted): Application {
  const managed = resources.map((each) => ({ kind: "ConfigMap", name: each }));
  return {
    metadata: { name, namespace: "argocd" },
    spec: { project },
    status: { health: { status: health }, sync: { status: sync }, resources: managed },
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
    this.#open.set(name, { context: { name }, state, applications, controlPlanes: [] } as unknown as OpenCluster);
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

/** The whole tree, a line a row, indented; so every row has been drawn after that. */
function draw(model: ApplicationModel, rows: readonly ApplicationNode[] = model.topRows(), depth = 0): string[] {
  return rows.flatMap((row) => [
    `${"  ".repeat(depth)}${words(row, model)}`,
    ...draw(model, model.childRows(row), depth + 1),
  ]);
}

function words(row: ApplicationNode, model: ApplicationModel): string {
  switch (row.type) {
    case "cluster":
      return row.cluster;
    case "project":
      return `${row.project}: ${model.summaryOf(row)}`;
    case "application":
      return row.key;
    case "detail":
      return "resource" in row.detail ? row.detail.resource.name : row.detail.condition.type;
    case "more":
      return `${row.hidden} more`;
    case "note":
      return row.text;
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
    expect(redraw(model, "dev", ["a"])).toEqual(["default: 1, 1 needs a look"]);
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
    const rows = (): readonly ApplicationNode[] => model.topRows().flatMap((row) => model.childRows(row));
    const before = rows().flatMap((row) => model.childRows(row));
    clusters.set("dev", [{ name: "a", health: "Degraded" }, { name: "b" }]);
    redraw(model, "dev", ["a", "b"]);
    const [first] = rows().flatMap((row) => model.childRows(row));
    expect(first).toBe(before[0]);
  });

  test("filters by words that must all be true", () => {
    const { clusters, model } = modelOf([
      { name: "web", health: "Degraded", project: "shop" },
      { name: "api", health: "Degraded" },
      { name: "book", project: "shop" },
    ]);
    model.filter("degraded  SHOP");
    expect(draw(model)).toEqual(["dev", "  shop: 1, 1 needs a look", "    argocd/web"]);
    expect(model.counts).toEqual({ shown: 1, all: 3 });
    clusters.set("dev", [{ name: "web", project: "shop" }]);
    redraw(model, "dev", ["web", "api", "book"]);
    expect(draw(model)).toEqual(["dev"]);
    model.filter("");
    expect(draw(model)).toEqual(["dev", "  shop: 1", "    argocd/web"]);
  });

  test("shows a project by pages", () => {
    const many = Array.from({ length: pageSize + 3 }, (_, index) => ({ name: `a${String(index).padStart(4, "0")}` }));
    const { model } = modelOf(many);
    expect(draw(model).at(-1)).toBe("    3 more");
    const [project] = model.topRows().flatMap((row) => model.childRows(row));
    if (project?.type !== "project") throw new Error("There is no project.");
    model.showMore(project);
    expect(draw(model).at(-1)).toBe(`    argocd/${many.at(-1)?.name}`);
  });

  test("takes in a change among 5,000 Applications within a frame or two", () => {
    const names = Array.from({ length: 5000 }, (_, index) => ({ name: `app-${index}`, project: `team-${index % 50}` }));
    const { clusters, model } = modelOf(names);
    const times = Array.from({ length: 20 }, (_, turn) => {
      const changed = `app-${turn * 50}`;
      const next = names.map((each) => (each.name === changed ? { ...each, resources: [`r${turn}`] } : each));
      clusters.set("dev", next);
      const start = performance.now();
      expect(redraw(model, "dev", [changed])).toEqual([`argocd/${changed}`]);
      return performance.now() - start;
    });
    // The best of many: other programs on the machine take their time too.
    expect(Math.min(...times)).toBeLessThan(50);
  });
});
