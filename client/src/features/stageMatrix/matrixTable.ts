import type {
  CellVersion,
  ImageCell,
  ImageRow,
  StageColumn,
  StageGroupTable,
  StageTable,
} from "../../../../server/src/protocol/stageMatrix";

/**
 * The tables as HTML, one for each group of stages; every text of them comes from files and registries and is escaped. Cells carry their group, row and
 * column, from 0; headers have the row -1. What registries did not answer stands above them: somebody asked for it.
 */
export function matrixTables({ groups, notes, failures, complete }: StageTable): string {
  if (groups.length === 0) {
    const words = complete
      ? "This workspace has no overlays. An overlay is a kustomization that includes others and that nothing includes."
      : "Reading the workspace…";
    return `<p>${words}</p>${notesHtml([...notes, ...failures])}`;
  }
  const tables = groups.map((group, index) => {
    const heading = groups.length === 1 ? "" : `<h2>${escapeHtml(group.label)}</h2>`;
    return heading + tableHtml(group, index);
  });
  return notesHtml(failures) + tables.join("") + notesHtml(notes);
}

function notesHtml(notes: readonly string[]): string {
  return notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join("");
}

function tableHtml({ label, stages, images }: StageGroupTable, group: number): string {
  const head = stages.map((stage, column) => stageHtml(stage, { group, row: -1, column }));
  const rows = images.map((row, index) => rowHtml(row, stages, { group, row: index }));
  const columns = `<th scope="col">Image</th>${head.join("")}<th scope="col">Registry</th>`;
  const table = `<table role="grid" aria-label="Images by stage in ${escapeHtml(label)}"><thead><tr>${columns}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
  const isEmpty = images.length === 0 && stages.every(({ problem }) => problem === undefined);
  return table + (isEmpty ? "<p>The overlays render no images.</p>" : "");
}

/** Where a cell stands. */
interface CellPlace {
  readonly group: number;
  readonly row: number;
  readonly column: number;
}

function stageHtml({ name, label, problem }: StageColumn, place: CellPlace): string {
  const help = problem === undefined ? label : `${label}: ${problem}`;
  const mark = problem === undefined ? "" : `<span class="words">does not build</span>`;
  const sound = `Stage ${name}, ${label}.${problem === undefined ? "" : ` Does not build. ${problem}`} ${menuHint}`;
  return `<th scope="col" ${cellAttributes(place, sound, true)} title="${escapeHtml(help)}">${escapeHtml(name)}${mark}</th>`;
}

function rowHtml(
  { image, cells, registry }: ImageRow,
  stages: readonly StageColumn[],
  place: Omit<CellPlace, "column">,
): string {
  const name = image.slice(image.lastIndexOf("/") + 1);
  const full = image === name ? "" : `<span class="words">${escapeHtml(image)}</span>`;
  const header = `<th scope="row" title="${escapeHtml(image)}"><span>${escapeHtml(name)}</span>${full}</th>`;
  const own = stages.map((stage, column) => cellHtml(cells[column] ?? null, { name, stage }, { ...place, column }));
  const said = registry ?? "not asked";
  const last = cellAttributes({ ...place, column: stages.length }, `Registry of ${name}: ${said}`, false);
  return `<tr>${header}${own.join("")}<td class="registry" ${last}>${escapeHtml(registry ?? "")}</td></tr>`;
}

function cellHtml(
  cell: ImageCell | null,
  { name, stage }: { readonly name: string; readonly stage: StageColumn },
  place: CellPlace,
): string {
  const what = `${name} in ${stage.name}`;
  if (cell === null) {
    const [sign, sound] =
      stage.problem === undefined ? ["–", "does not run it"] : ["?", "not known, the overlay does not build"];
    return `<td ${cellAttributes(place, `${what}: ${sound}`, false)}><span class="none" aria-hidden="true">${sign}</span></td>`;
  }
  const versions = cell.versions.map((version) => `<div class="version">${versionHtml(version)}</div>`).join("");
  const live = cell.live
    .map((each) => `<div class="live">${escapeHtml(each.cluster)} runs ${versionHtml(each)}</div>`)
    .join("");
  const words = cell.words.map((word) => `<span class="words">${escapeHtml(word)}</span>`).join("");
  return `<td ${cellAttributes(place, soundOf(cell, what), true)}>${versions}${live}${words}</td>`;
}

const menuHint = "Press Enter for what can be done";

/** What a screen reader says of a cell: all of it, and that there is a menu. */
export function soundOf({ versions, live, words }: ImageCell, what: string): string {
  const running = live.map((each) => `Cluster ${each.cluster} runs ${versionText(each)}`);
  return [`${what}: ${versions.map(versionText).join(" and ")}`, ...running, ...words, menuHint].join(". ");
}

function cellAttributes({ group, row, column }: CellPlace, sound: string, hasMenu: boolean): string {
  const menu = hasMenu ? ' aria-haspopup="menu"' : "";
  return `data-group="${group}" data-row="${row}" data-column="${column}" tabindex="-1"${menu} aria-label="${escapeHtml(sound)}"`;
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
