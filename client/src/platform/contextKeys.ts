import { commands } from "vscode";

/** The context keys that `when` clauses of `package.json` read, with the values they can take. */
export interface ContextKeys {
  /** What the Overlays view shows; its welcome texts and the editor's menus depend on it. */
  readonly "gitopsAuthor.overlays": "reading" | "empty" | "listed" | "failed";
  /** What the Clusters view shows: whether there is a kubeconfig. The welcome of the Applications depends on it too. */
  readonly "gitopsAuthor.clusters": "reading" | "none" | "listed";
  /** Whether a context is open, and whether its Applications are filtered. */
  readonly "gitopsAuthor.applications": "closed" | "listed" | "filtered";
  /** Whether there is a sync plan, and whether the person is asked about it. */
  readonly "gitopsAuthor.syncPlan": "none" | "shown" | "asking";
}

/** Sets a context key. VS Code keeps it for the window until it is set again. Resolves when VS Code knows it; nobody needs to wait. */
export async function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): Promise<void> {
  await commands.executeCommand("setContext", key, value);
}
