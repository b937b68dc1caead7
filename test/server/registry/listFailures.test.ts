import { expect, test } from "vitest";
import { listFailures } from "../../../server/src/registry/listFailures";

test("The same trouble of several images is told once", () => {
  const down = ["e", "d", "c", "b", "a"].map((name) => [`r.example/${name}`, "It is down."] as const);
  const few = ["d", "c", "b", "a"].map((name) => [`s.example/${name}`, "It is slow."] as const);
  expect(listFailures([["q.example/app", "It wants a login."], ...down, ...few])).toEqual([
    "q.example/app: It wants a login.",
    "r.example/a, r.example/b, r.example/c and 2 more: It is down.",
    "s.example/a, s.example/b, s.example/c, s.example/d: It is slow.",
  ]);
});
