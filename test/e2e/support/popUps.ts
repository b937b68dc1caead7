import type { Locator, Page } from "playwright-core";

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
    await this.#pressAway(row, async () => {
      const label = await row.getAttribute("aria-label");
      return this.box.locator(`.monaco-list-row[aria-label=${JSON.stringify(label)}]`).first();
    });
  }

  /** Answers the question of that title, once it is there, by typing, or with what is offered. */
  async answer(title: string, text?: string): Promise<void> {
    await this.title(title).waitFor();
    if (text !== undefined) await this.input.fill(text);
    await this.input.press("Enter");
  }

  /** Opens the box at the top with a key, types into it and presses a row of the list; all of it again where the box was closed meanwhile. */
  async pickAfter(key: string, typed: string, row: Locator): Promise<void> {
    await this.persist(async (timeout) => {
      await this.page.keyboard.press(key);
      await this.input.fill(typed, { timeout });
      await row.click({ timeout });
      await row.waitFor({ state: "hidden", timeout });
    });
  }

  /** Chooses from the menu that a click with the right button on something opens. */
  async choose(from: Locator, title: string): Promise<void> {
    const item = this.page.locator(".context-view .action-item", { hasText: title }).first();
    await this.persist(async (timeout) => {
      await from.click({ button: "right", timeout });
      await item.waitFor({ timeout });
    });
    await this.#pressAway(item);
  }

  /** The dialog that says a text. */
  dialog(text: string | RegExp): Locator {
    return this.page.locator(".monaco-dialog-box", { hasText: text });
  }

  /** Presses a button of the dialog that says a text, and waits until the dialog is gone. */
  async pressInDialog(text: string | RegExp, button: string): Promise<void> {
    await this.#pressAway(this.dialog(text).locator(".monaco-button", { hasText: button }).first());
  }

  /** A message in the corner. */
  message(text: string): Locator {
    return this.page.locator(".notifications-toasts .notification-list-item", { hasText: text }).first();
  }

  /** Does something again that VS Code answers only once, when it may have been too busy for it. */
  async persist(act: (timeout: number) => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await act(8000);
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /**
   * Presses what goes away when it is pressed, until it is gone: VS Code ignores what comes within 100 ms after a menu, or while it draws a list
   * anew.
   */
  async #pressAway(target: Locator, find: () => Promise<Locator> = async () => target): Promise<void> {
    await target.waitFor();
    for (let attempt = 1; ; attempt++) {
      try {
        const pressed = await find();
        await target.click({ timeout: 4000 });
        await pressed.waitFor({ state: "hidden", timeout: 4000 });
        return;
      } catch (error) {
        // A press may be taken late.
        if (attempt > 1 && !(await target.isVisible())) return;
        if (attempt === 10) throw error;
      }
    }
  }
}
