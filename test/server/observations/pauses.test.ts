import { expect, test } from "vitest";
import { Pauses } from "../../../server/src/observations/pauses";

test("A pause lasts as long as it was begun for, or until somebody ends it", () => {
  const pauses = new Pauses();
  pauses.begin("a.example", 0, 100);
  pauses.begin("a.example/app 1", 0, 100);
  expect([pauses.isOn("a.example", 99), pauses.isOn("a.example", 100), pauses.isOn("b.example", 0)]).toEqual([
    true,
    false,
    false,
  ]);
  pauses.end((what) => what.includes(" "));
  expect([pauses.isOn("a.example", 50), pauses.isOn("a.example/app 1", 50)]).toEqual([true, false]);
  pauses.end();
  expect(pauses.isOn("a.example", 50)).toBe(false);
});

test("Pauses that are over are forgotten, however many there were", () => {
  const pauses = new Pauses();
  for (let i = 0; i < 10_000; i++) pauses.begin(`a.example/app ${i}`, i, 10);
  expect(pauses.size).toBe(10);
});
