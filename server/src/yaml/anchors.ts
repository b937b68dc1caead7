import type { Node } from "./node";

/** Deeper documents are not read. go-yaml stops at 10,000 levels; nothing real comes near either. */
export const maxDepth = 500;

/** How many values the aliases of one document may stand for; a "billion laughs" wants more. */
const maxAliased = 200_000;

/** Why an alias has no value. */
export type AliasFailure = "unknown" | "cycle" | "excess";

interface Measure {
  /** How many values it holds, itself included. */
  readonly size: number;
  readonly depth: number;
}

/**
 * The anchors of one document. An alias shares the node of its anchor, so it costs no memory; but whoever walks the document
 * visits it again, so the number of values behind aliases is bounded, and so is how deep they nest.
 */
export class Anchors {
  /** `undefined` while the value is being read. */
  private readonly values = new Map<string, Node | undefined>();
  private readonly measures = new Map<Node, Measure>();
  private aliased = 0;

  /** The value of the anchor `name` begins; an earlier one of that name is forgotten. */
  open(name: string): void {
    this.values.set(name, undefined);
  }

  close(name: string, value: Node): void {
    this.values.set(name, value);
    this.measures.set(value, this.measure(value));
  }

  /** The value of an alias that stands `depth` levels deep. */
  expand(name: string, depth: number): Node | AliasFailure {
    if (!this.values.has(name)) return "unknown";
    const value = this.values.get(name);
    if (value === undefined) return "cycle";
    const { size, depth: height } = this.measures.get(value) ?? this.measure(value);
    this.aliased += size;
    return this.aliased > maxAliased || depth + height > maxDepth ? "excess" : value;
  }

  /** Values of inner anchors are measured already, so each value is visited once for each anchor around it. */
  private measure(node: Node): Measure {
    const known = this.measures.get(node);
    if (known !== undefined) return known;
    if (node.kind === "scalar") return { size: 1, depth: 0 };
    const children = node.kind === "sequence" ? node.items : node.entries.map((entry) => entry.value);
    let size = 1;
    let depth = 0;
    for (const child of children) {
      const measure = this.measure(child);
      size += measure.size;
      depth = Math.max(depth, measure.depth + 1);
    }
    return { size, depth };
  }
}
