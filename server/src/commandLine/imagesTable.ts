import { shortDigest } from "../kubernetes/imageReference";
import type { Stage, StageCell, StagedImage } from "../release/stageMatrix";

/** The newest tag of an image, with a note where it may be another one, or why it is not known. */
export type Newest =
  | { readonly tag: string | undefined; readonly note?: string | undefined }
  | { readonly problem: string };

/** What registries said, by name of the image; absent when they were not asked. */
export type NewestTags = ReadonlyMap<string, Newest> | undefined;

/** Images by stage, of overlays that lie together. */
export interface ImagesTable {
  /** The path for people; absent when there is no other table. */
  readonly title?: string | undefined;
  readonly stages: readonly Stage[];
  readonly images: readonly StagedImage[];
}

/**
 * A table as text: a row for each image, a column for each stage. Where that is wider than the terminal, a line for each stage of each image instead.
 *
 * @param width how many characters fit on a line; as many as there are when absent.
 */
export function formatTable({ title, stages, images }: ImagesTable, newest: NewestTags, width?: number): string {
  const header = ["IMAGE", ...stages.map(({ name }) => name.toUpperCase()), ...(newest ? ["REGISTRY"] : []), ""];
  const rows = images.map((each) => [
    each.image,
    ...each.cells.map((cell, i) => describeCell(cell, stages[i])),
    ...(newest ? [describeNewest(newest.get(each.image))] : []),
    each.drifts ? "drift" : "",
  ]);
  const table = images.length === 0 ? [] : inColumns([header, ...rows]);
  const isWide = width !== undefined && table.some((line) => line.length > width);
  const broken = stages.flatMap(({ name, problem }) => (problem === undefined ? [] : name));
  const lines = [
    ...(title === undefined ? [] : [title]),
    ...(isWide ? inLines(header, rows) : table),
    ...(broken.length === 0 ? [] : [`Not built: ${broken.join(", ")}`]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function inColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** Columns with nothing in them are left out here. */
function inLines(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.flatMap((row) => {
    const drift = row.at(-1) === "" ? "" : `  ${row.at(-1)}`;
    const cells = row.slice(1, -1).flatMap((text, i) => (text === "-" ? [] : [["", header[i + 1] ?? "", text]]));
    return [`${row[0]}${drift}`, ...inColumns(cells)];
  });
}

function describeCell(cell: StageCell | undefined, stage: Stage | undefined): string {
  if (cell === undefined) return stage?.problem === undefined && stage?.unseen === undefined ? "-" : "?";
  return cell.versions
    .map(({ tag, digest }) => {
      const short = digest === undefined ? "" : `@${shortDigest(digest).replace(/^sha256:/, "")}`;
      return `${tag ?? ""}${short}` || "latest, unsaid";
    })
    .join(", ");
}

function describeNewest(newest: Newest | undefined): string {
  return newest === undefined || "problem" in newest ? "?" : (newest.tag ?? "no tags");
}
