import type { Locator, Page } from "playwright-core";
import { vi } from "vitest";
import { again } from "./again";

/**
 * What VS Code lays over its window: the box at the top with its lists and questions, menus, dialogs and messages. It draws them before they
 * listen, and takes them away when another part of the window gets the focus. So whatever is pressed here is pressed until it is taken.
 */
export class PopUps {
  constructor(private readonly page: Page) {}

  /** The box at the top, for lists and questions. */
  get box(): Locator {
    return this.page.locator(".quick-input-widget:visible");
  }

  /** What is typed into the box at the top. */
  get input(): Locator {
    return this.box.locator(".quick-input-box input");
  }

  /** The title of the box at the top, for example `New Application (1/9)`. */
  title(text: string | RegExp): Locator {
    return this.box.locator(".quick-input-title", { hasText: text });
  }

  /** A row of the list at the top. */
  row(text: string): Locator {
    return this.box.locator(".monaco-list-row", { hasText: text }).first();
  }

  /** Picks a row of the list at the top, and waits until it is gone; the next list may have another row that holds the same text. */
  async pick(text: string): Promise<void> {
    const row = this.row(text);
    await this.pressAway(row, async () => {
      const label = await row.getAttribute("aria-label", { timeout: 4000 });
      return this.box.locator(`.monaco-list-row[aria-label=${JSON.stringify(label)}]`).first();
    });
  }

  /** Answers the question of that title, once it is there, by typing, or with what is offered. */
  async answer(title: string, text?: string): Promise<void> {
    await this.title(title).waitFor();
    await this.accept(text);
  }

