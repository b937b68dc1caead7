import { randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import { type FileHandle, lstat, open, readFile, rename, rm } from "node:fs/promises";
import { FileSystemError } from "../fileSystem";
import { toNativePath } from "./nativePath";
import { codeOf, reasonOf } from "./nodeErrors";

/**
 * Gives a file another text. Its permissions, its owner and all its names stay. Whoever reads it meanwhile sees the old text or the new one, never a part: a new file takes
 * its place. Only where that would lose something, or may not be done there, it is written in place. Rejects with a `FileSystemError`; the file is as before then, or the
 * message says that it is not.
 *
 * @param path of the file itself, not of a link to it.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = toNativePath(path);
  try {
    const before = await lstat(target);
    if (!before.isFile()) throw new Error("it is no file any more");
    const isReplaced = before.nlink === 1 && (await putInPlace(target, text, before));
    if (!isReplaced) await writeInto(target, text);
  } catch (error) {
    if (error instanceof HalfWritten) {
      throw new FileSystemError("failed", `'${path}' was written only in part: ${reasonOf(error.cause)}. Restore it.`);
    }
    const problem = ["EACCES", "EPERM", "EROFS"].includes(String(codeOf(error))) ? "denied" : "failed";
    throw new FileSystemError(problem, `'${path}' cannot be written, and is as it was before: ${reasonOf(error)}.`);
  }
}

/** What a directory says that takes no new file, or a file that cannot be replaced since it is mounted by itself into a container. */
const placeProblems: ReadonlySet<unknown> = new Set(["EACCES", "EPERM", "EROFS", "EBUSY", "EXDEV"]);

/** Puts a new file in the place of the old one. Gives `false` where that cannot be done without loss, and then nothing was. */
async function putInPlace(target: string, text: string, { mode, uid, gid }: Stats): Promise<boolean> {
  const fresh = `${target}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    const file = await open(fresh, "wx", mode);
    try {
      await file.writeFile(text, "utf8");
      const { uid: ownUser, gid: ownGroup } = await file.stat();
      if (uid !== ownUser || gid !== ownGroup) await file.chown(uid, gid);
      // The mask of the process may have taken something away, and so may a change of the owner.
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, target);
    return true;
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    if (placeProblems.has(codeOf(error))) return false;
    throw error;
  }
}

/** Neither the new text nor the old one could be written to the end. */
class HalfWritten extends Error {}

async function writeInto(target: string, text: string): Promise<void> {
  const old = await readFile(target);
  const file = await open(target, "r+");
  try {
    await overwrite(file, Buffer.from(text, "utf8")).catch(async (error: unknown) => {
      await overwrite(file, old).catch(() => {
        throw new HalfWritten("", { cause: error });
      });
      throw error;
    });
  } finally {
    await file.close();
  }
}

/** The file is cut at its end only when all is written, so that a full disk does not empty it. */
async function overwrite(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at, at)).bytesWritten;
  await file.truncate(bytes.length);
  await file.sync();
}
