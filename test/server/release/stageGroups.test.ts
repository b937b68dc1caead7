import { expect, test } from "vitest";
import { groupStages } from "../../../server/src/release/stageGroups";

const groups = (...roots: readonly string[]): readonly string[] =>
  groupStages(roots.map((root) => ({ root, name: root }))).map(
    ({ path, stages }) => `${path}: ${stages.map(({ name }) => name).join(" ")}`,
  );

test("overlays beside each other are stages of one thing, in the order of their environments", () => {
  expect(groups("/r/overlays/prod", "/r/overlays/dev", "/r/overlays/stage")).toEqual(["/r/overlays: dev stage prod"]);
});

test("the stages of each application are among themselves", () => {
  expect(
    groups("/r/apps/a/overlays/dev", "/r/apps/b/overlays/dev", "/r/apps/a/overlays/prod", "/r/apps/b/overlays/prod"),
  ).toEqual(["/r/apps/a/overlays: dev prod", "/r/apps/b/overlays: dev prod"]);
});

test("where the environment is a directory around, each application has a group of its own", () => {
  expect(groups("/r/envs/prod/shop", "/r/envs/dev/shop", "/r/envs/dev/cart", "/r/envs/stage/shop")).toEqual([
    "/r/envs/*/shop: dev stage prod",
    "/r/envs/dev: cart",
  ]);
});

test("a directory that happens to be called like an environment makes no stage", () => {
  expect(groups("/r/test/overlays/east", "/r/test/overlays/west")).toEqual(["/r/test/overlays: east west"]);
});

test("regions of an environment are stages beside each other", () => {
  expect(groups("/r/prod-us", "/r/prod-eu", "/r/dev")).toEqual(["/r: dev prod-eu prod-us"]);
});
