import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Settings, logs and whatever else the VS Codes of these tests wrote in their own folders, as texts; without what they installed. */
export function textsOfVsCode(): readonly string[] {
  const folders = readdirSync(tmpdir()).filter((name) => name.startsWith("gitops-author-vscode-"));
  return folders.flatMap((name) => filesIn(join(tmpdir(), name, "data"))).map(read);
}

function filesIn(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)));
}

/** Nothing where there is no such file any more. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
