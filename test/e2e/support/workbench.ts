import type { Locator, Page } from "playwright-core";

/** A place as the status bar counts it: from 1. */
export interface LinePosition {
  readonly line: number;
  readonly column: number;
}

/** VS Code's window as a person sees and drives it. Every method waits for what it is about; nothing ever sleeps. */
export class Workbench {
  constructor(readonly page: Page) {}

  /** Runs a command by its title in the command palette, for example `View: Close Editor`. */
  async run(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.#pick(`>${title}`, title);
  }

  /** Opens a file by a part of its path that only it has, as `Ctrl+P` finds it. */
  async open(file: string): Promise<void> {
    const cut = file.lastIndexOf("/");
    const name = file.slice(cut + 1);
    const widget = this.page.locator(".quick-input-widget:visible");
    // Files that were opened before come first, though others may fit better. A row is called `name folder, file results`.
    const row = widget
      .locator([" ", ","].map((end) => `.monaco-list-row[aria-label^="${name}${end}"]`).join(", "))
      .filter({ hasText: file.slice(0, Math.max(cut, 0)) })
      .first();
    await this.#persist(async (timeout) => {
      await this.page.keyboard.press("Control+P");
      await widget.locator(".quick-input-box input").fill(file, { timeout });
      await row.click({ timeout });
    });
    await widget.waitFor({ state: "hidden" });
    await this.tab(file).waitFor();
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
    await this.line(editor, text).locator("span > span").first().click();
    await this.page.keyboard.press("End");
  }

  /** Puts the cursor of the editor that has the focus on a line and column, both counted from 1. */
  async goTo({ line, column }: LinePosition): Promise<void> {
    await this.page.keyboard.press("Control+G");
    const widget = this.page.locator(".quick-input-widget:visible");
    await widget.locator(".quick-input-box input").fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await widget.waitFor({ state: "hidden" });
    await this.cursorAt({ line, column });
  }

  /** Waits until the status bar says that the cursor is there. */
  async cursorAt({ line, column }: LinePosition): Promise<void> {
    await this.page.locator(".statusbar-item", { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** What `Quick Fix…` offers at the cursor; waits until something of the given title is among it. */
  async quickFixes(title: string): Promise<Locator> {
    const offers = this.page.locator(".action-widget .monaco-list-row.action");
    const wanted = offers.filter({ hasText: title });
    await this.#persist(async (timeout) => {
      await this.page.keyboard.press("Control+.");
      await wanted.first().waitFor({ timeout });
    });
    return wanted.first();
  }

  /** Rests the pointer on a word of a line and returns the hover that appears. */
  async hover(line: Locator, word: string): Promise<Locator> {
    const hover = this.page.locator(".monaco-hover:visible").first();
    for (let attempt = 1; ; attempt++) {
      await line.locator("span > span", { hasText: word }).last().hover();
      try {
        await hover.locator(".hover-row").first().waitFor({ timeout: 4000 });
        return hover;
      } catch (error) {
        // A busy machine may miss the pointer's rest; it has to come again from somewhere else.
        if (attempt === 5) throw error;
        await this.page.mouse.move(0, 0);
      }
    }
  }

  /** The rows of the Problems view, which this opens. */
  async problems(): Promise<Locator> {
    await this.run("Problems: Focus on Problems View");
    await this.page.locator(".markers-panel").waitFor();
    return this.page.locator(".markers-panel .monaco-list-row");
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
    if (await open.isVisible()) return;
    await this.page.locator('.activitybar .action-item:has(a.action-label[aria-label^="GitOps Author"])').click();
    await open.waitFor();
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

  /** Asks again what VS Code asks its search or our server only once, when it may have been too busy to answer. */
  async #persist(ask: (timeout: number) => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await ask(8000);
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  async #pick(query: string, row: string): Promise<void> {
    const widget = this.page.locator(".quick-input-widget:visible");
    await widget.locator(".quick-input-box input").fill(query);
    await widget.locator(".monaco-list-row", { hasText: row }).first().waitFor();
    await this.page.keyboard.press("Enter");
    await widget.waitFor({ state: "hidden" });
  }
}
