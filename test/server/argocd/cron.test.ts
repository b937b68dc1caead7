import { describe, expect, test } from "vitest";
import { findCronMistake } from "../../../server/src/argocd/cron";
import { isGoDuration, isRetryDuration, withoutDays } from "../../../server/src/argocd/duration";
import { findJqMistake } from "../../../server/src/argocd/jqPath";

/** What the parser of robfig/cron v3 with five fields says of each. */
const right = [
  "* * * * *",
  "0 22 * * mon-fri",
  "*/5 * ? * SUN",
  "1,,2 * * * *",
  "1, * * * *",
  "TZ=Europe/Berlin * * * * *",
  "CRON_TZ=Europe/Berlin 1 2 3 4 5",
  "0 0 * JAN-3 1-3/2",
  "*-5 * * * *",
  "?/3 * * * *",
  "5/3 * * * *",
  "01 02 03 04 05",
];
const wrong = [
  "0 25 * * *",
  "0 22 * * 7",
  "@daily",
  "* * * * * *",
  "* * * *",
  "5/0 * * * *",
  "5-1 * * * *",
  "5-10-15 * * * *",
  "60 * * * *",
  "-1 * * * *",
  "a * * * *",
  "1/2/3 * * * *",
  "0 0 0 * *",
  "0 0 L * *",
  "0 0 * january *",
];

describe("findCronMistake", () => {
  test.each(right)("takes %s", (schedule) => expect(findCronMistake(schedule)).toBeUndefined());
  test.each(wrong)("finds a mistake in %s", (schedule) => expect(findCronMistake(schedule)).toBeDefined());
  test("points at the part", () => {
    const schedule = "0 1,99 * * *";
    const { start = 0, end = 0 } = findCronMistake(schedule) ?? {};
    expect(schedule.slice(start, end)).toBe("99");
  });
});

test("durations are those of Go, for retries also seconds, and days become hours", () => {
  expect(["1h30m", "1.5h", "-5s", "0", ".5s"].filter(isGoDuration)).toHaveLength(5);
  expect(["1d", "5", "1 h", "", "h"].some(isGoDuration)).toBe(false);
  expect(isRetryDuration("90")).toBe(true);
  expect(["2d", "1 week", "x"].map(withoutDays)).toEqual(["48h", "168h", undefined]);
});

test("jq: brackets and quotes are closed, whatever stands in quotes", () => {
  expect(findJqMistake('.a[] | select(.b == "(]") | .["c"]')).toBeUndefined();
  expect(findJqMistake('.a["b]')).toBe('a `"` is not closed');
  expect(findJqMistake(".a)")).toBe("`)` closes nothing");
  expect(findJqMistake(".a(]")).toBe("`(` is closed by `]`");
  expect(findJqMistake(" ")).toBe("it is empty");
});
