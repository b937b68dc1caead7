import { type Disposable, type Event, EventEmitter } from "vscode";
import { type PreviewState, previewStateNotification } from "../../../../server/src/protocol/rendered";
import type { LanguageServer } from "../../languageClient";

/** What the server last said about each rendered document. */
export class PreviewStates implements Disposable {
  readonly #states = new Map<string, PreviewState>();
  readonly #changed = new EventEmitter<void>();
  readonly #subscriptions: readonly Disposable[];
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(server: LanguageServer) {
    this.#subscriptions = [
      server.onNotification<PreviewState>(previewStateNotification, (state) => {
        this.#states.set(state.uri, state);
        this.#changed.fire();
      }),
      // What an ended server said no longer holds; the new one speaks for itself.
      server.onDidChangeState((state) => {
        if (state === "running") return;
        this.#states.clear();
        this.#changed.fire();
      }),
    ];
  }

  /** The state of a rendered document whose text is not the present one; nothing when all is well or unknown. */
  findTrouble(uri: string): PreviewState | undefined {
    const state = this.#states.get(uri);
    return state?.state === "current" ? undefined : state;
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#changed.dispose();
  }
}
