import type { Scalar } from "../yaml/node";
import type { Place } from "../yaml/source";

/** A `$(…)` in a text that may be a variable of Tekton, by its form alone: `$(date +%s)` and `$(cat "$FILE")` are none. */
export interface Variable {
  /** What stands in the brackets, for example `tasks.build.results.digest` or `params["a.b"][*]`. */
  readonly text: string;
  /** Offsets in the text, with `$(` and `)`. */
  readonly start: number;
  readonly end: number;
  /** The names along the way, for example `["tasks", "build", "results", "digest"]`. */
  readonly names: readonly string[];
  /** One of the names is written in brackets, so that a point in it parts nothing. */
  readonly bracketed: boolean;
  /** What stands in square brackets at the end: `*`, or a number. */
  readonly index?: string | undefined;
}

const variablePattern =
  /(?<!\$)\$\(([_a-zA-Z][_a-zA-Z0-9-]*)((?:\.[_a-zA-Z0-9-]+|\["[^"\n]+"\]|\['[^'\n]+'\])*)(?:\[(\d+|\*)\])?\)/g;

const stepPattern = /\.([_a-zA-Z0-9-]+)|\["([^"\n]+)"\]|\['([^'\n]+)'\]/g;

/** The variables of a text, in their order. `$$(…)` is left alone: Kubernetes writes a `$(` in this way. */
export function findVariables(text: string): readonly Variable[] {
  if (!text.includes("$(")) return [];
  return [...text.matchAll(variablePattern)].map((match) => {
    const [whole, head = "", rest = "", index] = match;
    const steps = [...rest.matchAll(stepPattern)].map(([, plain, double, single]) => plain ?? double ?? single ?? "");
    return {
      text: whole.slice(2, -1),
      start: match.index,
      end: match.index + whole.length,
      names: [head, ...steps],
      bracketed: rest.includes("["),
      index,
    };
  });
}

/** Whether a text is the variable and nothing else. */
export function isAlone(variable: Variable, text: string): boolean {
  return variable.start === 0 && variable.end === text.length;
}

/**
 * Where a variable is written, or a name in it. Variables have no line breaks, so they are written letter for letter in block scalars,
 * too: the same letters are counted off. The whole scalar is the answer where that fails, for example in text that a build made.
 */
export function placeOfVariable(scalar: Scalar, variable: Variable, name?: string): Place {
  const whole = variablePlace(scalar, variable);
  const at = name === undefined ? -1 : scalar.text.slice(variable.start, variable.end).lastIndexOf(name);
  if (at < 0 || name === undefined || whole === scalar.origin.place) return whole;
  return { file: whole.file, start: whole.start + at, end: whole.start + at + name.length };
}

function variablePlace(scalar: Scalar, { start, end }: Variable): Place {
  const { place } = scalar.origin;
  const letters = scalar.text.slice(start, end);
  const written = place.file.text.slice(place.start, place.end);
  let at = written.indexOf(letters);
  for (let before = scalar.text.indexOf(letters); before < start && at >= 0; ) {
    before = scalar.text.indexOf(letters, before + 1);
    at = written.indexOf(letters, at + 1);
  }
  return at < 0 ? place : { file: place.file, start: place.start + at, end: place.start + at + letters.length };
}
