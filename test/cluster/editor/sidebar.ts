import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { again } from "../../e2e/support/again";
import { awaitAnnouncement, furtherAnnouncements } from "../../e2e/support/announcements";
import { pressOnce } from "../../e2e/support/presses";
import { project } from "../../e2e/support/vsCode";
import type { Workbench } from "../../e2e/support/workbench";

/** Pictures of what the tests see, for a person to look at. */
const pictures = path.join(project, "node_modules/.cache/gitops-author/screenshots");

/** The views "Clusters" and "Applications" as a person sees and drives them, and the messages in the corner. */
export class Sidebar {
  readonly #page: Page;

  constructor(private readonly workbench: Workbench) {
    this.#page = workbench.page;
  }

  /** Unfolds a view of our container, by its name. */
  async unfold(view: string): Promise<void> {
    await this.#setFolded(view, false);
  }

  /** Folds a view of our container, so that there is more room for the others. */
  async fold(view: string): Promise<void> {
    await this.#setFolded(view, true);
  }

  async #setFolded(view: string, folded: boolean): Promise<void> {
    await this.workbench.openSidebar();
    const header = this.#header(view);
    await header.waitFor();
    await this.workbench.setExpanded(header, header.locator(".title"), !folded);
  }

  #header(view: string): Locator {
    return this.#page.locator(`.sidebar .pane-header[aria-label^="${view}"]`);
  }

  /** Presses a button in the title of a view. */
  async pressTitle(view: string, title: string): Promise<void> {
    await this.#pressUnderPointer(this.#header(view), title);
  }

  /** Unfolds a row, or folds it, and waits until it is. */
  async open(row: Locator, open = true): Promise<void> {
    await row.waitFor();
    await this.workbench.setExpanded(row, row, open);
  }

  /** Goes to the last row of a view. */
  async goToEnd(view: string): Promise<void> {
    const header = this.#page.locator(`.pane-header[aria-label^="${view}"]`);
    await this.#page.locator(".sidebar .pane", { has: header }).locator(".monaco-list").press("End");
  }

  /** Goes to the last row of a view that is still filled, which begins so. */
  async lastRow(view: string, label: string): Promise<Locator> {
    const row = this.row(label);
    await again(30, async () => {
      await this.goToEnd(view);
      await row.waitFor({ timeout: 3000 });
    });
    return row;
  }

  /** A row, by the beginning of what a screen reader says of it. */
  row(label: string): Locator {
    return this.#page.locator(`.sidebar .monaco-list-row[aria-label^="${label}"]`).first();
  }

  /** Presses the button that a row shows under the pointer, and follows the row when others come above it. */
  async press(row: Locator, title: string): Promise<void> {
    await this.#pressUnderPointer(row, title);
  }

  async #pressUnderPointer(place: Locator, title: string): Promise<void> {
    const button = place.locator(`.action-label[aria-label^="${title}"]`);
    await place.waitFor();
    await pressOnce(button, title, async () => {
      // Where a row came under a pointer that rests, VS Code may not have seen it.
      await this.#page.mouse.move(0, 0);
      await place.hover({ timeout: 8000 });
    });
  }

  /** Waits until VS Code has given a message. */
  async told(text: string): Promise<void> {
    await awaitAnnouncement(this.#page, text);
  }

  /** What VS Code has said of something besides what was waited for. */
  async furtherTold(text: string): Promise<readonly string[]> {
    return (await furtherAnnouncements(this.#page)).filter((each) => each.includes(text));
  }

  /** Presses a button of a message that was given. Where it has left the corner by then, it is in the list of all messages. */
  async answer(text: string, button: string): Promise<void> {
    const message = this.#page.locator(".notification-list-item", { hasText: text }).first();
    await pressOnce(message.locator(".monaco-button", { hasText: button }), button, async () => {
      if (!(await message.isVisible())) await this.workbench.run("Notifications: Show Notifications");
    });
  }

  /** Takes a picture, where a busy browser has the time for it: no test looks at it. */
  async picture(name: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    const file = path.join(pictures, `${name}.png`);
    await this.#page.screenshot({ path: file, animations: "disabled", timeout: 20_000 }).catch((error: unknown) => {
      console.error(`There is no picture ${file}: ${error}`);
    });
  }
}
