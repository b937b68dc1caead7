import { type Disposable, type LogOutputChannel, workspace } from "vscode";
import { systemClock } from "../../cluster/clock";
import { type FoundKubeconfig, KubeconfigMemory, kubeconfigPaths, type UserFiles } from "../../cluster/kubeconfigFiles";

/** Reads the kubeconfig files, and again when they change. Nothing is read in a workspace that is not trusted. */
export class KubeconfigReader implements Disposable {
  #newest = 0;
  #unwatch: (() => void) | undefined;
  readonly #memory: KubeconfigMemory;
  readonly #closed = new AbortController();

  constructor(
    private readonly files: UserFiles,
    private readonly log: LogOutputChannel,
    private readonly found: (kubeconfig: FoundKubeconfig) => void,
  ) {
    this.#memory = new KubeconfigMemory(files, systemClock);
  }

  /** Rejects when `found` does; what cannot be read is among the problems that it is told. */
  async read(): Promise<void> {
    if (!workspace.isTrusted) return;
    const mine = ++this.#newest;
    const kubeconfig = await this.#memory.load(this.#closed.signal);
    if (mine === this.#newest) this.found(kubeconfig);
  }

  /** Somebody looks: the files are read, and watched from then on; a folder that was not there before may be there now. */
  look(): void {
    if (!workspace.isTrusted) return;
    this.#unwatch?.();
    const readQuietly = (): void => {
      this.read().catch((error: unknown) => this.log.warn("The Clusters view:", String(error)));
    };
    this.#unwatch = this.files.watch(kubeconfigPaths(this.files), readQuietly);
    readQuietly();
  }

  dispose(): void {
    this.#newest++;
    this.#closed.abort();
    this.#unwatch?.();
  }
}
