import { readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { diskCache } from "../../../client/src/platform/diskCache";
import { temporaryFolder } from "../../support/temporaryFolder";

test("texts are kept under any key, over restarts", async () => {
  const folder = join(temporaryFolder({}), "not/there/yet");
  expect(await diskCache(folder, 1000).read("a")).toBeUndefined();
  await diskCache(folder, 1000).write("../a\0/b", "text");
  await diskCache(folder, 1000).write("__proto__", "other");
  expect(await diskCache(folder, 1000).read("../a\0/b")).toBe("text");
  expect(await diskCache(folder, 1000).read("__proto__")).toBe("other");
});

test("what nobody read for longest goes first when there is too much", async () => {
  const folder = temporaryFolder({});
  const cache = diskCache(folder, 25);
  await cache.write("old", "0123456789");
  await cache.write("used", "0123456789");
  for (const name of readdirSync(folder)) utimesSync(join(folder, name), 1000, 1000);
  await cache.read("used");
  await cache.write("new", "0123456789");
  expect(await cache.read("old")).toBeUndefined();
  expect(await cache.read("used")).toBe("0123456789");
  expect(await cache.read("new")).toBe("0123456789");
  expect(readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)).toBeLessThanOrEqual(25);
});

test("a folder that cannot be made is no error", async () => {
  const file = join(temporaryFolder({ file: "" }), "file");
  const cache = diskCache(file, 1000);
  await cache.write("a", "text");
  expect(await cache.read("a")).toBeUndefined();
});
