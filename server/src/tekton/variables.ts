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
  /** Where each of them begins in the text. */
  readonly starts: readonly number[];
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
    const start = match.index;
    const steps = [...rest.matchAll(stepPattern)];
    const restStart = start + 2 + head.length;
    return {
      text: whole.slice(2, -1),
      start,
      end: start + whole.length,
      names: [head, ...steps.map(([, plain, double, single]) => plain ?? double ?? single ?? "")],
      starts: [start + 2, ...steps.map((step) => restStart + step.index + (step[1] === undefined ? 2 : 1))],
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
 * Where a variable is written, or one of its names, by its position. Variables have no line breaks, so they are written letter for letter in block scalars,
 * too: the same letters are counted off. The whole scalar is the answer where that fails, for example in text that a build made.
 */
export function placeOfVariable(scalar: Scalar, variable: Variable, name?: number): Place {
  const whole = variablePlace(scalar, variable);
  const text = variable.names[name ?? -1];
  const from = variable.starts[name ?? -1];
  if (text === undefined || from === undefined || whole === scalar.origin.place) return whole;
  const start = whole.start + from - variable.start;
  return { file: whole.file, start, end: start + text.length };
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
