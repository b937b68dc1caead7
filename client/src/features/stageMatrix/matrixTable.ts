import type { CellVersion, ImageCell, ImageRow, StageTable } from "../../../../server/src/protocol/stageMatrix";

/** The table as HTML; every text of it comes from files and registries and is escaped. Cells carry their row and column, from 0; headers have -1. */
export function matrixTable({ stages, images, notes, complete }: StageTable): string {
  if (stages.length === 0) {
    const words = complete
      ? "This workspace has no overlays. An overlay is a kustomization that includes others and that nothing includes."
      : "Reading the workspace…";
    return `<p>${words}</p>`;
  }
  const head = stages.map(({ name, label, problem }, column) => {
    const help = problem === undefined ? label : `${label}: ${problem}`;
    const mark = problem === undefined ? "" : `<span class="words">does not build</span>`;
    const sound =
      problem === undefined ? `Stage ${name}, ${label}` : `Stage ${name}, ${label}. Does not build. ${problem}`;
    return `<th scope="col" ${cellAttributes(-1, column, sound)} title="${escapeHtml(help)}">${escapeHtml(name)}${mark}</th>`;
  });
  const rows = images.map((row, index) =>
    rowHtml(
      row,
      index,
      stages.map(({ name }) => name),
    ),
  );
  return [
    `<table role="grid" aria-label="Images by stage"><thead><tr><td></td>${head.join("")}<th scope="col" id="registry">Registry</th></tr></thead>`,
    `<tbody>${rows.join("")}</tbody></table>`,
    images.length === 0 ? "<p>The overlays render no images.</p>" : "",
    ...notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`),
  ].join("");
}

function rowHtml({ image, cells, registry }: ImageRow, row: number, stages: readonly string[]): string {
  const name = image.slice(image.lastIndexOf("/") + 1);
  const header = `<th scope="row" title="${escapeHtml(image)}"><span>${escapeHtml(name)}</span><span class="words">${escapeHtml(image)}</span></th>`;
  const own = cells.map((cell, column) => cellHtml(cell, `${name} in ${stages[column] ?? ""}`, row, column));
  return `<tr>${header}${own.join("")}<td class="registry">${escapeHtml(registry ?? "")}</td></tr>`;
}

function cellHtml(cell: ImageCell | null, what: string, row: number, column: number): string {
  if (cell === null)
    return `<td ${cellAttributes(row, column, `${what}: does not run it`)}><span class="none" aria-hidden="true">–</span></td>`;
  const versions = cell.versions.map((version) => `<div class="version">${versionHtml(version)}</div>`).join("");
  const live = cell.live
    .map((each) => `<div class="live">${escapeHtml(each.cluster)}: ${versionHtml(each)}</div>`)
    .join("");
  const words = cell.words.map((word) => `<span class="words">${escapeHtml(word)}</span>`).join("");
  return `<td ${cellAttributes(row, column, soundOf(cell, what))}>${versions}${live}${words}</td>`;
}

/** What a screen reader says of a cell: all of it, and that there is a menu. */
export function soundOf({ versions, live, words }: ImageCell, what: string): string {
  const running = live.map((each) => `Cluster ${each.cluster} runs ${versionText(each)}`);
  return [
    `${what}: ${versions.map(versionText).join(" and ")}`,
    ...running,
    ...words,
    "Press Enter for what can be done",
  ].join(". ");
}

function cellAttributes(row: number, column: number, sound: string): string {
  return `data-row="${row}" data-column="${column}" tabindex="-1" aria-haspopup="menu" aria-label="${escapeHtml(sound)}"`;
}

function versionHtml({ tag, digest }: CellVersion): string {
  const parts = [tag === undefined ? "" : `<span class="tag">${escapeHtml(tag)}</span>`];
  if (digest !== undefined) parts.push(`<code title="${escapeHtml(digest)}">${escapeHtml(shortDigest(digest))}</code>`);
  return parts.filter((part) => part !== "").join(" ") || "no version";
}

/** For example `1.2, digest 9f86d081`. */
export function versionText({ tag, digest }: CellVersion): string {
  const parts = [tag, digest === undefined ? undefined : `digest ${shortDigest(digest)}`];
  return parts.filter((part) => part !== undefined).join(", ") || "no version";
}

/** The first characters of a digest, without its algorithm. */
function shortDigest(digest: string): string {
  return digest.slice(digest.indexOf(":") + 1, digest.indexOf(":") + 13);
}

/** A text that stands for itself in HTML and in its attributes. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (unit) => `&#${unit.charCodeAt(0)};`);
}
