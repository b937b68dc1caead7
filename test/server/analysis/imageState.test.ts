import { expect, test } from "vitest";
import { imageState, versionsToAsk } from "../../../server/src/analysis/imageState";
import type { ImageAnswers } from "../../../server/src/observations/registryAnswers";

const digest = `sha256:${"a".repeat(64)}`;
const answers = (tags: readonly string[], complete: boolean): ImageAnswers => ({
  tags: { value: { tags, complete }, at: 0 },
  versions: new Map([["1.1", { value: { digest, mediaType: "" }, at: 0 }]]),
});

test("nothing is called up to date when not all tags were read", () => {
  const stateOf = (complete: boolean) => ({
    tag: imageState({ name: "web", tag: "1.1", digest: undefined }, answers(["1.0", "1.1"], complete), undefined).kind,
    pinned: imageState({ name: "web", tag: "1.1", digest }, answers(["1.0", "1.1"], complete), undefined).kind,
  });
  expect(stateOf(true)).toEqual({ tag: "current", pinned: "current" });
  expect(stateOf(false)).toEqual({ tag: "unknown", pinned: "unknown" });
});

test("what is newer among the tags that were read is told in any case", () => {
  const state = imageState({ name: "web", tag: "1.0", digest: undefined }, answers(["1.0", "1.1"], false), undefined);
  expect(state).toEqual({ kind: "behind", newest: "1.1", count: 1 });
});

test("the moving tag is asked for unless the registry is known to have none", () => {
  const asked = (complete: boolean) =>
    versionsToAsk({ name: "web", tag: undefined, digest }, answers(["1.0"], complete));
  expect([asked(true), asked(false)]).toEqual([[digest], [digest, "latest"]]);
});
