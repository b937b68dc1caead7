import type { Memento, SecretStorage } from "vscode";
import type { ArgocdServerAddress } from "../../cluster/argocd/argocdServer";

/** A server to which the person is signed in, without what is secret. */
export interface StoredServer {
  readonly url: string;
  readonly user: string;
}

const listKey = "gitopsAuthor.argocdServers";

/** The servers to which the person is signed in: their tokens lie in the secret storage of VS Code and nowhere else. */
export class StoredServers {
  constructor(
    private readonly memory: Memento,
    private readonly secrets: SecretStorage,
  ) {}

  get all(): readonly StoredServer[] {
    return this.memory.get<readonly StoredServer[]>(listKey, []);
  }

  /** With the token; `undefined` when there is none for it (any more). */
  async read(url: string): Promise<ArgocdServerAddress | undefined> {
    const secret = await this.secrets.get(keyOf(url));
    if (secret === undefined) return undefined;
    try {
      const { token, certificates } = JSON.parse(secret) as Pick<ArgocdServerAddress, "token" | "certificates">;
      return typeof token === "string" ? { url, token, certificates } : undefined;
    } catch {
      return undefined;
    }
  }

  async write({ url, token, certificates }: ArgocdServerAddress, user: string): Promise<void> {
    await this.secrets.store(keyOf(url), JSON.stringify({ token, certificates }));
    await this.memory.update(listKey, [...this.all.filter((each) => each.url !== url), { url, user }]);
  }

  async forget(url: string): Promise<void> {
    await this.secrets.delete(keyOf(url));
    const others = this.all.filter((each) => each.url !== url);
    await this.memory.update(listKey, others);
  }
}

function keyOf(url: string): string {
  return `gitopsAuthor.argocdServer ${url}`;
}
