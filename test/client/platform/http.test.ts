import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { readLines } from "../../../client/src/platform/http";

/** The lines of an answer that arrives in these pieces. */
async function linesOf(pieces: Iterable<string>): Promise<readonly string[]> {
  const response = new PassThrough().setEncoding("utf8");
  const lines: string[] = [];
  const read = readLines(response as unknown as IncomingMessage, (line) => lines.push(line));
  for (const piece of pieces) response.write(piece);
  response.end();
  await read;
  return lines;
}

test("lines are whole wherever the answer was cut; one without an end is none", async () => {
  expect(await linesOf(["a", "b\nc", "\n", "\nd\ne\nf"])).toEqual(["ab", "c", "d", "e"]);
});

test("a line of many megabytes is read in no time", async () => {
  const pieces = Array.from({ length: 2000 }, () => "x".repeat(16_384));
  const start = Date.now();
  const [line = ""] = await linesOf([...pieces, "\n"]);
  expect(line).toHaveLength(2000 * 16_384);
  // Minutes, where each piece is looked for together with those before it.
  expect(Date.now() - start).toBeLessThan(20_000);
});
