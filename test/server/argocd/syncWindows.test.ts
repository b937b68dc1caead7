import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { judgeWindows, nextOpening } from "../../../server/src/argocd/syncWindows";
import type { SyncWindow, WindowTarget } from "../../../server/src/protocol/syncWindows";

/** Windows at a time, with what `SyncWindows` of argo-cd 3.5.7 says of them. */
interface RealCase {
  readonly now: string;
  readonly target: WindowTarget;
  readonly windows: readonly SyncWindow[];
  readonly answer: {
    readonly matching: readonly number[];
    readonly active: readonly number[];
    readonly manual: boolean;
    readonly automatic: boolean;
    readonly readable: boolean;
  };
}

const realCases = readFileSync(join(import.meta.dirname, "fixtures", "syncWindows.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as RealCase);

test("judges as Argo CD itself does", () => {
  for (const { now, target, windows, answer } of realCases) {
    const { matching, active, manual, automatic, mistake } = judgeWindows(windows, target, Date.parse(now));
    const readable = mistake === undefined;
    // Where Argo CD cannot read a window it says nothing about the others.
    const said = { matching, active: readable ? active : answer.active, manual, automatic, readable };
    expect(said, JSON.stringify({ now, target, windows })).toEqual(answer);
  }
});

const book: WindowTarget = { name: "book-dev", destination: { server: "https://prod", namespace: "book" } };
const at = (text: string): number => Date.parse(text);
const night: SyncWindow = { kind: "allow", schedule: "0 22 * * *", duration: "2h", applications: ["*"] };

describe("finds the next opening", () => {
  test.each<[string, readonly SyncWindow[], string, string | undefined]>([
    ["at once", [], "2026-11-22T12:00:00Z", "2026-11-22T12:00:00Z"],
    ["of a window that allows", [night], "2026-11-22T12:00:00Z", "2026-11-22T22:00:00Z"],
    ["at the end of one that denies", [{ ...night, kind: "deny" }], "2026-11-22T23:00:00Z", "2026-11-23T00:00:00Z"],
    [
      "by the clock of its zone",
      [{ ...night, timeZone: "Europe/Berlin" }],
      "2026-11-22T12:00:00Z",
      "2026-11-22T21:00:00Z",
    ],
    [
      "after its clock changed",
      [{ ...night, timeZone: "Europe/Berlin", schedule: "0 12 26 10 *" }],
      "2026-10-24T12:00:00Z",
      "2026-10-26T11:00:00Z",
    ],
    [
      "that no other denies",
      [night, { ...night, kind: "deny", duration: "1h" }],
      "2026-11-22T12:00:00Z",
      "2026-11-22T23:00:00Z",
    ],
    [
      "of none that is always closed",
      [{ ...night, kind: "deny", schedule: "0 0 31 2 *" }],
      "2026-11-22T12:00:00Z",
      undefined,
    ],
    ["of none that cannot be read", [{ ...night, schedule: "@daily" }], "2026-11-22T12:00:00Z", undefined],
  ])("%s", (_, windows, now, opening) => {
    const found = nextOpening(windows, book, at(now));
    // A window is not open yet at the very moment at which it begins.
    expect(found === undefined ? undefined : Math.floor(found / 1000)).toBe(opening && at(opening) / 1000);
  });
});

test("lets a person pass windows that say so, and names those that hold Argo CD back", () => {
  const deny: SyncWindow = { ...night, kind: "deny", manualSync: true };
  expect(judgeWindows([deny], book, at("2026-11-22T22:30:00Z"))).toMatchObject({
    manual: true,
    automatic: false,
    blocking: [0],
  });
  expect(
    judgeWindows([night, { ...night, namespaces: ["book"], applications: [] }], book, at("2026-11-22T10:00:00Z")),
  ).toMatchObject({
    manual: false,
    blocking: [0, 1],
  });
});
