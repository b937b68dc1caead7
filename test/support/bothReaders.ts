import type { YamlProblem } from "../../server/src/yaml/document";
import { fastRead } from "../../server/src/yaml/fastRead";
import type { Node } from "../../server/src/yaml/node";
import { readFully } from "../../server/src/yaml/readFully";
import type { SourceFile } from "../../server/src/yaml/source";
import { splitDocuments } from "../../server/src/yaml/splitDocuments";

/** How the two readers see a text. */
export interface Comparison {
  /** Documents that the fast reader took. */
  readonly fast: number;
  /** Documents that it left to the full one. */
  readonly left: number;
  /** What they disagree about; empty when all is well. */
  readonly differences: readonly string[];
}

/**
 * Reads every document of a text with both readers and compares values, types, styles and places. The fast one may take a
 * document that the full one refuses only where the `yaml` package is stricter than go-yaml: about the indentation inside
 * of brackets and quotes, and about a dash that is a text there (`[-]`; `text-dash-in-flow.yaml` shows that it is one).
 */
export function compareReaders(path: string, raw: string): Comparison {
  const text = raw.replace(/\r(?!\n)|\u0085/g, "\n");
  const file: SourceFile = { path, text };
  const differences: string[] = [];
  let fast = 0;
  const documents = splitDocuments(text);
  for (const document of documents) {
    const ours = fastRead(file, text, document);
    if (ours === undefined) continue;
    fast++;
    const full = readFully(file, text, document);
    if (full.problems.some((problem) => isStricter(problem, text))) continue;
    const [problem] = full.problems;
    const difference =
      problem !== undefined
        ? `the full reader refuses it: ${problem.message}`
        : findDifference(ours.root, full.root, "");
    if (difference !== undefined) differences.push(`${path} from ${document.start}: ${difference}`);
    if (full.warnings?.length) differences.push(`${path} from ${document.start}: a warning is missing`);
  }
  return { fast, left: documents.length - fast, differences };
}

function isStricter({ code, start }: YamlProblem, text: string): boolean {
  if (code === "yaml/block-in-flow") return /^-[,\]}]/.test(text.slice(start, start + 2));
  return code === "yaml/unclosed-flow" || code === "yaml/unclosed-quote";
}

/** Says where two values differ first; `undefined` when they are equal in everything, places included. */
function findDifference(a: Node | undefined, b: Node | undefined, path: string): string | undefined {
  if (a === undefined || b === undefined) return a === b ? undefined : `${path}: only one has a value`;
  if (describe(a) !== describe(b)) return `${path}: ${describe(a)} against ${describe(b)}`;
  const [left, right] = [childrenOf(a), childrenOf(b)];
  for (const [i, [step, child]] of left.entries()) {
    const difference = findDifference(child, right[i]?.[1], `${path}/${step}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function describe(node: Node): string {
  const { start, end } = node.origin.place;
  const place = `${node.kind} at ${start}-${end}`;
  if (node.kind !== "scalar") return `${place} of ${node.kind === "mapping" ? node.entries.length : node.items.length}`;
  return `${place} ${JSON.stringify([node.text, node.tag, node.style, node.tagged])}`;
}

function childrenOf(node: Node): readonly (readonly [string, Node])[] {
  if (node.kind === "scalar") return [];
  if (node.kind === "sequence") return node.items.map((item, i) => [String(i), item]);
  return node.entries.flatMap(({ key, value }) => [[`${key.text}(key)`, key] as const, [key.text, value] as const]);
}
