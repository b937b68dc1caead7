import { findActions } from "./templateText";

/** What is wrong in a template, and where. */
export interface TemplateMistake {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** Finds what surely keeps Go from reading a template: braces without their end, and blocks that do not match. */
export function findTemplateMistake(text: string): TemplateMistake | undefined {
  const actions = findActions(text, true);
  const open: { readonly word: string; readonly start: number; readonly end: number }[] = [];
  let after = 0;
  for (const { start, end, code } of actions) {
    const stray = text.indexOf("{{", after);
    if (stray >= 0 && stray < start) return { start: stray, end: stray + 2, message: "`{{` is not closed." };
    after = end;
    const word = /^(?:if|range|with|define|block|end|else)\b/.exec(code)?.[0];
    if (word === undefined) continue;
    if (word === "end") {
      if (open.pop() === undefined) return { start, end, message: "`{{ end }}` ends nothing." };
    } else if (word === "else") {
      if (open.length === 0) return { start, end, message: "`{{ else }}` belongs to nothing." };
    } else open.push({ word, start, end });
  }
  const stray = text.indexOf("{{", after);
  if (stray >= 0) return { start: stray, end: stray + 2, message: "`{{` is not closed." };
  const [first] = open;
  return first && { start: first.start, end: first.end, message: `\`${first.word}\` has no \`{{ end }}\`.` };
}
