import { randomBytes } from "node:crypto";
import { open, rename, rm, stat } from "node:fs/promises";
import { FileSystemError } from "../fileSystem";
import { toNativePath } from "./nativePath";

/**
 * Gives a file another text: whoever reads it meanwhile sees the old one or the new one, never a part. Its permissions stay. Rejects with a
 * `FileSystemError`; the file is as before then.
 *
 * @param path of the file itself, not of a link to it.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = toNativePath(path);
  const fresh = `${target}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const { mode } = await stat(target);
    const file = await open(fresh, "wx", mode);
    try {
      await file.writeFile(text, "utf8");
      // The mask of the process may have taken something away.
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new FileSystemError("failed", `'${path}' cannot be written, and is as it was before: ${reason}.`);
  }
}
