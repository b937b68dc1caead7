import { expect, test } from "vitest";
import { shareAmong, shareParts } from "../../../client/src/cluster/shareParts";

test("what equals the known value is the known value", () => {
  const known = { a: [1, { b: null }], c: { d: "x", e: undefined } };
  expect(shareParts({ a: [1, { b: null }], c: { d: "x", e: undefined } }, known)).toBe(known);
});

test("of what differs, the parts that are equal are shared, and the value stays what it is", () => {
  const known = { spec: { project: "a", source: { path: "x" } }, list: [{ a: 1 }, { a: 2 }], same: { b: [] } };
  const value = {
    spec: { project: "b", source: { path: "x" } },
    list: [{ a: 1 }, { a: 3 }, { a: 4 }],
    same: { b: [] },
  };
  const shared = shareParts(value, known);
  expect(shared).toEqual(value);
  expect(shared.spec.source).toBe(known.spec.source);
  expect(shared.list[0]).toBe(known.list[0]);
  expect(shared.same).toBe(known.same);
});

test.each<[unknown, unknown]>([
  [{ a: 1 }, undefined],
  [{ a: 1 }, null],
  [{ a: 1 }, [1]],
  [[1], { 0: 1 }],
  [{ a: 1 }, { a: 1, b: 2 }],
  [{ a: 1, b: undefined }, { a: 1 }],
  [[1], [1, 2]],
  [[1, 2], [1]],
  [null, { a: 1 }],
  ["a", { a: 1 }],
  [JSON.parse('{"__proto__":{"a":1},"constructor":"x"}'), JSON.parse('{"__proto__":{"a":1}}')],
])("nothing is lost or added: %j beside %j", (value, known) => {
  const shared = shareParts(value, known);
  expect(shared).toStrictEqual(value);
  expect(JSON.stringify(shared)).toBe(JSON.stringify(value));
});

test("items share with the one before them", () => {
  const [first, second] =
    shareAmong([
      { id: 1, source: { path: "x" } },
      { id: 2, source: { path: "x" } },
    ]) ?? [];
  expect(second).toEqual({ id: 2, source: { path: "x" } });
  expect(second?.source).toBe(first?.source);
  expect(shareAmong(undefined)).toBeUndefined();
});
