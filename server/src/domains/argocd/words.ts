import { isPlaceholder } from "../../analysis/placeholders";
import type { Hit } from "../../analysis/rule";
import { didYouMean } from "../../platform/didYouMean";
import type { Scalar } from "../../yaml/node";
import { placeWithin } from "../../yaml/placeWithin";
import type { Place } from "../../yaml/source";
import type { Word } from "./vocabulary";

/** A word of a text, with where it stands. */
export interface WrittenWord {
  readonly text: string;
  readonly place: Place;
}

/** The words of a list with commas; blanks around them do not count, and neither do empty ones. */
export function splitWords(scalar: Scalar): readonly WrittenWord[] {
  const words: WrittenWord[] = [];
  for (const match of scalar.text.matchAll(/[^,]+/g)) {
    const text = match[0].trim();
    const start = match.index + match[0].indexOf(text);
    if (text !== "") words.push({ text, place: placeWithin(scalar, start, start + text.length) });
  }
  return words;
}

/** The words of a list that Argo CD does not know. */
export function unknownWords(scalar: Scalar, known: readonly Word[]): readonly WrittenWord[] {
  return splitWords(scalar).filter(({ text }) => !isPlaceholder(text) && !known.some(({ word }) => word === text));
}

/** A finding about a word, with the one that was probably meant. */
export function wordHit({ text, place }: WrittenWord, known: readonly Word[], message: string): Hit {
  const words = known.map(({ word }) => word);
  const suggestion = didYouMean(text, words);
  const all = `Possible are ${words.map((word) => `\`${word}\``).join(", ")}.`;
  const isExact = place.file.text.slice(place.start, place.end) === text;
  return {
    place,
    message,
    help: suggestion === undefined ? all : `Did you mean \`${suggestion}\`?`,
    data: isExact ? { suggestion } : undefined,
  };
}
