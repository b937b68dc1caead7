import type { CST } from "yaml";
import { maxDepth } from "./anchors";

/**
 * Finds the first tab that the `yaml` package lets pass and go-yaml does not: at the start of a line and behind a `-`,
 * outside of brackets and quotes. Only lines without text behind a plain value may hold one, and only further right than the
 * list or map around the value (go-yaml's `scan_to_next_token` and `scan_plain_scalar`).
 * @returns The offset of the tab in `text`.
 */
export function findForbiddenTab(text: string, tokens: readonly CST.Token[]): number | undefined {
  const finder = new TabFinder(text);
  for (const token of tokens) finder.visit(token, -1, 0);
  return finder.found;
}

class TabFinder {
  found: number | undefined;
  /** The column of the list or map around the plain value read last; -1 when another token came behind it. */
  private plainColumn = -1;

  constructor(private readonly text: string) {}

  visit(token: CST.Token, column: number, depth: number): void {
    if (this.found !== undefined || depth > maxDepth) return;
    switch (token.type) {
      case "document":
        this.visitAll(token.start);
        if (token.value !== undefined) this.visit(token.value, column, depth + 1);
        this.visitAll(token.end ?? []);
        break;
      case "block-map":
      case "block-seq":
        for (const item of token.items) {
          this.visitAll(item.start);
          if (item.key) this.visit(item.key, token.indent, depth + 1);
          this.visitAll(item.sep ?? []);
          if (item.value) this.visit(item.value, token.indent, depth + 1);
        }
        break;
      case "flow-collection":
        this.plainColumn = -1;
        this.visitAll(token.end);
        break;
      case "block-scalar":
        this.plainColumn = -1;
        break;
      case "alias":
      case "scalar":
      case "single-quoted-scalar":
      case "double-quoted-scalar":
        this.plainColumn = token.type === "scalar" ? column : -1;
        this.visitAll(token.end ?? []);
        break;
      case "space":
      case "comment":
        this.visitAll([token]);
        break;
      default:
        break;
    }
  }

  private visitAll(tokens: readonly CST.SourceToken[]): void {
    for (const token of tokens) {
      if (token.type === "space") this.checkSpace(token);
      else if (token.type !== "newline" && token.type !== "comment") this.plainColumn = -1;
    }
  }

  private checkSpace({ offset, source }: CST.SourceToken): void {
    const inside = source.indexOf("\t");
    if (inside < 0 || this.found !== undefined) return;
    const at = offset + inside;
    const lineStart = this.text.lastIndexOf("\n", at - 1) + 1;
    const before = this.text.slice(lineStart, at).trimEnd();
    const forbidden =
      before === "" ? at - lineStart <= this.plainColumn || this.plainColumn < 0 : /(?:^|\s)[-?]$/.test(before);
    if (forbidden) this.found = at;
  }
}
