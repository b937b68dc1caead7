import type { Locator, Page } from "playwright-core";
import { again } from "./again";
import { PopUps } from "./popUps";

/** A place as the status bar counts it: from 1. */
export interface LinePosition {
  readonly line: number;
  readonly column: number;
}

/** A key that is pressed at a place of a file. */
export interface KeyPress {
  readonly file: string;
  readonly place: LinePosition;
  readonly key: string;
}

/** VS Code's window as a person sees and drives it. Every method waits for what it is about; nothing ever sleeps. */
export class Workbench {
  readonly popUps: PopUps;

  constructor(readonly page: Page) {
    this.popUps = new PopUps(page);
  }

  /** Runs a command by its whole title in the command palette, for example `View: Close Editor`. It may ask something at once. */
  async run(title: string): Promise<void> {
    // A row is called by its title and the keys of the command.
    const row = this.popUps.box.locator(
      `.monaco-list-row[aria-label="${title}"], .monaco-list-row[aria-label^="${title}, "]`,
    );
    await this.popUps.pickAfter("F1", `>${title}`, row.first());
  }

  /** Opens a file by a part of its path that only it has, as `Ctrl+P` finds it, and waits until it has the focus, which closes lists. */
  async open(file: string): Promise<void> {
    const cut = file.lastIndexOf("/");
    const name = file.slice(cut + 1);
    // Files that were opened before come first, though others may fit better. A row is called `name folder, file results`.
    const row = this.popUps.box
      .locator([" ", ","].map((end) => `.monaco-list-row[aria-label^="${name}${end}"]`).join(", "))
      .filter({ hasText: file.slice(0, Math.max(cut, 0)) })
      .first();
    await this.popUps.persist(async (timeout) => {
      await this.popUps.pickAfter("Control+P", file, row);
      await this.focused(file).waitFor({ timeout });
    }, 15_000);
  }

  /** The editor of a file, once it has the focus. */
  focused(file: string): Locator {
    return this.editor(file).and(this.page.locator(".focused"));
  }

  /** Brings an open file to the front and gives it the focus, for keys that are meant for it. */
  async focus(file: string): Promise<void> {
    await this.popUps.persist(async (timeout) => {
      await this.tab(file).click({ timeout });
      await this.focused(file).waitFor({ timeout });
    });
  }

  /** The tab of a file that is open. */
  tab(file: string): Locator {
    return this.page.locator(`.tab[data-resource-name="${file.slice(file.lastIndexOf("/") + 1)}"]`).first();
  }

  /** The editor that shows a file, in whichever group. */
  editor(file: string): Locator {
    const name = file.slice(file.lastIndexOf("/") + 1);
    return this.page
      .locator(`.editor-group-container:has(.tab.active[data-resource-name="${name}"]) .monaco-editor`)
      .first();
  }

