import { readFileSync } from "node:fs";
import { announcements } from "./announcements";
import type { VsCode } from "./vsCode";
import { filesOfVsCode } from "./vsCodeFiles";

/** What a window says in text, in the order in which a person would look. */
const parts: readonly (readonly [string, string])[] = [
  ["Message", ".notification-toast"],
  ["Dialog", ".monaco-dialog-box"],
  ["Quick input", ".quick-input-widget:visible"],
  ["Menu", ".context-view .monaco-menu:visible"],
  ["Active editor", ".editor-group-container .tab.active"],
  ["Welcome", ".sidebar .welcome-view-content:visible"],
];

/** Lines of a log that are told. */
const lastLines = 15;

/** What a person would see in a window and read in the logs behind it, for the report of a failure where nobody can look at a picture. */
export async function describeWindow({ page, folder, console }: VsCode): Promise<string> {
  const seen = await Promise.all(
    parts.map(async ([name, selector]) => {
      const texts = await page.locator(selector).allInnerTexts();
      return texts.map((text) => `${name}: ${text.replaceAll(/\s*\n\s*/g, " | ")}`);
    }),
  );
  const labels = await page
    .locator(".sidebar .monaco-list-row")
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-label") ?? ""));
  const inputs = await page
    .locator('.quick-input-widget:visible input:not([type="password"])')
    .evaluateAll((all) => all.map((input) => ("value" in input ? String(input.value) : "")));
  return [
    ...seen.flat(),
    ...inputs.map((text) => `Typed: ${text}`),
    ...labels.map((label) => `Row: ${label}`),
    ...(await announcements(page)).map((text) => `Said: ${text}`).slice(-lastLines),
    ...console.map((text) => `Console: ${text}`).slice(-lastLines),
    ...logLines(folder),
  ].join("\n");
}

/** The ends of our log and of that of the extension host, of the newest window. */
function logLines(folder: string): readonly string[] {
  const logs = filesOfVsCode(folder).filter((file) => /(GitOps Author|remoteexthost)\.log$/.test(file));
  return logs.flatMap((file) => {
    const name = file.slice(file.lastIndexOf("/") + 1);
    const lines = readFileSync(file, "utf8").trimEnd().split("\n").slice(-lastLines);
    return lines.map((line) => `${name}: ${line}`);
  });
}
