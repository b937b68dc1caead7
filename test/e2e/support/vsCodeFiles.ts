import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Settings, logs and whatever else the VS Code of a folder wrote, as texts; without what was installed. */
export function textsOfVsCode(folder: string): readonly string[] {
  return filesOfVsCode(folder).map(read);
}

/** The files that one VS Code wrote into its own folder, without what it installed. */
export function filesOfVsCode(folder: string): readonly string[] {
  return filesIn(join(folder, "data"));
}

/** What our log, of which `mark` is a part, warns of. */
export function warningsIn(texts: readonly string[], mark: string): readonly string[] {
  const logs = texts.filter((text) => text.includes(mark));
  return logs.flatMap((text) => text.split("\n")).filter((line) => line.includes("[warning]"));
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
