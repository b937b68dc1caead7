import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The texts of all YAML and JSON files below a folder, by path; hidden folders count, `node_modules` and `.git` do not. */
export function* yamlFilesBelow(folder: string): Iterable<{ readonly path: string; readonly text: string }> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git") yield* yamlFilesBelow(path);
    if (entry.isFile() && /\.(ya?ml|json)$/.test(entry.name)) yield { path, text: readFileSync(path, "utf8") };
  }
}
