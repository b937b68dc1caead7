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
import { setContextKey } from "../../platform/contextKeys";
import { planItem } from "./planItems";
import { childrenOf, type PlanRow, summaryOf, toRows } from "./planRows";
import type { MadePlan, PlanSource } from "./planSource";

const viewId = "gitopsAuthor.syncPlan";

/** The view "Sync Plan": what a sync would do, in its order. It is there as long as there is a plan, and follows what the plan is made of. */
export class PlanView implements TreeDataProvider<PlanRow>, Disposable {
  #plan: MadePlan | undefined;
  /** Why the plan is not as it would be now. */
  #failure: string | undefined;
  /** Absent for a plan that is being carried out: what was agreed to stays in sight. */
  #source: PlanSource | undefined;
  #making = new AbortController();
  /** Something changed since the plan was made. */
  #isStale = false;
  #isMaking = false;
  #rows: readonly PlanRow[] = [];
  /** Whoever waits for the person's word. */
  #answer: ((yes: boolean) => void) | undefined;
  readonly #changed = new EventEmitter<undefined>();
  readonly #view: TreeView<PlanRow>;
  readonly onDidChangeTreeData: Event<undefined> = this.#changed.event;

  constructor() {
    setContextKey(viewId, "none");
    this.#view = window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
    this.#view.onDidChangeVisibility(({ visible }) => {
      if (visible && this.#isStale) void this.again();
    });
  }

  /** What the plan is of that is shown. */
  get application(): PlanSource["application"] {
    return this.#source?.application;
  }

  /** Shows a plan that is only to be looked at. */
  async show(source: PlanSource): Promise<void> {
    const plan = await source.make();
    this.answer(false);
    await this.#put(plan, source, "shown");
  }

  /** Makes the plan that is shown again, where it is, without taking the focus; what changes meanwhile is made once more. Never rejects. */
  async again(): Promise<void> {
    this.#isStale = true;
    if (this.#isMaking) return;
    this.#isMaking = true;
    while (this.#isStale && this.#view.visible && this.#source !== undefined) {
      this.#isStale = false;
      await this.#makeAgain(this.#source);
    }
    this.#isMaking = false;
  }

  /** The same for a person who asks for it: what was read only once is read anew too. Rejects when that fails. */
  async retry(): Promise<void> {
    const source = this.#source;
    if (source === undefined) return;
    const renewed = await source.renew?.();
    if (this.#source !== source) return;
    this.#source = renewed ?? source;
    await this.again();
  }

  async #makeAgain(source: PlanSource): Promise<void> {
    const making = new AbortController();
    this.#making = making;
    try {
      const plan = await source.make(making.signal);
      if (this.#source === source) this.#renew(plan);
    } catch (error) {
      if (this.#source !== source) return;
      this.#failure = `Not up to date: ${error instanceof Error ? error.message : String(error)}`;
      this.#draw();
    }
  }

  /** Shows a plan and asks whether to go on with it, in the view and in a message at once. Gives the plan that the person agreed to. */
  async ask(plan: MadePlan, source: PlanSource, question: string): Promise<MadePlan | undefined> {
    this.answer(false);
    await this.#put(plan, source, "asking");
    return new Promise((finish) => {
      const answer = (yes: boolean): void => {
        if (this.#answer !== answer) return;
        this.#answer = undefined;
        if (yes) this.#source = undefined;
        setContextKey(viewId, "shown");
        finish(yes ? this.#plan : undefined);
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

  /** Takes the plan away that was carried out, unless another one is shown by now. */
  finish(plan: MadePlan): void {
    if (this.#plan === plan) this.clear();
  }

  /** Takes the plan away. */
  clear(): void {
    this.answer(false);
    this.#plan = undefined;
    this.#source = undefined;
    this.#making.abort();
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
    this.#making.abort();
    this.#view.dispose();
    this.#changed.dispose();
  }

  /**
   * VS Code drops rows that it is just asking for when it is told of a change, so the view is there, and empty, before it gets its rows; and it
   * can take the focus only after VS Code knows that it is there.
   */
  async #put(plan: MadePlan, source: PlanSource, state: "shown" | "asking"): Promise<void> {
    await setContextKey(viewId, state);
    await commands.executeCommand(`${viewId}.focus`);
    this.#making.abort();
    this.#source = source;
    this.#isStale = false;
    this.#fill(plan, "");
    const [first] = this.#rows;
    if (first !== undefined) await this.#view.reveal(first, { focus: true, select: true });
  }

  /** Rows keep their identities, so that what is folded and selected stays. */
  #renew(plan: MadePlan): void {
    if (JSON.stringify(plan) !== JSON.stringify(this.#plan)) {
      this.#fill(plan, this.#answer === undefined ? "" : "Changed since you were asked: ");
    } else if (this.#failure !== undefined) {
      this.#failure = undefined;
      this.#draw();
    }
  }

  #fill(plan: MadePlan, before: string): void {
    this.#plan = plan;
    this.#failure = undefined;
    this.#view.description = plan.title;
    this.#view.message = before + (plan.tasks.length === 0 ? "Nothing is to be done." : summaryOf(plan));
    this.#draw();
  }

  /** What failed stands above the rows that are there. */
  #draw(): void {
    const { notes = [], tasks = [], title = "", failures = [] } = this.#plan ?? {};
    const all = this.#failure === undefined ? failures : [this.#failure, ...failures];
    this.#rows = toRows({ title, tasks, notes, failures: all });
    this.#changed.fire(undefined);
  }
}
