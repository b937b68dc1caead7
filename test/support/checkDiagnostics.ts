import { expect } from "vitest";
import { positionAt } from "../../server/src/yaml/source";
import { parseFixture, shortPath } from "./fixture";
import { inspect } from "./inspect";

/**
 * Checks that the findings of a fixture are exactly those that stand under its lines: `#   ^^^^ error rule/code: message`. The
 * message may be left out, or be the start of the real one.
 */
export async function checkDiagnostics(text: string): Promise<void> {
  const fixture = parseFixture(text);
  const { findings } = await inspect(fixture);
  const expected = fixture.expected.map(({ path, start, end, severity, code, message }) => {
    const file = { path, text: fixture.files.get(path) ?? "" };
    return { at: describe(file, start, end), severity, code, message };
  });
  const found = findings.map(({ place, severity, code, message }) => {
    const at = describe(place.file, place.start, place.end);
    const wanted = expected.find((each) => each.at === at && each.code === code)?.message;
    const shown = wanted !== undefined && message.startsWith(wanted) ? wanted : message;
    return { at, severity, code, message: wanted === undefined && isExpected(expected, at, code) ? undefined : shown };
  });
  expect(found.sort(byPlace)).toEqual(expected.sort(byPlace));
}

interface Described {
  readonly at: string;
  readonly code: string;
}

function isExpected(expected: readonly Described[], at: string, code: string): boolean {
  return expected.some((each) => each.at === at && each.code === code);
}

/** `base/a.yaml:3:5-9 'name'`: enough to see at a glance what a failed test is about. */
function describe(file: { readonly path: string; readonly text: string }, start: number, end: number): string {
  const { line, character } = positionAt(file, start);
  const text = file.text.slice(start, end);
  return `${shortPath(file.path)}:${line + 1}:${character + 1} '${text}'`;
}

function byPlace(a: Described, b: Described): number {
  return a.at === b.at ? a.code.localeCompare(b.code) : a.at.localeCompare(b.at);
}
