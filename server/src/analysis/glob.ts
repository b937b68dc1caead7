/**
 * Whether a path matches a glob: `*` and `?` within a segment, `**` for any number of segments. A glob without a slash
 * matches the last segment anywhere; a glob that names a directory matches all below it. Takes time linear in both for each
 * `**`, whatever the input.
 */
export function matchesGlob(glob: string, path: string): boolean {
  const wanted = glob
    .replace(/^\.?\//, "")
    .replace(/\/$/, "")
    .split("/");
  const segments = path.split("/");
  if (wanted.length === 1 && wanted[0] !== "**") wanted.unshift("**");
  return matchSegments(wanted, segments);
}

function matchSegments(wanted: readonly string[], segments: readonly string[]): boolean {
  // reached[j]: the first i parts of the glob match the first j segments.
  let reached: boolean[] = [true, ...segments.map(() => false)];
  for (const part of wanted) {
    const next = reached.map(() => false);
    for (let j = 0; j < reached.length; j++) {
      if (part === "**") next[j] = reached[j] === true || (j > 0 && next[j - 1] === true);
      else if (j > 0) next[j] = reached[j - 1] === true && matchSegment(part, segments[j - 1] ?? "");
    }
    reached = next;
  }
  return reached.includes(true);
}

function matchSegment(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (p < pattern.length && (pattern[p] === "?" || (pattern[p] !== "*" && pattern[p] === text[t]))) {
      p++;
      t++;
    } else if (p < pattern.length && pattern[p] === "*") {
      star = p++;
      mark = t;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/** Why a glob cannot match anything, or not what is meant, with what to do; `undefined` when it is fine. */
export function globMistake(glob: string): { readonly message: string; readonly help: string } | undefined {
  if (glob.trim() === "") return { message: "An empty glob matches nothing.", help: "Remove it." };
  if (/^(?:\/|[A-Za-z]:)/.test(glob) || glob.split("/").includes("..")) {
    return { message: `\`${glob}\` matches nothing.`, help: "Write it relative to this file, without `..`." };
  }
  if (glob.includes("\\")) return { message: `\`${glob}\` matches nothing.`, help: "Write `/` between the parts." };
  if (glob.startsWith("!")) {
    return { message: `\`${glob}\` does not take back another glob.`, help: "Write narrower globs without `!`." };
  }
  const sign = /[[\]{}]/.exec(glob)?.[0];
  if (sign === undefined) return undefined;
  const help = "Globs know `*`, `?` and `**`; write one for each case.";
  return { message: `\`${sign}\` in \`${glob}\` stands for itself.`, help };
}
