import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { packExtension } from "../../../client/scripts/vsix.mjs";

/** The packed extension, as the last build left it: made by the first file of tests that asks for it, and used by all. */
export async function packedExtension(): Promise<string> {
  const { folder } = inject("prepared");
  const file = join(folder, "gitops-author.vsix");
  if (!existsSync(file)) {
    const unfinished = join(folder, "unfinished.vsix");
    await packExtension(unfinished);
    renameSync(unfinished, file);
  }
  return file;
}
