/** An answer that is kept. */
export interface KeptAnswer {
  readonly body: Uint8Array;
  readonly headers: ReadonlyMap<string, string>;
  /** When it came, by the clock. */
  readonly at: number;
}

/** What an answer costs beside its body. */
const overhead = 1024;

/** Keeps answers until they are too many bytes together; then those go that were asked for longest ago. */
export class AnswerCache {
  /** In the order of their last use. */
  private readonly kept = new Map<string, KeptAnswer>();
  private bytes = 0;

  constructor(private readonly mostBytes: number) {}

  get(key: string): KeptAnswer | undefined {
    const found = this.kept.get(key);
    if (found === undefined) return undefined;
    this.kept.delete(key);
    this.kept.set(key, found);
    return found;
  }

  put(key: string, answer: KeptAnswer): void {
    this.drop(key);
    // What would take the place of all others, such as a list of very many tags, is not worth it.
    if (sizeOf(answer) > this.mostBytes / 2) return;
    this.kept.set(key, answer);
    this.bytes += sizeOf(answer);
    for (const oldest of this.kept.keys()) {
      if (this.bytes <= this.mostBytes) break;
      this.drop(oldest);
    }
  }

  /** Forgets what was kept under keys that begin so. */
  dropAll(prefix: string): void {
    for (const key of [...this.kept.keys()]) if (key.startsWith(prefix)) this.drop(key);
  }

  private drop(key: string): void {
    const found = this.kept.get(key);
    if (found === undefined) return;
    this.kept.delete(key);
    this.bytes -= sizeOf(found);
  }
}

function sizeOf({ body }: KeptAnswer): number {
  return body.byteLength + overhead;
}
