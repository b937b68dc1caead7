import type { Place } from "../yaml/source";
import type { Fix } from "./finding";
import type { Rule } from "./rule";

/** Puts the word that was probably meant in the place of a finding. */
export const useSuggestion: NonNullable<Rule["fix"]> = ({ place, data }): readonly Fix[] => {
  const suggestion = data?.["suggestion"];
  if (typeof suggestion !== "string") return [];
  return [{ title: `Change to '${suggestion}'`, edits: [{ place, text: suggestion }], preferred: true }];
};

/** Puts quotes around a value that was meant to be text. */
export function quote({ file, start, end }: Place): Fix {
  const text = `"${file.text.slice(start, end)}"`;
  return { title: "Put it in quotes", edits: [{ place: { file, start, end }, text }], preferred: true };
}
