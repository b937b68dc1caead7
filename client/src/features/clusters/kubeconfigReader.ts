import { type Disposable, type LogOutputChannel, workspace } from "vscode";
import { systemClock } from "../../cluster/clock";
import { type FoundKubeconfig, KubeconfigMemory, kubeconfigPaths, type UserFiles } from "../../cluster/kubeconfigFiles";

/** Reads the kubeconfig files, and again when they change. Nothing is read in a workspace that is not trusted. */
export class KubeconfigReader implements Disposable {
  #unwatch: (() => void) | undefined;
  readonly #memory: KubeconfigMemory;
  readonly #closed = new AbortController();

  constructor(
    private readonly files: UserFiles,
    private readonly log: LogOutputChannel,
    /** `again` says that somebody asked for it, or that the files changed: what failed before may work now. */
    private readonly found: (kubeconfig: FoundKubeconfig, again: boolean) => void,
  ) {
    this.#memory = new KubeconfigMemory(files, systemClock);
  }

  /** Rejects when `found` does; what cannot be read is among the problems that it is told. */
  async read(isAsked = false): Promise<void> {
    if (!workspace.isTrusted) return;
    await this.#memory.tell(this.#closed.signal, isAsked, this.found);
  }

  /** Somebody looks: the files are read, and watched from then on; a folder that was not there before may be there now. */
  look(isAsked = false): void {
    if (!workspace.isTrusted) return;
    this.#unwatch?.();
    const readQuietly = (again: boolean): void => {
      this.read(again).catch((error: unknown) => this.log.warn("The Clusters view:", String(error)));
    };
    // A file that was written anew tells that somebody did something, even where it says the same as before.
    this.#unwatch = this.files.watch(kubeconfigPaths(this.files), () => readQuietly(true));
    readQuietly(isAsked);
  }

  dispose(): void {
    this.#closed.abort();
    this.#unwatch?.();
  }
}
