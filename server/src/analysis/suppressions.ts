import { positionAt, type SourceFile } from "../yaml/source";

/** Which codes the comments of one file turn off, and where. */
export interface Suppressions {
  /** Whether a finding with this code at this offset is turned off. */
  hides(code: string, offset: number): boolean;
}

const marker = "gitops-author-disable";

const suppressionsOf = new WeakMap<SourceFile, Suppressions>();

/**
 * Reads the comments `# gitops-author-disable-next-line CODE` (the line below) and `# gitops-author-disable CODE` (the whole
 * file), each with one code or several with commas or spaces between; without a code all are meant.
 */
export function findSuppressions(file: SourceFile): Suppressions {
  let known = suppressionsOf.get(file);
  if (known === undefined) {
    known = file.text.includes(marker) ? readSuppressions(file) : nothingHidden;
    suppressionsOf.set(file, known);
  }
  return known;
}

const nothingHidden: Suppressions = { hides: () => false };

function readSuppressions(file: SourceFile): Suppressions {
  const inFile = new Set<string>();
  const byLine = new Map<number, Set<string>>();
  for (const match of file.text.matchAll(/#[ \t]*gitops-author-disable(-next-line)?(?![-\w])([^\r\n]*)/g)) {
    // What looks like a code and is none must not turn off everything.
    const codes = (match[2] ?? "").split(/[\s,]+/).filter((word) => word.includes("/"));
    const wanted = codes.length === 0 ? ["*"] : codes;
    const line = positionAt(file, match.index).line + 1;
    const target = match[1] === undefined ? inFile : (byLine.get(line) ?? new Set());
    for (const code of wanted) target.add(code);
    if (match[1] !== undefined) byLine.set(line, target);
  }
  const has = (codes: ReadonlySet<string> | undefined, code: string): boolean =>
    codes !== undefined && (codes.has(code) || codes.has("*"));
  return { hides: (code, offset) => has(inFile, code) || has(byLine.get(positionAt(file, offset).line), code) };
}
