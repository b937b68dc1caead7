/** Draws `client/images/icon.png` from `client/images/icon.svg` with an installed Chromium; run it after the drawing has changed. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const images = fileURLToPath(new URL("../images", import.meta.url));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body { margin: 0 }</style>${readFileSync(path.join(images, "icon.svg"), "utf8")}`);
await page.locator("svg").screenshot({ path: path.join(images, "icon.png"), omitBackground: true });
await browser.close();
