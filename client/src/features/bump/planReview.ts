import {
  CancellationTokenSource,
  commands,
  type Disposable,
  type QuickPickItem,
  QuickPickItemKind,
  Range,
  type Tab,
  TabInputTextDiff,
  Uri,
  window,
  workspace,
} from "vscode";
import type { BumpedFile, BumpedImage, BumpPlan } from "../../../../server/src/protocol/bump";
import { applyFileEdits } from "../../platform/fileEdits";
import { ReadonlyDocuments } from "../../platform/readonlyDocuments";
import { changeText, nameOf } from "./versionText";

/** The schemes of both sides of a difference. */
const [beforeScheme, afterScheme] = ["gitops-before", "gitops-after"];

/** How many plans are kept whose difference may still be open. */
const mostPlans = 20;

interface Item extends QuickPickItem {
  readonly deed?: "apply" | "compare";
}

/** Shows what a plan changes, and does it when the person agrees. */
export class PlanReview implements Disposable {
  readonly #documents = new ReadonlyDocuments([beforeScheme, afterScheme]);
  /** The plans whose difference is shown, by the query of its documents. */
  readonly #compared = new Map<string, { readonly plan: BumpPlan; readonly name: string }>();
  #count = 0;
  /** What is asked above a difference now. */
  #question: CancellationTokenSource | undefined;

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
    const [only, ...others] = plan.files;
    const name = `${title}: ${others.length === 0 ? (only?.label ?? "") : plan.label}`;
    this.#compared.set(run, { plan, name });
    const [oldest] = this.#compared.keys();
    if (this.#compared.size > mostPlans && oldest !== undefined) this.#compared.delete(oldest);
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
      await commands.executeCommand("vscode.diff", first.before, first.after, name);
    } else {
      const all = sides.map(({ file, before, after }) => [Uri.parse(file.uri, true), before, after]);
      await commands.executeCommand("vscode.changes", name, all);
    }
    await this.#decide(title, plan, run);
  }

  /**
   * Asks above the difference. Whoever goes into it, or closes the question, decides with the button of its editor: a notification would be gone when
   * it is needed.
   */
  async #decide(title: string, plan: BumpPlan, run: string): Promise<void> {
    const change = { label: `$(check) Change ${plan.files.map(({ label }) => label).join(", ")}` };
    const leave = { label: "$(close) Leave it as it is" };
    const placeHolder = `${summaryOf(plan)} Escape keeps the difference open.`;
    const question = new CancellationTokenSource();
    this.#question?.cancel();
    this.#question = question;
    const options = { title, placeHolder, ignoreFocusOut: true };
    const answer = await window.showQuickPick([change, leave], options, question.token);
    if (answer === change) await this.#apply(run);
    if (answer === leave) await this.#close(run);
  }

  /** Does what the difference in front of the person shows. */
  async applyShown(): Promise<void> {
    const { activeTab } = window.tabGroups.activeTabGroup;
    const input = activeTab?.input;
    const shown = input instanceof TabInputTextDiff ? input.modified : window.activeTextEditor?.document.uri;
    if (shown?.scheme !== afterScheme) throw new Error("Open the difference of a bump first (Bump Image Digest…).");
    await this.#apply(shown.query);
  }

  /** Once: the difference has served its purpose then. */
  async #apply(run: string): Promise<void> {
    const compared = this.#compared.get(run);
    if (compared === undefined)
      throw new Error("This was done already, or is not kept any more. Run the command again.");
    this.#question?.cancel();
    await apply(compared.plan);
    await this.#close(run);
  }

  async #close(run: string): Promise<void> {
    const name = this.#compared.get(run)?.name;
    this.#compared.delete(run);
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
    if (name !== undefined) await window.tabGroups.close(tabs.filter((tab) => isOf(tab, run, name)));
  }
}

/** What the person sees before they agree; only the first two rows do something. */
function reviewItems(plan: BumpPlan): readonly Item[] {
  const { files, images, followers, notes } = plan;
  const separator = (label: string): Item => ({ label, kind: QuickPickItemKind.Separator });
  const row = ({ object, before, after }: BumpedImage): Item => {
    return {
      label: object,
      description: nameOf(after),
      detail: before === after ? `${before} stays` : changeText(before, after),
    };
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

/** Whether a tab shows the difference of a plan. The API knows no input of an editor for several files; such a one has only its name. */
function isOf({ input, label }: Tab, run: string, name: string): boolean {
  if (!(input instanceof TabInputTextDiff)) return input === undefined && label.startsWith(name);
  return input.modified.scheme === afterScheme && input.modified.query === run;
}

function summaryOf({ images, label }: BumpPlan): string {
  const changed = images.filter(({ before, after }) => before !== after).length;
  return `${changed} rendered ${changed === 1 ? "image changes" : "images change"} in ${label}.`;
}

async function apply(plan: BumpPlan): Promise<void> {
  await checkUnchanged(plan.files);
  await applyFileEdits(plan.edits);
  const [first] = plan.edits.changes;
  if (first !== undefined) {
    const { line, character } = first.range.start;
    const selection = new Range(line, character, line, character);
    await window.showTextDocument(Uri.parse(first.uri, true), { preview: false, selection });
  }
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
