import { describe, expect, test } from "vitest";
import {
  childRows,
  findRow,
  hasChildren,
  type OverlayNode,
  topRows,
} from "../../../../client/src/features/overlays/overlayNodes";
import type { IncludeNode, KustomizationNode, OverlayGraph } from "../../../../server/src/protocol/overlays";

const noProblems = { errors: 0, warnings: 0 };

function kustomization(
  path: string,
  role: KustomizationNode["role"],
  includes: readonly IncludeNode[] = [],
): KustomizationNode {
  const root = `file:///repo/${path}`;
  return {
    root,
    file: `${root}/kustomization.yaml`,
    rendered: `gitops-rendered:///repo/${path}/x.rendered.yaml`,
    label: path,
    kind: role === "component" ? "Component" : "Kustomization",
    role,
    includes,
    problems: noProblems,
  };
}

function includes(kind: IncludeNode["kind"], text: string, target?: string): IncludeNode {
  return { field: "resources", text, kind, target: target && `file:///repo/${target}`, problems: noProblems };
}

function graph(...kustomizations: readonly KustomizationNode[]): OverlayGraph {
  return { kustomizations, complete: true };
}

/** The whole tree, a line a row, indented. */
function draw(of: OverlayGraph, rows: readonly OverlayNode[] = topRows(of), depth = 0): string[] {
  return rows.flatMap((row) => [
    `${"  ".repeat(depth)}${nameOf(row)}${row.type === "kustomization" && row.cycle ? " (cycle)" : ""}`,
    ...draw(of, childRows(of, row), depth + 1),
  ]);
}

function nameOf(row: OverlayNode): string {
  if (row.type === "group") return row.directory === "" ? row.role : `${row.role} in ${row.directory}`;
  return row.type === "file" ? row.include.text : row.name;
}

const base = kustomization("base", "base", [includes("file", "service.yaml", "base/service.yaml")]);
const dev = kustomization("overlays/dev", "overlay", [
  includes("kustomization", "../../base", "base"),
  includes("missing", "patch.yaml", "overlays/dev/patch.yaml"),
  includes("remote", "https://example.com/repository?ref=v1"),
]);

describe("the rows of the Overlays view", () => {
  test("are grouped by role, overlays first, and unfold to what the file names, in its order", () => {
    expect(draw(graph(base, dev))).toEqual([
      "overlay",
      "  overlays/dev",
      "    ../../base",
      "      service.yaml",
      "    patch.yaml",
      "    https://example.com/repository?ref=v1",
      "base",
      "  base",
      "    service.yaml",
    ]);
  });

  test("of a group leave out the directory that all of them lie in, which stands at the group", () => {
    const team = (name: string): KustomizationNode =>
      kustomization(`apps/${name}/overlays/prod`, "overlay", [includes("missing", "gone")]);
    expect(draw(graph(base, team("one"), team("two"))).filter((line) => !line.includes("gone"))).toEqual([
      "overlay in apps",
      "  one/overlays/prod",
      "  two/overlays/prod",
      "base",
      "  base",
      "    service.yaml",
    ]);
  });

  test("need no groups when there is one role", () => {
    const tools = kustomization("tools", "standalone");
    expect(draw(graph(tools))).toEqual(["tools"]);
    expect(hasChildren({ type: "kustomization", id: "", kustomization: tools, name: "tools", cycle: false })).toBe(
      false,
    );
  });

  test("are none when the workspace holds no kustomization", () => expect(draw(graph())).toEqual([]));

  test("stop where a kustomization includes itself by a detour", () => {
    const a = kustomization("a", "base", [includes("kustomization", "../b", "b")]);
    const b = kustomization("b", "base", [includes("kustomization", "../a", "a")]);
    expect(draw(graph(a, b))).toEqual(["a", "  ../b", "    ../a (cycle)", "b", "  ../a", "    ../b (cycle)"]);
  });

  test("name a directory whose kustomization is not known as a plain entry", () => {
    const odd = kustomization("odd", "overlay", [includes("kustomization", "../gone", "gone")]);
    expect(draw(graph(odd))).toEqual(["odd", "  ../gone"]);
  });

  test("have ids that occur once, though one base stands below many overlays and one entry may stand twice", () => {
    const stage = kustomization("overlays/stage", "overlay", [...dev.includes, ...dev.includes]);
    const all = graph(base, dev, stage);
    const ids = (rows: readonly OverlayNode[]): string[] =>
      rows.flatMap((row) => [row.id, ...ids(childRows(all, row))]);
    const found = ids(topRows(all));
    expect(new Set(found).size).toBe(found.length);
  });
});

describe("findRow", () => {
  const all = graph(base, dev);

  test("finds the kustomization of a kustomization file", () => {
    const row = findRow(all, dev.file);
    expect(row && nameOf(row)).toBe("overlays/dev");
    expect(row?.parent && nameOf(row.parent)).toBe("overlay");
  });

  test("finds the entry that names a file", () => {
    const row = findRow(all, "file:///repo/base/service.yaml");
    expect(row && nameOf(row)).toBe("service.yaml");
    expect(row?.parent && nameOf(row.parent)).toBe("base");
  });

  test("finds nothing for a file that no kustomization names", () => {
    expect(findRow(all, "file:///repo/readme.md")).toBeUndefined();
  });
});
