import type { IncludeNode, KustomizationNode, OverlayGraph } from "../../../../server/src/protocol/overlays";

/** A row of the Overlays view. The parent is what `TreeView.reveal` needs to open the way to a row. */
export type OverlayNode = GroupRow | KustomizationRow | FileRow;

export interface GroupRow {
  readonly type: "group";
  readonly id: string;
  readonly role: KustomizationNode["role"];
  /** The directory that holds all kustomizations of the group, for example `config/overlays`; empty when there is none. */
  readonly directory: string;
  readonly parent?: undefined;
}

export interface KustomizationRow {
  readonly type: "kustomization";
  /** The way from the top: the same base stands below each of its overlays. */
  readonly id: string;
  readonly kustomization: KustomizationNode;
  /** What the row is called where it stands: at the top its path below the group's, else the path as it is written. */
  readonly name: string;
  /** The entry that names it; absent at the top. */
  readonly include?: IncludeNode | undefined;
  /** It includes itself, by whatever detour: its content is not unfolded again. */
  readonly cycle: boolean;
  readonly parent?: OverlayNode | undefined;
}

export interface FileRow {
  readonly type: "file";
  readonly id: string;
  readonly include: IncludeNode;
  readonly parent: OverlayNode;
}

const roles: readonly KustomizationNode["role"][] = ["overlay", "base", "component", "standalone"];

/**
 * The rows at the top: one group for each role that occurs, or, when there is only one, its kustomizations themselves.
 */
export function topRows(graph: OverlayGraph): readonly OverlayNode[] {
  const groups = roles.filter((role) => graph.kustomizations.some((each) => each.role === role));
  const [only] = groups;
  if (groups.length === 1 && only !== undefined) return kustomizationsOf(graph, only);
  return groups.map((role): GroupRow => {
    const directory = commonDirectory(withRole(graph, role).map(({ label }) => label));
    return { type: "group", id: `role ${role}`, role, directory };
  });
}

/** The rows below a row, in the order of the kustomization file. */
export function childRows(graph: OverlayGraph, row: OverlayNode): readonly OverlayNode[] {
  if (row.type === "group") return kustomizationsOf(graph, row.role, row);
  if (row.type === "file" || row.cycle) return [];
  return row.kustomization.includes.map((include, index) => includedRow(graph, row, include, index));
}

/** Whether a row can be unfolded. */
export function hasChildren(row: OverlayNode): boolean {
  return row.type === "group" || (row.type === "kustomization" && !row.cycle && row.kustomization.includes.length > 0);
}

/** The row that stands for a file: its kustomization, else the first entry that names it. */
export function findRow(graph: OverlayGraph, uri: string): OverlayNode | undefined {
  const tops = topRows(graph).flatMap((row) => (row.type === "group" ? childRows(graph, row) : [row]));
  const own = tops.find((row) => row.type === "kustomization" && row.kustomization.file === uri);
  if (own !== undefined) return own;
  for (const row of tops) {
    const found = childRows(graph, row).find((child) => child.type === "file" && child.include.target === uri);
    if (found !== undefined) return found;
  }
  return undefined;
}

function kustomizationsOf(graph: OverlayGraph, role: KustomizationNode["role"], parent?: GroupRow): KustomizationRow[] {
  const skipped = parent === undefined || parent.directory === "" ? 0 : parent.directory.length + 1;
  return withRole(graph, role).map((kustomization) => ({
    type: "kustomization",
    id: `${role} ${kustomization.root}`,
    kustomization,
    name: kustomization.label.slice(skipped),
    cycle: false,
    parent,
  }));
}

function withRole(graph: OverlayGraph, role: KustomizationNode["role"]): readonly KustomizationNode[] {
  return graph.kustomizations.filter((each) => each.role === role);
}

/** The directory that all of several paths lie in: `config/overlays/dev`, `config/overlays/prod` → `config/overlays`. */
function commonDirectory(paths: readonly string[]): string {
  if (paths.length < 2) return "";
  const [first = [], ...others] = paths.map((path) => path.split("/").slice(0, -1));
  const end = first.findIndex((name, index) => others.some((other) => other[index] !== name));
  return first.slice(0, end < 0 ? first.length : end).join("/");
}

function includedRow(graph: OverlayGraph, parent: KustomizationRow, include: IncludeNode, index: number): OverlayNode {
  // The index keeps two entries of one text apart; VS Code wants every id once.
  const id = `${parent.id} > ${index} ${include.text}`;
  const kustomization =
    include.kind === "kustomization" ? graph.kustomizations.find((each) => each.root === include.target) : undefined;
  if (kustomization === undefined) return { type: "file", id, include, parent };
  const cycle = isWithin(parent, kustomization.root);
  return { type: "kustomization", id, kustomization, name: include.text, include, cycle, parent };
}

function isWithin(row: OverlayNode | undefined, root: string): boolean {
  for (let each = row; each !== undefined; each = each.parent) {
    if (each.type === "kustomization" && each.kustomization.root === root) return true;
  }
  return false;
}
