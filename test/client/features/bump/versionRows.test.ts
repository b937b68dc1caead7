import { expect, test } from "vitest";
import { versionRows, versionTitle } from "../../../../client/src/features/bump/versionRows";
import type { ImageTags, OverlayImage } from "../../../../server/src/protocol/bump";

const digest = `sha256:${"a1".repeat(32)}`;
const image: OverlayImage = { image: "quay.io/team/web", tag: "1.1", digest, differs: false, objects: [] };
const tags: ImageTags = {
  tags: [
    { tag: "1.2", ranked: true },
    { tag: "1.1", ranked: true, digest },
    { tag: "latest", ranked: false, digest },
  ],
  policy: "by version",
  complete: true,
};

const words = (of: ImageTags, which = image, isTrusted = true): readonly string[] =>
  versionRows(of, which, isTrusted).map(({ label, description, detail, separator }) =>
    [separator ? `— ${label}` : label, description, detail].filter(Boolean).join(" | "),
  );

test("tags that count come first; the newest and the present one say so", () => {
  expect(words(tags)).toEqual([
    "— by version",
    "1.2 | newest",
    "1.1 | now · sha256:a1a1a1a1a1a1…",
    "— other tags",
    "latest | sha256:a1a1a1a1a1a1…",
    "— ",
    "$(edit) Type a tag or digest…",
  ]);
});

test("where only a digest is pinned, the tags that lead to it are the present ones", () => {
  const pinned = { image: image.image, digest, differs: false, objects: [] };
  expect(words(tags, pinned).filter((row) => row.includes("now"))).toEqual([
    "1.1 | now · sha256:a1a1a1a1a1a1…",
    "latest | now · sha256:a1a1a1a1a1a1…",
  ]);
});

test("a list without tags, or without any that count, says why", () => {
  expect(words({ ...tags, tags: [] })).toContain("$(info) The registry has no tags of this image");
  const none = { ...tags, tags: tags.tags.map((each) => ({ ...each, ranked: false })), policy: "matching /^v/" };
  expect(words(none)[0]).toBe("— other tags: none counts (matching /^v/)");
  expect(words({ ...tags, complete: false })).toContain("— the registry has more tags than were read");
  const failed = { tags: [], policy: "", complete: true, failure: "It is down." };
  expect(words(failed)).toEqual(["$(edit) Type a tag or digest…", "$(warning) No tags | It is down."]);
  expect(words(failed, image, false)).toContain("$(shield) Trust this workspace…");
});

test("three thousand tags are rows at once", () => {
  const many = Array.from({ length: 3000 }, (_, i) => ({ tag: `build-${3000 - i}`, ranked: true }));
  const rows = versionRows({ ...tags, tags: many }, image, true);
  expect(rows).toHaveLength(3003);
  expect(rows[1]?.label).toBe("build-3000");
});

test("what a tag holds is told on one line, also why nothing is known", () => {
  expect(versionTitle("1.2", { digest, text: "3 days ago" }, image)).toBe("1.2 · 3 days ago · sha256:a1a1a1a1a1a1…");
  expect(versionTitle("1.2", { text: "The registry is down. ".repeat(9) }, image).length).toBeLessThan(70);
  expect(versionTitle("1.1", { text: "It is down." }, image)).toBe("1.1 · now · It is down.");
  expect(versionTitle("latest", { digest, text: "" }, { digest })).toBe("latest · now · sha256:a1a1a1a1a1a1…");
});
