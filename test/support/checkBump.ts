import { expect } from "vitest";
import { planBumps } from "../../server/src/release/bump";
import type { ImageWish, Planned } from "../../server/src/release/imagePlan";
import { createMemoryLoader } from "../../server/src/workspace/memoryLoader";
import { applyEdits } from "../../server/src/yaml/textEdit";
import { parseTree } from "./tree";

/** The files of a tree as a source of plans; the directory of the first one is the overlay. */
export function planSource(text: string) {
  const { root, entries } = parseTree(text);
  const files = [...entries].flatMap(([path, entry]): [string, string | Uint8Array][] =>
    entry.kind === "file" ? [[`/${path}`, entry.content]] : [],
  );
  return { root: `/${root}`, files: createMemoryLoader(files) };
}

/** Plans over a tree (see `parseTree`). */
export function plan(text: string, ...wishes: readonly ImageWish[]): Planned {
  const { root, files } = planSource(text);
  return planBumps(root, wishes, { files });
}

/** Expects a plan, and the lines that it takes away (`-`) and brings (`+`), by file; gives the notes. */
export function checkBump(planned: Planned, expected: readonly string[]): readonly string[] {
  if (planned.kind === "refused") throw new Error(`${planned.reason}: ${planned.message} ${planned.help}`);
  const lines = planned.files.flatMap(({ before, edits, after }) => {
    expect(applyEdits(before.text, edits)).toBe(after);
    const [old, fresh] = [before.text.split("\n"), after.split("\n")];
    const gone = old.filter((line) => !fresh.includes(line)).map((line) => `-${line}`);
    return [before.path, ...gone, ...fresh.filter((line) => !old.includes(line)).map((line) => `+${line}`)];
  });
  expect(lines).toEqual(expected);
  return planned.notes;
}
