import { expect, test } from "vitest";
import { matrixPage } from "../../../../client/src/features/stageMatrix/matrixPage";
import { matrixTables, soundOf } from "../../../../client/src/features/stageMatrix/matrixTable";
import type { ImageCell, StageGroupTable, StageTable } from "../../../../server/src/protocol/stageMatrix";

const cell: ImageCell = {
  versions: [{ tag: "1.1", digest: `sha256:${"a".repeat(64)}` }],
  live: [{ cluster: "c1", application: "book-dev", tag: "1.0" }],
  words: ["behind dev"],
};

const dev = { name: "dev", root: "file:///ws/dev", label: "overlays/dev" };
const prod = { name: "prod", root: "file:///ws/prod", label: "overlays/prod", problem: "It lacks a file." };

const group = (change: Partial<StageGroupTable> = {}): StageGroupTable => ({
  label: "overlays",
  stages: [dev, prod],
  images: [{ image: "quay.io/team/web", cells: [cell, null], registry: "3 tags" }],
  ...change,
});

const table = (change: Partial<StageTable> = {}): StageTable => ({
  groups: [group()],
  notes: [],
  failures: [],
  complete: true,
  ...change,
});

const places = (html: string): readonly string[] =>
  [...html.matchAll(/data-group="(\d)" data-row="(-?\d)" data-column="(\d)"/g)].map(([, ...place]) => place.join(" "));

test("rows and columns have headers, and every cell can be reached", () => {
  const html = matrixTables(table());
  expect(html.match(/<th scope="col"/g)).toHaveLength(4);
  expect(html.match(/<th scope="row"/g)).toHaveLength(1);
  expect(places(html)).toEqual(["0 -1 0", "0 -1 1", "0 0 0", "0 0 1", "0 0 2"]);
  expect(html).toContain("does not build");
  expect(html).not.toContain("<h2>");
});

test("of a stage that does not build nothing is claimed", () => {
  const html = matrixTables(table());
  expect(html).toContain("web in prod: not known, the overlay does not build");
  const built = matrixTables(table({ groups: [group({ stages: [dev, { ...dev, name: "stage" }] })] }));
  expect(built).toContain("web in stage: does not run it");
});

test("several groups of stages are tables of their own, with headings", () => {
  const html = matrixTables(
    table({ groups: [group({ label: "a/overlays" }), group({ label: "b/overlays", images: [] })] }),
  );
  expect([...html.matchAll(/<h2>([^<]+)/g)].map(([, heading]) => heading)).toEqual(["a/overlays", "b/overlays"]);
  expect(places(html)).toContain("1 -1 1");
  expect(html.match(/role="grid" aria-label="Images by stage in [ab].overlays"/g)).toHaveLength(2);
});

test("a screen reader says all that a cell shows", () => {
  expect(soundOf(cell, "web in dev")).toBe(
    "web in dev: 1.1, digest aaaaaaaaaaaa. Cluster c1 runs 1.0. behind dev. Press Enter for what can be done",
  );
});

test("what files and registries say stays text", () => {
  const evil = `"><img src=x onerror='a()'>&`;
  const html = matrixTables(
    table({
      groups: [
        {
          label: evil,
          stages: [{ name: evil, root: "file:///ws/dev", label: evil, problem: evil }],
          images: [
            {
              image: evil,
              cells: [{ versions: [{ tag: evil, digest: evil }], live: [], words: [evil] }],
              registry: evil,
            },
          ],
        },
      ],
      notes: [evil],
      failures: [evil],
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
  expect(matrixTables(table({ groups: [] }))).toContain("no overlays");
  expect(matrixTables(table({ groups: [], complete: false }))).toContain("Reading");
});
