import type { Clock } from "./clock";
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

/** What files said when they could be read last, by path. Holds secrets. */
export type FormerTexts = ReadonlyMap<string, string>;

/**
 * Reads all kubeconfig files. Contacts nobody and runs nothing. A file that is missing is left out, as kubectl does; one that cannot be read
 * is told among the problems, and what it said before counts on.
 */
export async function loadKubeconfig(
  files: UserFiles,
  former: FormerTexts = new Map(),
): Promise<{ readonly kubeconfig: FoundKubeconfig; readonly texts: FormerTexts }> {
  const paths = kubeconfigPaths(files);
  const problems: string[] = [];
  const found = await Promise.all(paths.map((path) => readFile(files, path, problems)));
  const texts = found.filter((file) => file !== undefined);
  if (texts.length === 0) return { kubeconfig: { paths, contexts: [], problems, unreadable: [] }, texts: new Map() };
  // A bundle of its own: it is large, and needed only by those who have a kubeconfig and look at it.
  const { mergeKubeconfigs } = await import("./kubeconfig");
  const merged = mergeKubeconfigs(texts.map((file) => ({ ...file, former: former.get(file.path) })));
  const readable = texts.map(({ path, text }): [string, string | undefined] => {
    return [path, merged.unreadable.includes(path) ? former.get(path) : text];
  });
  return {
    kubeconfig: { ...merged, paths, problems: [...problems, ...merged.problems] },
    texts: new Map(readable.filter((entry): entry is [string, string] => entry[1] !== undefined)),
  };
}

/** How long a loss is doubted, in milliseconds: programs that sign in write a kubeconfig in several steps. */
const doubt = 1500;

/**
 * Reads kubeconfig files again and again. A context that was there and is missing, or that names what is missing, may be about to be written:
 * then the files are read once more before anybody hears of it.
 */
export class KubeconfigMemory {
  #texts: FormerTexts = new Map();
  #names: readonly string[] = [];
  #telling: Promise<void> | undefined;
  #isAgain = false;

  constructor(
    private readonly files: UserFiles,
    private readonly clock: Clock,
  ) {}

  /**
   * Loads and tells `found`; of several loads at the same time only the newest does, and the others resolve after it. Its `again` says that somebody
   * asked for one of them, or that the files say something else than before.
   */
  tell(
    signal: AbortSignal,
    isAsked: boolean,
    found: (kubeconfig: FoundKubeconfig, again: boolean) => void,
  ): Promise<void> {
    this.#isAgain ||= isAsked;
    const telling: Promise<void> = this.load(signal).then(({ kubeconfig, isNew }) => {
      this.#isAgain ||= isNew;
      if (this.#telling !== telling) return this.#telling;
      const again = this.#isAgain;
      this.#isAgain = false;
      if (!signal.aborted) found(kubeconfig, again);
      return undefined;
    });
    this.#telling = telling;
    return telling;
  }

  async load(signal: AbortSignal): Promise<LoadedKubeconfig> {
    let { kubeconfig, texts } = await loadKubeconfig(this.files, this.#texts);
    const names = new Set(kubeconfig.contexts.map(({ name }) => name));
    if (this.#names.some((name) => !names.has(name))) {
      await this.clock.sleep(doubt, signal);
      ({ kubeconfig, texts } = await loadKubeconfig(this.files, this.#texts));
    }
    const former = this.#texts;
    const isNew = texts.size !== former.size || [...texts].some(([path, text]) => former.get(path) !== text);
    this.#texts = texts;
    this.#names = kubeconfig.contexts.map(({ name }) => name);
    return { kubeconfig, isNew };
  }
}

export interface LoadedKubeconfig {
  readonly kubeconfig: FoundKubeconfig;
  /** The files say something else than before, if only in a comment. */
  readonly isNew: boolean;
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
