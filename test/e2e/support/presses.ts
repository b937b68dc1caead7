import type { Locator } from "playwright-core";
import { again } from "./again";

/** What the buttons are called that took a press so far. */
const taken = "window.gitopsAuthorPresses";

const listen = `if (${taken} === undefined) {
  ${taken} = [];
  document.addEventListener("click", ({ target }) => {
    const button = target.closest(".action-label, .monaco-button");
    if (button !== null) ${taken}.push(button.getAttribute("aria-label") ?? button.textContent);
  }, true);
}`;

/**
 * Presses a button exactly once. VS Code draws rows, titles and messages anew at any time; where that happens between the two halves of a press,
 * nobody takes it, and where something was pressed that has no visible effect yet, a second press would do all of it twice.
 * @param name the beginning of what it is called, to a screen reader or in letters
 * @param reach makes the button appear where it is not in sight
 */
export async function pressOnce(button: Locator, name: string, reach: () => Promise<void>): Promise<void> {
  const page = button.page();
  await page.evaluate(listen);
  const count = (): Promise<number> =>
    page.evaluate(`${taken}.filter((each) => each.startsWith(${JSON.stringify(name)})).length`);
  const before = await count();
  await again(12, async () => {
    if ((await count()) > before) return;
    await reach();
    await button.click({ timeout: 8000 });
    if ((await count()) === before) throw new Error(`'${name}' did not take a press.`);
  });
}
