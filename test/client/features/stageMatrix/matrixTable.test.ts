import { expect, test } from "vitest";
import { matrixPage } from "../../../../client/src/features/stageMatrix/matrixPage";
import { matrixTable, soundOf } from "../../../../client/src/features/stageMatrix/matrixTable";
import type { ImageCell, StageTable } from "../../../../server/src/protocol/stageMatrix";

const cell: ImageCell = {
  versions: [{ tag: "1.1", digest: `sha256:${"a".repeat(64)}` }],
  live: [{ cluster: "c1", application: "book-dev", tag: "1.0" }],
  words: ["older than dev"],
};

const table = (change: Partial<StageTable> = {}): StageTable => ({
  stages: [
    { name: "dev", root: "file:///ws/dev", label: "overlays/dev" },
    { name: "prod", root: "file:///ws/prod", label: "overlays/prod", problem: "It lacks a file." },
  ],
  images: [{ image: "quay.io/team/web", cells: [cell, null], registry: "3 tags" }],
  notes: [],
  complete: true,
  ...change,
});

test("rows and columns have headers, and every cell can be reached", () => {
  const html = matrixTable(table());
  expect(html.match(/<th scope="col"/g)).toHaveLength(3);
  expect(html.match(/<th scope="row"/g)).toHaveLength(1);
  expect(
    [...html.matchAll(/data-row="(-?\d)" data-column="(\d)"/g)].map(([, row, column]) => `${row} ${column}`),
  ).toEqual(["-1 0", "-1 1", "0 0", "0 1"]);
  expect(html).toContain("does not build");
});

test("a screen reader says all that a cell shows", () => {
  expect(soundOf(cell, "web in dev")).toBe(
    "web in dev: 1.1, digest aaaaaaaaaaaa. Cluster c1 runs 1.0. older than dev. Press Enter for what can be done",
  );
});

test("what files and registries say stays text", () => {
  const evil = `"><img src=x onerror='a()'>&`;
  const html = matrixTable(
    table({
      stages: [{ name: evil, root: "file:///ws/dev", label: evil, problem: evil }],
      images: [
        { image: evil, cells: [{ versions: [{ tag: evil, digest: evil }], live: [], words: [evil] }], registry: evil },
      ],
      notes: [evil],
    }),
  );
  expect(html).not.toContain("<img");
  expect(html).not.toContain(`">&#60;img"`);
  expect(html).toContain("&#60;img");
});

test("the page loads nothing and runs only what has its nonce", () => {
  const page = matrixPage("n0nce");
  expect(page).toContain("default-src 'none'; style-src 'nonce-n0nce'; script-src 'nonce-n0nce'");
  expect(page).not.toMatch(/https?:|src="|href="|style="|onclick/);
});

test("without overlays it says what one is", () => {
  expect(matrixTable(table({ stages: [], images: [] }))).toContain("no overlays");
  expect(matrixTable(table({ stages: [], images: [], complete: false }))).toContain("Reading");
});
