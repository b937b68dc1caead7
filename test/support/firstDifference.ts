/** The first lines in which two texts differ, with a few lines before them, as a small diff for people. */
export function firstDifference(actual: string, expected: string, shown = 6): string {
  const ours = actual.split("\n");
  const theirs = expected.split("\n");
  let at = 0;
  while (at < ours.length && at < theirs.length && ours[at] === theirs[at]) at++;
  const before = theirs.slice(Math.max(0, at - 4), at).map((line) => `  ${line}`);
  const minus = theirs.slice(at, at + shown).map((line) => `- ${line}`);
  const plus = ours.slice(at, at + shown).map((line) => `+ ${line}`);
  return [`line ${at + 1} (- Kustomize, + ours):`, ...before, ...minus, ...plus].join("\n");
}
