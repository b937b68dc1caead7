import type { FileSystemWatcher } from "vscode-languageserver";
import { settingsFileName } from "../analysis/repositorySettings";
import { baseName, isInside, joinPath, parentPath } from "../platform/path";
import type { Snapshot } from "../workspace/snapshot";
import { toUri } from "./uris";

/** Everything in the folders: what a build reads may have any name. */
const inFolders: FileSystemWatcher = { globPattern: "**/*" };

/**
 * What a client is asked to watch: the folders and, where it can, the few files outside of them that count: settings in the directories
 * between a folder and the top of its git work tree, and what git keeps of remotes and branches.
 */
export function watchersOf(
  snapshot: Snapshot,
  gitFiles: readonly string[],
  canLeaveFolders: boolean,
): FileSystemWatcher[] {
  if (!canLeaveFolders) return [inFolders];
  const namesIn = new Map<string, Set<string>>();
  for (const path of [...settingsAbove(snapshot), ...gitFiles]) {
    if (snapshot.folders.some((folder) => isInside(folder, path))) continue;
    const names = namesIn.get(parentPath(path)) ?? new Set();
    // A branch may have a name in which a pattern would see one: `?` is any character.
    namesIn.set(parentPath(path), names.add(baseName(path).replace(/[[\]{},*!]/g, "?")));
  }
  const outside = [...namesIn].map(([directory, names]) => ({
    globPattern: {
      baseUri: toUri(directory),
      pattern: names.size === 1 ? [...names].join() : `{${[...names].join()}}`,
    },
  }));
  return [inFolders, ...outside];
}

function settingsAbove({ folders, repositories }: Snapshot): readonly string[] {
  return folders.flatMap((folder) => {
    const root = repositories.find((each) => isInside(each.root, folder))?.root;
    const paths: string[] = [];
    if (root === undefined) return paths;
    for (let directory = folder; directory !== root; ) {
      directory = parentPath(directory);
      paths.push(joinPath(directory, settingsFileName));
    }
    return paths;
  });
}
