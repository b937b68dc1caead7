import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { project } from "../../e2e/support/vsCode";
import type { Workbench } from "../../e2e/support/workbench";

/** Pictures of what the tests see, for a person to look at. */
const pictures = path.join(project, "node_modules/.cache/gitops-author/screenshots");

/** The views "Clusters" and "Applications" as a person sees and drives them. */
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
    if ((await header.getAttribute("aria-expanded")) !== String(!folded)) await header.locator(".title").click();
  }

  #header(view: string): Locator {
    return this.#page.locator(`.sidebar .pane-header[aria-label^="${view}"]`);
  }

  /** Presses a button in the title of a view. */
  async pressTitle(view: string, title: string): Promise<void> {
    await this.#header(view).hover();
    await this.#header(view).locator(`.action-label[aria-label^="${title}"]`).click();
  }

  /** Unfolds a row, or folds it, and waits until it is. */
  async open(row: Locator, open = true): Promise<void> {
    await row.click();
    await row.and(this.#page.locator(`[aria-expanded="${open}"]`)).waitFor();
  }

  /** Picks from the list at the top. */
  async pick(text: string): Promise<void> {
    const row = this.quickInput.locator(".monaco-list-row", { hasText: text }).first();
    await row.click();
    await row.waitFor({ state: "hidden" });
  }

  /** A row, by the beginning of what a screen reader says of it. */
  row(label: string): Locator {
    return this.#page.locator(`.sidebar .monaco-list-row[aria-label^="${label}"]`).first();
  }

  /** Presses the button that a row shows under the pointer, and follows the row when others come above it. */
  async press(row: Locator, title: string): Promise<void> {
    const button = row.locator(`.action-label[aria-label^="${title}"]`);
    for (let attempt = 1; ; attempt++) {
      await row.hover();
      try {
        await button.click({ timeout: 3000 });
        return;
      } catch (error) {
        if (attempt === 10) throw error;
      }
    }
  }

  /** Chooses from the menu of a row. VS Code ignores a click that comes too soon after the menu, so it may take a second one. */
  async choose(row: Locator, title: string): Promise<void> {
    await row.click({ button: "right" });
    const item = this.#page.locator(".context-view .action-item", { hasText: title });
    for (let attempt = 1; ; attempt++) {
      await item.click();
      try {
        await item.waitFor({ state: "hidden", timeout: 2000 });
        return;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }

  /** The box for picks and texts at the top. */
  get quickInput(): Locator {
    return this.#page.locator(".quick-input-widget:visible");
  }

  /** A message in the corner. */
  toast(text: string): Locator {
    return this.#page.locator(".notification-toast", { hasText: text }).first();
  }

  async picture(name: string): Promise<void> {
    mkdirSync(pictures, { recursive: true });
    await this.#page.screenshot({ path: path.join(pictures, `${name}.png`), animations: "disabled" });
  }
}
