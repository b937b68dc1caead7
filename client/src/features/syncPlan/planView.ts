import {
  commands,
  type Disposable,
  type Event,
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
  window,
} from "vscode";
import type { SyncPlan } from "../../../../server/src/protocol/syncPlan";
import { setContextKey } from "../../platform/contextKeys";
import { planItem } from "./planItems";
import { childrenOf, type PlanRow, summaryOf, toRows } from "./planRows";

const viewId = "gitopsAuthor.syncPlan";

/** The view "Sync Plan": what a sync would do, in its order. It is there as long as there is a plan. */
export class PlanView implements TreeDataProvider<PlanRow>, Disposable {
  #plan: SyncPlan | undefined;
  #rows: readonly PlanRow[] = [];
  /** Whoever waits for the person's word. */
  #answer: ((yes: boolean) => void) | undefined;
  readonly #changed = new EventEmitter<undefined>();
  readonly #view: TreeView<PlanRow>;
  readonly onDidChangeTreeData: Event<undefined> = this.#changed.event;

  constructor() {
    setContextKey(viewId, "none");
    this.#view = window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
  }

  /** Shows a plan that is only to be looked at. */
  async show(plan: SyncPlan): Promise<void> {
    this.answer(false);
    await this.#put(plan, "shown");
  }

  /** Shows a plan and asks whether to go on with it, in the view and in a message at once. */
  async ask(plan: SyncPlan, question: string): Promise<boolean> {
    this.answer(false);
    await this.#put(plan, "asking");
    return new Promise((finish) => {
      const answer = (yes: boolean): void => {
        if (this.#answer !== answer) return;
        this.#answer = undefined;
        setContextKey(viewId, "shown");
        finish(yes);
      };
      this.#answer = answer;
      // Whoever closes the message can still answer in the view.
      void window.showInformationMessage(question, "Sync", "Cancel").then((choice) => {
        if (choice === undefined) return;
        answer(choice === "Sync");
        if (choice === "Cancel") this.clear();
      });
    });
  }

  /** The person's word for the plan that is asked about. */
  answer(yes: boolean): void {
    this.#answer?.(yes);
  }

  /** Takes a plan away that was carried out, unless another one is shown by now. */
  finish(plan: SyncPlan): void {
    if (this.#plan === plan) this.clear();
  }

  /** Takes the plan away. */
  clear(): void {
    this.answer(false);
    this.#plan = undefined;
    this.#rows = [];
    setContextKey(viewId, "none");
    this.#changed.fire(undefined);
  }

  getChildren(row?: PlanRow): PlanRow[] {
    return [...(row === undefined ? this.#rows : childrenOf(row))];
  }

  getParent(row: PlanRow): PlanRow | undefined {
    return row.parent;
  }

  getTreeItem(row: PlanRow): TreeItem {
    return planItem(row);
  }

  dispose(): void {
    this.answer(false);
    this.#view.dispose();
    this.#changed.dispose();
  }

  /**
   * VS Code drops rows that it is just asking for when it is told of a change, so the view is there, and empty, before it gets its rows; and it
   * can take the focus only after VS Code knows that it is there.
   */
  async #put(plan: SyncPlan, state: "shown" | "asking"): Promise<void> {
    await setContextKey(viewId, state);
    await commands.executeCommand(`${viewId}.focus`);
    this.#plan = plan;
    this.#rows = toRows(plan);
    this.#view.description = plan.title;
    this.#view.message = plan.tasks.length === 0 ? "Nothing is to be done." : summaryOf(plan);
    this.#changed.fire(undefined);
    const [first] = this.#rows;
    if (first !== undefined) await this.#view.reveal(first, { focus: true, select: true });
  }
}
