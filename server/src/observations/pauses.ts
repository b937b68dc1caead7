/** Who or what is left alone for a while. What is over is forgotten, so that a long session costs nothing. */
export class Pauses {
  private readonly ends = new Map<string, number>();

  /** How many are remembered. */
  get size(): number {
    return this.ends.size;
  }

  isOn(what: string, now: number): boolean {
    return (this.ends.get(what) ?? 0) > now;
  }

  /** Begins a pause, or gives it another end. */
  begin(what: string, now: number, milliseconds: number): void {
    for (const [other, end] of this.ends) if (end <= now) this.ends.delete(other);
    this.ends.set(what, now + milliseconds);
  }

  /** Ends those that the test picks; all without one. */
  end(test: (what: string) => boolean = () => true): void {
    for (const what of [...this.ends.keys()]) if (test(what)) this.ends.delete(what);
  }
}
