import type { Clock } from "../cluster/clock";
import { makeSecretHash } from "./hash";

/** The clipboard of the window, `env.clipboard` of VS Code. */
export interface Clipboard {
  readText(): PromiseLike<string>;
  writeText(text: string): PromiseLike<void>;
}

/** How long a secret stays in the clipboard, in milliseconds. */
const lifetime = 60_000;

/** Puts secrets into the clipboard, and takes each out again after a minute unless something else is in there by then. */
export class SecretClipboard {
  readonly #hash = makeSecretHash();
  /** Ends the wait for the minute of what is in there. */
  #waiting: AbortController | undefined;
  /** What the secret is recognised by; the text itself is not kept. */
  #mark: string | undefined;

  constructor(
    private readonly clipboard: Clipboard,
    private readonly clock: Pick<Clock, "sleep">,
  ) {}

  /** Throws when the clipboard cannot be written to. */
  async put(text: string): Promise<void> {
    await this.clipboard.writeText(text);
    this.#waiting?.abort();
    this.#mark = this.#markOf(text);
    const waiting = new AbortController();
    this.#waiting = waiting;
    void this.clock.sleep(lifetime, waiting.signal).then(() => {
      if (!waiting.signal.aborted) this.#clear();
    });
  }

  /** The window closes: there is no later. */
  dispose(): void {
    this.#waiting?.abort();
    this.#clear();
  }

  #clear(): void {
    const mark = this.#mark;
    this.#mark = undefined;
    if (mark !== undefined) void this.#clearIfSame(mark).catch(() => undefined);
  }

  async #clearIfSame(mark: string): Promise<void> {
    if (this.#markOf(await this.clipboard.readText()) === mark) await this.clipboard.writeText("");
  }

  #markOf(text: string): string {
    return this.#hash(Buffer.from(text, "utf8"));
  }
}
