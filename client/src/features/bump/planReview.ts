import { commands, type Disposable, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from "vscode";
import type { BumpedFile, BumpedImage, BumpPlan } from "../../../../server/src/protocol/bump";
import { applyFileEdits } from "../../platform/fileEdits";
import { ReadonlyDocuments } from "../../platform/readonlyDocuments";
import { changeText } from "./versionText";

/** The schemes of both sides of a difference. */
const [beforeScheme, afterScheme] = ["gitops-before", "gitops-after"];

interface Item extends QuickPickItem {
  readonly deed?: "apply" | "compare";
}

/** Shows what a plan changes, and does it when the person agrees. */
export class PlanReview implements Disposable {
  readonly #documents = new ReadonlyDocuments([beforeScheme, afterScheme]);
  #count = 0;

  /** Ends when the person has decided; what they agreed to can be undone in the editor. */
  async show(title: string, plan: BumpPlan): Promise<void> {
    if (plan.files.length === 0) {
      const notes = plan.notes.length === 0 ? "" : ` ${plan.notes.join(" ")}`;
      void window.showInformationMessage(`Nothing to change: ${plan.label} renders that already.${notes}`);
      return;
    }
    const placeHolder = `${plan.label}: look at what changes, then choose`;
    const items = reviewItems(plan);
    let chosen = await window.showQuickPick(items, { title, placeHolder });
    // Rows that only tell something are there to be read.
    while (chosen !== undefined && chosen.deed === undefined) {
      chosen = await window.showQuickPick(items, { title, placeHolder });
    }
    if (chosen?.deed === "compare") await this.#compare(title, plan);
    if (chosen?.deed === "apply") await apply(plan);
  }

  dispose(): void {
    this.#documents.dispose();
  }

  async #compare(title: string, plan: BumpPlan): Promise<void> {
    const run = String(++this.#count);
    const sides = plan.files.map((file) => {
      const side = (scheme: string, text: string): Uri => {
        const uri = Uri.from({ scheme, path: Uri.parse(file.uri, true).path, query: run });
        this.#documents.put(uri, text);
        return uri;
      };
      return { file, before: side(beforeScheme, file.before), after: side(afterScheme, file.after) };
    });
    const [first] = sides;
    if (sides.length === 1 && first !== undefined) {
      await commands.executeCommand("vscode.diff", first.before, first.after, `${title}: ${first.file.label}`);
    } else {
      const all = sides.map(({ file, before, after }) => [Uri.parse(file.uri, true), before, after]);
      await commands.executeCommand("vscode.changes", `${title}: ${plan.label}`, all);
    }
    const doIt = "Change It";
    const answer = await window.showInformationMessage(`${title}: ${summaryOf(plan)}`, doIt, "Leave It");
    if (answer === doIt) await apply(plan);
  }
}

/** What the person sees before they agree; only the first two rows do something. */
export function reviewItems(plan: BumpPlan): readonly Item[] {
  const { files, images, followers, notes } = plan;
  const separator = (label: string): Item => ({ label, kind: QuickPickItemKind.Separator });
  const row = ({ object, before, after }: BumpedImage): Item => {
    return { label: object, detail: before === after ? `${before} stays` : changeText(before, after) };
  };
  return [
    { label: `$(check) Change ${files.map(({ label }) => label).join(", ")}`, deed: "apply" },
    { label: "$(diff) Look at the difference first", deed: "compare" },
    separator("what is rendered then"),
    ...images.map(row),
    ...(followers.length === 0 ? [] : [separator("what follows"), ...followers.map(row)]),
    ...(notes.length === 0
      ? []
      : [separator("good to know"), ...notes.map((label): Item => ({ label: `$(info) ${label}` }))]),
  ];
}

function summaryOf({ images, label }: BumpPlan): string {
  const changed = images.filter(({ before, after }) => before !== after).length;
  return `${changed} rendered ${changed === 1 ? "image changes" : "images change"} in ${label}.`;
}

async function apply(plan: BumpPlan): Promise<void> {
  await checkUnchanged(plan.files);
  await applyFileEdits(plan.edits);
  const [first] = plan.edits.changes;
  if (first !== undefined) await window.showTextDocument(Uri.parse(first.uri, true), { preview: false });
  window.setStatusBarMessage(`$(check) ${summaryOf(plan)} Undo takes it back.`, 10_000);
}

/** The edits fit the text for which they were planned, and no other. */
async function checkUnchanged(files: readonly BumpedFile[]): Promise<void> {
  for (const { uri, label, before } of files) {
    const document = await workspace.openTextDocument(Uri.parse(uri, true));
    if (document.getText() === before.replace(/^\uFEFF/, "")) continue;
    throw new Error(`'${label}' was changed in the meantime, and nothing was done. Run the command again.`);
  }
}
