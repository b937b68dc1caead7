import type { Page } from "playwright-core";

/**
 * What VS Code says to screen readers, its messages among it. It shows those in the corner for some seconds only, and the fourth of 800 ms not at
 * all, so that a test that waits for one of them must not look there.
 */
const store = "(window.gitopsAuthorAnnouncements ??= [])";

/** Keeps from now on what is said. */
export async function keepAnnouncements(page: Page): Promise<void> {
  await page.locator(".monaco-aria-container").waitFor({ state: "attached" });
  await page.evaluate(`{
    const kept = ${store};
    const keep = (all) => {
      const said = all.flatMap(({ addedNodes }) => [...addedNodes]).map((node) => node.textContent);
      for (const text of said) if (text) kept.push({ at: new Date().toISOString().slice(11, 23), text, awaited: false });
    };
    const where = document.querySelector(".monaco-aria-container");
    new MutationObserver(keep).observe(where, { childList: true, subtree: true });
  }`);
}

/** Waits until something is said that holds `text`, and for which nothing has waited before. */
export async function awaitAnnouncement(page: Page, text: string): Promise<void> {
  const isSaid = `(() => {
    const found = ${store}.find((each) => !each.awaited && each.text.includes(${JSON.stringify(text)}));
    if (found) found.awaited = true;
    return found !== undefined;
  })()`;
  await page.waitForFunction(isSaid, undefined, { polling: 50 }).catch((cause: unknown) => {
    throw new Error(`VS Code has not said: ${text}`, { cause });
  });
}

/** What was said and nothing has waited for so far. */
export function furtherAnnouncements(page: Page): Promise<readonly string[]> {
  return page.evaluate(`${store}.filter((each) => !each.awaited).map(({ text }) => text)`);
}

/** All that was said so far, each with the time. */
export function announcements(page: Page): Promise<readonly string[]> {
  return page.evaluate(`${store}.map(({ at, text }) => at + " " + text)`);
}
