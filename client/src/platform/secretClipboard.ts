import { type Disposable, env } from "vscode";

/** How long a secret stays in the clipboard, in milliseconds. */
const lifetime = 60_000;

/** Puts secrets into the clipboard, and takes each out again after a minute unless something else is in there by then. */
export class SecretClipboard implements Disposable {
  #timer: NodeJS.Timeout | undefined;
  /** What the secret is recognised by; the text itself is not kept. */
  #mark: string | undefined;

  async put(text: string): Promise<void> {
    await env.clipboard.writeText(text);
    this.#mark = await digest(text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#clear(), lifetime);
  }

  /** The window closes: there is no later. */
  dispose(): void {
    clearTimeout(this.#timer);
    this.#clear();
  }

  #clear(): void {
    const mark = this.#mark;
    this.#mark = undefined;
    if (mark !== undefined) void clearIfSame(mark).catch(() => undefined);
  }
}

async function clearIfSame(mark: string): Promise<void> {
  if ((await digest(await env.clipboard.readText())) === mark) await env.clipboard.writeText("");
}

async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(bytes).toString("hex");
}