  /** Accepts what is offered in the box at the top, or what this types there, and waits until the box asks something else or is gone. */
  async accept(text?: string): Promise<void> {
    if (text !== undefined) await this.input.fill(text);
    await again(3, async () => {
      const before = await this.#shown();
      if (before === "") return;
      await this.input.press("Enter", { timeout: 4000 });
      // Long enough for a busy extension: a second press may answer the next question.
      await vi.waitFor(
        async () => {
          if ((await this.#shown()) === before) throw new Error(`Nothing becomes of Enter in: ${before}`);
        },
        { timeout: 30_000, interval: 50 },
      );
    });
  }

  /** Types into the box at the top and presses Enter, which it may refuse. */
  async type(text: string): Promise<void> {
    await this.input.fill(text);
    await this.input.press("Enter");
  }

  /** All that the box at the top says; nothing where there is none. */
  async #shown(): Promise<string> {
    return (await this.box.allInnerTexts()).join("\n");
  }

  /** What the box at the top says below what is typed. */
  says(text: string): Locator {
    return this.box.locator(".quick-input-message", { hasText: text });
  }

  /** Checks a row of a list that several may be chosen from. */
  async check(text: string): Promise<void> {
    const row = this.row(text);
    await row.waitFor();
    const checked = row.and(this.page.locator('[aria-checked="true"]'));
    await again(10, async () => {
      if (await checked.isVisible()) return;
      await this.#moveAway();
      await row.locator("input[type=checkbox], .monaco-checkbox").first().click({ timeout: 4000 });
      await checked.waitFor({ timeout: 4000 });
    });
  }

  /** Accepts what is checked in the list at the top. */
  async acceptChecked(): Promise<void> {
    await this.pressAway(this.box.locator(".monaco-button", { hasText: "OK" }).first());
  }

  /** Opens the box at the top with a key, types into it and presses a row of the list; all of it again where the box was closed meanwhile. */
  async pickAfter(key: string, typed: string, row: Locator): Promise<void> {
    await this.persist(async (timeout) => {
      await this.page.keyboard.press(key);
      await this.input.fill(typed, { timeout });
      // A search may take long; a box that is closed offers nothing any more.
      const closed = this.box.waitFor({ state: "hidden", timeout });
      await Promise.race([row.waitFor({ timeout }), closed]);
      await row.click({ timeout: 4000 });
      await row.waitFor({ state: "hidden", timeout });
    }, 12_000);
  }

  /** Chooses from the menu that a click with the right button on something opens. */
  async choose(from: Locator, title: string): Promise<void> {
    await again(3, async () => {
      // A menu that was never clicked goes away when something else takes the focus.
      const item = await this.openMenu(from, title);
      // Long enough for a busy window: a second click might run the command again.
      await item.click({ timeout: 20_000 });
      await item.waitFor({ state: "hidden", timeout: 20_000 });
    });
  }

  /** Opens the menu of something with the right button, and gives the item of that title once VS Code takes a click on it. */
  async openMenu(from: Locator, title: string): Promise<Locator> {
    const item = this.page.locator(".context-view .action-item", { hasText: title }).first();
    await from.waitFor();
    await this.persist(async (timeout) => {
      await from.click({ button: "right", timeout });
      await item.waitFor({ timeout });
      // It takes none in its first 100 ms. Timers of a page end in their order: after this one it does.
      await this.page.evaluate("new Promise((done) => setTimeout(done, 150))");
      if (!(await item.isVisible())) throw new Error(`The menu with '${title}' went away again.`);
    });
    return item;
  }

  /** The dialog that says a text. */
  dialog(text: string | RegExp): Locator {
    return this.page.locator(".monaco-dialog-box", { hasText: text });
  }

  /** Presses a button of the dialog that says a text, and waits until the dialog is gone. */
  async pressInDialog(text: string | RegExp, button: string): Promise<void> {
    await this.pressAway(this.dialog(text).locator(".monaco-button", { hasText: button }).first());
  }

  /** Names a file in VS Code's own dialog for files, and accepts it. A dialog that still reads a folder puts the name of that back. */
  async nameFile(title: string, file: string): Promise<void> {
    await this.title(title).waitFor();
    const accept = this.box.locator(".quick-input-action .monaco-button").first();
    await again(10, async () => {
      if (!(await this.title(title).isVisible())) return;
      await this.#moveAway();
      await this.input.fill(file, { timeout: 4000 });
      await accept.click({ timeout: 4000 });
      await this.title(title).waitFor({ state: "hidden", timeout: 4000 });
    });
  }

  /**
   * Does something again that VS Code answers only once, when it may have been too busy for it.
   * @param act gets what each of its steps may take, in milliseconds
   * @param first what that is in the first attempt; each one gets more than the one before
   */
  async persist(act: (timeout: number) => Promise<void>, first = 8000): Promise<void> {
    await again(5, async (attempt) => {
      if (attempt > 1) await this.page.keyboard.press("Escape");
      await this.#moveAway();
      await act(first * attempt);
    });
  }

  /** Moves the pointer where nothing is: what VS Code tells of the row under a pointer that rests covers the rows below. */
  async #moveAway(): Promise<void> {
    await this.page.mouse.move(0, 0);
  }

  /**
   * Presses what goes away when it is pressed, until it is gone: VS Code ignores what comes while it draws a list anew.
   * @param find what is gone then, where another thing could take the place of the target; asked right before the press
   */
  async pressAway(target: Locator, find: () => Promise<Locator> = async () => target): Promise<void> {
    await target.waitFor();
    let pressed: Locator | undefined;
    await again(10, async (attempt) => {
      // A press may be taken late.
      if (pressed !== undefined && !(await pressed.isVisible())) return;
      if (attempt > 1 && !(await appears(target))) return;
      await this.#moveAway();
      const found = await find();
      await target.click({ timeout: 4000 });
      pressed = found;
      await pressed.waitFor({ state: "hidden", timeout: 4000 });
    });
  }
}

/** Whether something is in sight, or comes in sight while a list is drawn anew. */
function appears(target: Locator): Promise<boolean> {
  return target.waitFor({ timeout: 4000 }).then(
    () => true,
    () => false,
  );
}
