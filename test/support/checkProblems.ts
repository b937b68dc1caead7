import { expect } from "vitest";
import { type BuildOptions, build } from "../../server/src/kustomize/build";
import { positionAt } from "../../server/src/yaml/source";
import { folder, parseFixture, shortPath } from "./fixture";
import { memoryLoader } from "./memoryLoader";

/** Builds the directory `root` of a fixture; the problems must be exactly those that the fixture's carets expect. */
export function checkProblems(text: string, root: string, options: BuildOptions = {}): void {
  const fixture = parseFixture(text);
  const loader = memoryLoader(new Map(fixture.files), fixture.directories);
  const { problems } = build(`${folder}/${root}`, loader, options);
  const found = problems.map(({ place, severity, code, message }) => {
    const expected = fixture.expected.find((each) => each.code === code && each.message !== undefined);
    return `${where(place.file, place.start)}-${place.end - place.start} ${severity} ${code}${expected === undefined ? "" : `: ${message}`}`;
  });
  const expected = fixture.expected.map(({ path, start, end, severity, code, message }) => {
    const file = { path, text: fixture.files.get(path) ?? "" };
    return `${where(file, start)}-${end - start} ${severity} ${code}${message === undefined ? "" : `: ${message}`}`;
  });
  expect(found.sort()).toEqual(expected.sort());
}

function where(file: Parameters<typeof positionAt>[0], offset: number): string {
  const { line, character } = positionAt(file, offset);
  return `${shortPath(file.path)}:${line + 1}:${character + 1}`;
}
