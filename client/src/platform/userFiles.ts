import { type FSWatcher, realpathSync, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, delimiter, dirname } from "node:path";
import type { UserFiles } from "../cluster/kubeconfigFiles";

/** How long changes of a file are collected, in milliseconds: programs write it in several steps. */
const settling = 100;

/** The files of the person who runs the editor. */
export const userFiles: UserFiles = {
  delimiter,
  get home() {
    return homedir();
  },
  environment: (name) => process.env[name],
  read: (path) => readFile(path, "utf8"),
  watch(paths, changed) {
    let timer: NodeJS.Timeout | undefined;
    const soon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(changed, settling);
    };
    const places = paths.flatMap((path) => [path, ...targetOf(path)]);
    const watchers = [...new Set(places.map(dirname))].flatMap((folder) => {
      const names = new Set(places.filter((path) => dirname(path) === folder).map((path) => basename(path)));
      return watchFolder(folder, (name) => {
        if (name === null || names.has(name)) soon();
      });
    });
    return () => {
      clearTimeout(timer);
      for (const each of watchers) each.close();
    };
  },
};

/** Where a link leads, as those to a repository of settings do; nothing where there is no link. */
function targetOf(path: string): readonly string[] {
  try {
    const target = realpathSync(path);
    return target === path ? [] : [target];
  } catch {
    return [];
  }
}

/** The folder and not the file: many programs write a new file and give it the name of the old. Nothing when the folder cannot be watched. */
function watchFolder(folder: string, changed: (name: string | null) => void): readonly FSWatcher[] {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => changed(name));
    // For example because the folder went away. Who looks at the view again reads the files again.
    watcher.on("error", () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}
