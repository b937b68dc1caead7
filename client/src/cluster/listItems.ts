/**
 * Cuts the JSON of a list into its items while it arrives, so that nobody holds all of it at once: a list of Applications may be a hundred
 * megabytes, of which little is kept. Only `items` of the list itself is cut; whether the text is JSON at all is for who parses the parts.
 */
export class ListItems {
  #rest = "";
  #item = "";
  #depth = 0;
  #inItems = false;
  #inString = false;
  #isEscaped = false;

  /** `onItem` hears of the JSON of each item as soon as it is complete. */
  constructor(private readonly onItem: (text: string) => void) {}

  /** The JSON of the list without its items. */
  get rest(): string {
    return this.#rest;
  }

  /** Takes the next piece of the text, wherever it was cut. */
  push(piece: string): void {
    let taken = 0;
    let at = this.#isEscaped ? 1 : 0;
    let inString = this.#inString;
    for (; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (inString) {
        if (code === backslash) at++;
        else if (code === quote) inString = false;
      } else if (code === quote) {
        // Most of a list is strings, and most strings have no escapes: those are skipped at once.
        const end = piece.indexOf('"', at + 1);
        inString = end < 0 || piece.charCodeAt(end - 1) === backslash;
        if (!inString) at = end;
      } else if (code === openBrace || code === openBracket) taken = this.#open(piece, taken, at);
      else if (code === closeBrace || code === closeBracket) taken = this.#close(piece, taken, at);
    }
    this.#inString = inString;
    this.#isEscaped = at > piece.length;
    if (!this.#inItems) this.#rest += piece.slice(taken);
    else if (this.#depth > itemsDepth) this.#item += piece.slice(taken);
  }

  /** Something opens at `at`; gives up to where the piece is taken. */
  #open(piece: string, taken: number, at: number): number {
    const depth = this.#depth++;
    if (this.#inItems) return depth === itemsDepth ? at : taken;
    if (depth !== itemsDepth - 1 || piece.charCodeAt(at) !== openBracket) return taken;
    const before = this.#rest + piece.slice(taken, at);
    if (!/"items"\s*:\s*$/.test(before)) return taken;
    this.#inItems = true;
    this.#rest = `${before}[`;
    return at + 1;
  }

  /** The same where something closes. */
  #close(piece: string, taken: number, at: number): number {
    const depth = --this.#depth;
    if (!this.#inItems || depth > itemsDepth) return taken;
    if (depth < itemsDepth) {
      this.#inItems = false;
      return at;
    }
    const item = this.#item + piece.slice(taken, at + 1);
    this.#item = "";
    this.onItem(item);
    return at + 1;
  }
}

/** How many brackets are open between two items. */
const itemsDepth = 2;

const quote = 34;
const backslash = 92;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;
