import { commands, env, type QuickPickItem, Range, Uri, window } from "vscode";
import type { BumpTarget, PromoteParameters } from "../../../../server/src/protocol/bump";
import type { ImageCell, StageColumn, StageGroupTable } from "../../../../server/src/protocol/stageMatrix";
import type { MatrixCell } from "./matrixPanel";
import { versionText } from "./matrixTable";

interface Deed extends QuickPickItem {
  readonly act: () => Promise<unknown>;
}

/** Asks what is to be done with a cell, and does it. */
export async function openCellMenu({ table, row, column }: MatrixCell): Promise<void> {
  const stage = table.stages[column];
  if (stage === undefined) return;
  const image = table.images[row];
  const cell = image?.cells[column] ?? undefined;
  const deeds = image === undefined ? stageDeeds(table, stage, column) : imageDeeds(table, stage, { row, column });
  const title = image === undefined ? `Stage ${stage.name}` : `${image.image} in ${stage.name}`;
  const now = cell?.versions.map(versionText).join(" and ") ?? stage.label;
  const placeHolder = stage.problem === undefined ? now : `${stage.label} does not build: ${stage.problem}`;
  if (deeds.length > 0) await (await window.showQuickPick(deeds, { title, placeHolder }))?.act();
}

function stageDeeds(table: StageGroupTable, stage: StageColumn, column: number): readonly Deed[] {
  const target: BumpTarget = { root: stage.root };
  const row = { kustomization: { root: stage.root, label: stage.label } };
  const before = table.stages[column - 1];
  const run = (command: string, argument: unknown) => () => Promise.resolve(commands.executeCommand(command, argument));
  return [
    { label: "$(arrow-up) Bump All Images…", act: run("gitopsAuthor.bumpAllImages", row) },
    ...(before === undefined ? [] : [promotion(before, stage)]),
    {
      label: "$(open-preview) Preview Rendered Overlay",
      act: run("gitopsAuthor.previewOverlay", Uri.parse(target.root, true)),
    },
  ];
}

function imageDeeds(
  table: StageGroupTable,
  stage: StageColumn,
  { row, column }: { readonly row: number; readonly column: number },
): readonly Deed[] {
  const image = table.images[row];
  const cell = image?.cells[column];
  const before = table.stages.findLast((_, i) => i < column && image?.cells[i] != null);
  const after = table.stages.find((_, i) => i > column && image?.cells[i] != null);
  if (image === undefined || cell === undefined || cell === null) return [];
  const target: BumpTarget = { root: stage.root, image: image.image };
  const run = (command: string) => () => Promise.resolve(commands.executeCommand(command, target));
  const pinned = cell.versions.some(({ digest }) => digest !== undefined);
  return [
    { label: "$(arrow-up) Bump Image Digest…", act: run("gitopsAuthor.bumpImage") },
    ...(before === undefined ? [] : [promotion(before, stage, image.image)]),
    ...(after === undefined ? [] : [promotion(stage, after, image.image)]),
    pinned
      ? { label: "$(unlock) Unpin Image…", act: run("gitopsAuthor.unpinImage") }
      : { label: "$(lock) Pin Tag to Digest…", act: run("gitopsAuthor.pinImage") },
    ...placeDeeds(cell),
    {
      label: "$(copy) Copy Image Reference",
      act: () => Promise.resolve(env.clipboard.writeText(referenceOf(image.image, cell))),
    },
  ];
}

function promotion(from: StageColumn, to: StageColumn, image?: string): Deed {
  const argument: PromoteParameters = { from: from.root, to: to.root, ...(image !== undefined && { images: [image] }) };
  return {
    label: `$(arrow-right) Promote ${from.name} to ${to.name}…`,
    description: image === undefined ? "all images that both have" : "this image",
    act: async () => await commands.executeCommand("gitopsAuthor.promoteImages", argument),
  };
}

function placeDeeds({ place }: ImageCell): readonly Deed[] {
  if (place === undefined) return [];
  const { start, end } = place.range;
  const selection = new Range(start.line, start.character, end.line, end.character);
  const act = async () => await window.showTextDocument(Uri.parse(place.uri, true), { selection });
  return [{ label: "$(go-to-file) Open Where It Is Written", act }];
}

function referenceOf(image: string, { versions }: ImageCell): string {
  const { tag, digest } = versions[0] ?? {};
  return `${image}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
}
