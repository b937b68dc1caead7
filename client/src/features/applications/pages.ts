import type { MoreRow, PagedRow } from "./applicationNodes";

/** How many rows are shown below one at first, and how many more each time. VS Code asks for all rows below one at once. */
export const pageSize = 200;

/** How much is shown below the rows that have more than a page. */
export class Pages {
  readonly #ends = new Map<string, number>();

  /** The part of all that is shown, and the row for the rest. */
  cut<T>(parent: PagedRow, all: readonly T[]): { readonly shown: readonly T[]; readonly more: readonly MoreRow[] } {
    const shown = all.slice(0, this.#endOf(parent));
    const hidden = all.length - shown.length;
    return { shown, more: hidden > 0 ? [{ type: "more", id: `${parent.id} more`, parent, hidden }] : [] };
  }

  /** Shows the next page. */
  showMore(parent: PagedRow): void {
    this.#ends.set(parent.id, this.#endOf(parent) + pageSize);
  }

  /** Shows as many pages as it takes; whether those were more than before. */
  showUpTo(parent: PagedRow, index: number): boolean {
    if (index < this.#endOf(parent)) return false;
    this.#ends.set(parent.id, Math.ceil((index + 1) / pageSize) * pageSize);
    return true;
  }

  #endOf({ id }: PagedRow): number {
    return this.#ends.get(id) ?? pageSize;
  }
}