  /** The lines of an editor that are in sight, with ordinary blanks. */
  async text(editor: Locator): Promise<string> {
    const lines = editor.locator(".view-line");
    const placed = await lines.evaluateAll((all) =>
      all.map((line) => ({ top: "offsetTop" in line ? line.offsetTop : 0, text: line.textContent ?? "" })),
    );
    return placed
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text.replaceAll("\u00a0", " "))
      .join("\n");
  }

  /** A line of an editor that is in sight and holds a text. */
  line(editor: Locator, text: string): Locator {
    // VS Code draws blanks as no-break spaces; Playwright's own text search takes both for the same.
    return editor.locator(".view-line", { hasText: text }).first();
  }

  /** Puts the cursor at the end of a line in sight, with a click and the End key. */
  async placeCursorAfter(editor: Locator, text: string): Promise<void> {
    const line = this.line(editor, text);
    await this.popUps.persist(async (timeout) => {
      await line.locator("span > span").first().click({ timeout });
      await this.page.keyboard.press("End");
      // What VS Code draws above a line, a code lens say, moves the line away from under the pointer.
      const [, top] = /top: ?(\d+px)/.exec((await line.getAttribute("style", { timeout })) ?? "") ?? [];
      await editor.locator(`.cursor[style*="top: ${top};"]`).waitFor({ timeout: 1000 });
    });
  }

  /** Puts the cursor of the editor that has the focus on a line and column, both counted from 1. */
  async goTo(place: LinePosition): Promise<void> {
    await this.popUps.persist(async (timeout) => {
      await this.page.keyboard.press("Control+G");
      await this.popUps.input.fill(`:${place.line}:${place.column}`, { timeout });
      await this.popUps.input.press("Enter", { timeout });
      await this.cursor(place).waitFor({ timeout });
      await this.popUps.box.waitFor({ state: "hidden", timeout });
    });
  }

  /** Waits until the status bar says that the cursor is there. */
  async cursorAt(place: LinePosition): Promise<void> {
    await this.cursor(place).waitFor();
  }

  /** Where the status bar says that the cursor is there. */
  cursor({ line, column }: LinePosition): Locator {
    return this.page.locator(".statusbar-item", { hasText: new RegExp(`^Ln ${line}, Col ${column}\\b`) });
  }

  /** Presses a key at a place of a file until it had its effect: a busy server may not know yet what it leads to. */
  async pressAt({ file, place, key }: KeyPress, effect: Locator): Promise<void> {
    await this.popUps.persist(async (timeout) => {
      await this.open(file);
      await this.goTo(place);
      await this.page.keyboard.press(key);
      await effect.waitFor({ timeout });
    }, 15_000);
  }

  /**
   * Saves what the active editor shows, and waits until that is done; nothing where nothing is unsaved: VS Code would write the file once more, over
   * what the test wrote meanwhile.
   */
  async save(): Promise<void> {
    const unsaved = this.page.locator(".tab.active.dirty");
    await this.popUps.persist(async (timeout) => {
      if (!(await unsaved.isVisible())) return;
      await this.page.keyboard.press("Control+S");
      await unsaved.waitFor({ state: "detached", timeout });
    }, 15_000);
  }

  /** Applies the quick fix of that title at the cursor of a file. */
  async quickFix(file: string, place: LinePosition, title: string): Promise<void> {
    const offer = this.page.locator(".action-widget .monaco-list-row.action", { hasText: title }).first();
    await again(2, async () => {
      await this.pressAt({ file, place, key: "Control+." }, offer);
      await this.popUps.pressAway(offer);
    });
  }

  /** Rests the pointer on a word of a line and returns the hover that appears, once it says a text. */
  async hover(line: Locator, word: string, says: string | RegExp): Promise<Locator> {
    return this.restOn(line.locator("span > span", { hasText: word }).last(), says);
  }

  /** Rests the pointer on something and returns the hover that appears, once it says a text. */
  async restOn(place: Locator, says: string | RegExp): Promise<Locator> {
    const hover = this.page.locator(".monaco-hover:visible", { hasText: says }).first();
    await this.popUps.persist(async (timeout) => {
      // A busy machine may miss the pointer's rest; it has to come again from somewhere else.
      await this.page.mouse.move(0, 0);
      await place.hover({ timeout });
      await hover.waitFor({ timeout });
    });
    return hover;
  }

  /** The rows of the Problems view, which this opens. */
  async problems(): Promise<Locator> {
    const view = this.page.locator(".markers-panel");
    if (!(await view.isVisible())) await this.run("Problems: Focus on Problems View");
    await view.waitFor();
    return view.locator(".monaco-list-row");
  }

  /** The findings in the Problems view, which this opens: neither the files above them nor the related places below. */
  async findings(): Promise<Locator> {
    await this.problems();
    return this.page.locator('.markers-panel .monaco-list-row[aria-level="2"]');
  }

  /** The rows of the Overlays view, which this opens. */
  async overlays(): Promise<Locator> {
    await this.openSidebar();
    return this.page.locator(".tree-explorer-viewlet-tree-view .monaco-list-row");
  }

  /** A row of the Overlays view, by a part of what a screen reader says of it. */
  row(label: string): Locator {
    return this.page.locator(`.tree-explorer-viewlet-tree-view .monaco-list-row[aria-label*="${label}"]`).first();
  }

  /** Opens our container in the side bar. */
  async openSidebar(): Promise<void> {
    const open = this.page.locator('.sidebar .composite.title:has-text("GitOps Author")');
    const icon = this.page.locator('.activitybar .action-item:has(a.action-label[aria-label^="GitOps Author"])');
    await this.popUps.persist(async (timeout) => {
      if (await open.isVisible()) return;
      await icon.click({ timeout });
      await open.waitFor({ timeout });
    });
  }

  /** Unfolds or folds what can be, a row or the header of a view, by pressing a part of it; a press that went astray is repeated. */
  async setExpanded(what: Locator, pressed: Locator, expanded: boolean): Promise<void> {
    const done = what.and(this.page.locator(`[aria-expanded="${expanded}"]`));
    await this.popUps.persist(async (timeout) => {
      if (await done.isVisible()) return;
      await pressed.click({ timeout });
      await done.waitFor({ timeout });
    });
  }

  /** Opens the kustomization of a row of the Overlays view, and waits until it has the focus. Rows move while the view is filled. */
  async openRow(label: string, file: string): Promise<void> {
    await this.popUps.persist(async (timeout) => {
      await this.row(label).dblclick({ timeout });
      await this.focused(file).waitFor({ timeout });
    });
  }

  /** Presses what VS Code may draw anew or move at any time, a code lens or a button of a title, until it had its effect. */
  async press(target: Locator, effect: Locator): Promise<void> {
    await this.popUps.persist(async (timeout) => {
      if (await effect.isVisible()) return;
      await target.click({ timeout });
      await effect.waitFor({ timeout });
    });
  }

  /** Presses a key that scrolls in the editor of a file until that shows something. */
  async scroll(file: string, key: string, shown: Locator): Promise<void> {
    await this.popUps.persist(async (timeout) => {
      await this.focus(file);
      await this.page.keyboard.press(key);
      await shown.waitFor({ timeout });
    });
  }

  /** What a screen reader says of rows, from top to bottom. */
  async labels(rows: Locator): Promise<string[]> {
    const placed = await rows.evaluateAll((all) =>
      all.map((row) => ({
        index: Number(row.getAttribute("data-index")),
        label: row.getAttribute("aria-label") ?? "",
      })),
    );
    return placed.sort((a, b) => a.index - b.index).map(({ label }) => label);
  }
}
