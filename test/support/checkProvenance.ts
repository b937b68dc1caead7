import { expect } from "vitest";
import { originsOf } from "../../server/src/render/originData";
import { buildFixture } from "./checkBuild";
import { parseFixture, shortPath } from "./fixture";

/**
 * Checks the origin of the value at `pointer` of the rendered object `KIND NAME`: its text is what the fixture's range
 * `<|…|>` marks, and `steps` name what changed it on the way, for example `images: nginx -> nginx:1.2`.
 */
export function checkProvenance(
  text: string,
  { root, object, pointer, steps }: { root: string; object: string; pointer: string; steps: readonly string[] },
): void {
  const build = buildFixture(text, root);
  const [range] = parseFixture(text).ranges;
  const origin = originsOf(build.text, shortPath).find(
    (each) => each.path === pointer && `${each.object.kind} ${each.object.name}` === object,
  );
  const found = build.text.emitted.documents.length === 0 ? "nothing was rendered" : origin;
  expect(found).toBeDefined();
  const marked = range && { file: shortPath(range.path), ...lineAndColumn(text, range) };
  expect(origin && { file: origin.source.file, ...origin.source.range.start }).toEqual(marked);
  expect(origin?.steps.map(({ field, before, after }) => `${field}: ${before ?? ""} -> ${after}`)).toEqual(steps);
}

function lineAndColumn(text: string, { path, start }: { readonly path: string; readonly start: number }): object {
  const before = (parseFixture(text).files.get(path) ?? "").slice(0, start).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
