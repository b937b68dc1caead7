import { expect, test } from "vitest";
import { describeBlock } from "../../../../client/src/cluster/argocd/syncWindows";

const book = { metadata: { name: "book" }, spec: { project: "shop" } };
const night = { kind: "deny", schedule: "0 22 * * *", duration: "1h", timeZone: "Europe/Berlin" };
const verdict = { matching: [0], active: [0], automatic: false, manual: false, blocking: [0] };

test("says which window holds a sync back and until when", () => {
  expect(describeBlock(book, [night], { ...verdict, opensAt: 5 }, (time) => `at ${time}`)).toBe(
    "The sync window 'deny at 0 22 * * * for 1h (Europe/Berlin)' of the project 'shop' holds syncs of 'book' back until at 5.",
  );
  const day = { kind: "allow", schedule: "0 8 * * *", duration: "1h" };
  expect(describeBlock(book, [night, day], { ...verdict, blocking: [0, 1] }, String)).toBe(
    "The sync windows 'deny at 0 22 * * * for 1h (Europe/Berlin)', 'allow at 0 8 * * * for 1h' of the project 'shop' hold syncs of 'book' back for good.",
  );
});

test("says that a window cannot be read", () => {
  expect(describeBlock(book, [night], { ...verdict, mistake: 0 }, String)).toContain("cannot be read by Argo CD");
});
