import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Texts that may be had again, kept from one start to the next. */
export interface TextCache {
  /** `undefined` for what is not there, or cannot be read. */
  read(key: string): Promise<string | undefined>;
  /** Keeps a text; that it cannot be kept is no error. */
  write(key: string, text: string): Promise<void>;
}

/** Keeps texts as files of a folder, which is made when it is needed; when they are more than `largest` bytes, those that nobody read for long go. */
export function diskCache(folder: string, largest: number): TextCache {
  const fileOf = (key: string): string => join(folder, `${createHash("sha256").update(key).digest("hex")}.json`);
  return {
    async read(key) {
      try {
        const file = fileOf(key);
        const text = await readFile(file, "utf8");
        const now = new Date();
        await utimes(file, now, now);
        return text;
      } catch {
        return undefined;
      }
    },
    async write(key, text) {
      try {
        await mkdir(folder, { recursive: true });
        const file = fileOf(key);
        // Another window may read it at this moment, or write it too.
        const draft = `${file}.${randomUUID()}.tmp`;
        await writeFile(draft, text);
        await rename(draft, file);
        await removeOldest(folder, largest);
      } catch {
        // A full or read-only disk: then it is fetched again.
      }
    },
  };
}

async function removeOldest(folder: string, largest: number): Promise<void> {
  const found = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const file = join(folder, name);
      // Another window may have removed it by now.
      const state = await stat(file).catch(() => undefined);
      return state === undefined ? [] : [{ file, size: state.size, mtimeMs: state.mtimeMs }];
    }),
  );
  const files = found.flat();
  let total = files.reduce((sum, { size }) => sum + size, 0);
  for (const { file, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (total <= largest) return;
    await rm(file, { force: true });
    total -= size;
  }
}
