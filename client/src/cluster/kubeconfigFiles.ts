import type { Kubeconfig, KubeconfigFile } from "./kubeconfig";

/** The files of the person who runs the editor, as a port. */
export interface UserFiles {
  readonly home: string;
  /** What stands between the paths of a list: `:`, or `;` on Windows. */
  readonly delimiter: string;
  /** The value of an environment variable. */
  readonly environment: (name: string) => string | undefined;
  /** The text of a file. Rejects with the code `ENOENT` when there is none. */
  readonly read: (path: string) => Promise<string>;
  /** Calls `changed` after one of these files was written, made or removed, until the function that it gives is called. */
  readonly watch: (paths: readonly string[], changed: () => void) => () => void;
}

/** Where kubeconfig files were looked for, and what they say together. */
export interface FoundKubeconfig extends Kubeconfig {
  readonly paths: readonly string[];
}

/** The files that `KUBECONFIG` names, in this order, or else `~/.kube/config`: where kubectl looks too. */
export function kubeconfigPaths({ home, delimiter, environment }: UserFiles): readonly string[] {
  const named = (environment("KUBECONFIG") ?? "").split(delimiter).filter((path) => path !== "");
  return named.length > 0 ? [...new Set(named)] : [`${home}/.kube/config`];
}

/**
 * Reads all kubeconfig files. Contacts nobody and runs nothing. A file that is missing is left out, as kubectl does; one that cannot be read
 * is told among the problems.
 */
export async function loadKubeconfig(files: UserFiles): Promise<FoundKubeconfig> {
  const paths = kubeconfigPaths(files);
  const problems: string[] = [];
  const found = await Promise.all(paths.map((path) => readFile(files, path, problems)));
  const texts = found.filter((file) => file !== undefined);
  if (texts.length === 0) return { paths, contexts: [], problems };
  // A bundle of its own: it is large, and needed only by those who have a kubeconfig and look at it.
  const { mergeKubeconfigs } = await import("./kubeconfig");
  const merged = mergeKubeconfigs(texts);
  return { ...merged, paths, problems: [...problems, ...merged.problems] };
}

async function readFile(files: UserFiles, path: string, problems: string[]): Promise<KubeconfigFile | undefined> {
  try {
    return { path, text: await files.read(path) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT") problems.push(`'${path}' cannot be read: ${message}`);
    return undefined;
  }
}
