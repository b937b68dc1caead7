import { expect, test } from "vitest";
import { BoundedMap } from "../../../server/src/registry/boundedMap";

test("A map with a limit forgets what was put into it longest ago", () => {
  const map = new BoundedMap<number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.set("a", 3);
  map.set("c", 4);
  expect([map.get("a"), map.get("b"), map.get("c")]).toEqual([3, undefined, 4]);
  expect([...map.values()]).toEqual([3, 4]);
});
