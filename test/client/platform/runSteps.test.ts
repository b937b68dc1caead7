import { expect, test } from "vitest";
import { runSteps, type Step } from "../../../client/src/platform/runSteps";

/** Steps that add a letter each; `answers` says what happens at each question in turn. */
function form(answers: readonly ("next" | "back" | "skip" | "give up")[]) {
  const rest = [...answers];
  const seen: string[] = [];
  const step =
    (letter: string): Step<string> =>
    async (state, { step: number, totalSteps, canGoBack }) => {
      seen.push(`${number}/${totalSteps}:${state}${canGoBack ? "<" : ""}`);
      const answer = rest.shift() ?? "next";
      if (answer === "give up") return undefined;
      if (answer === "back") return "back";
      return { state: state + letter, ...(answer === "skip" && { skipped: true }) };
    };
  return { run: runSteps("Form", "", [step("a"), step("b"), step("c")]), seen };
}

test("a form goes forward, and back with what was known then", async () => {
  const { run, seen } = form(["next", "next", "back", "back", "next"]);
  expect(await run).toBe("abc");
  expect(seen).toEqual(["1/3:", "2/3:a<", "3/3:ab<", "2/3:a<", "1/3:", "2/3:a<", "3/3:ab<"]);
});

test("a question that is not asked is not come back to, and does not count", async () => {
  const { run, seen } = form(["next", "skip", "back", "next", "skip"]);
  expect(await run).toBe("abc");
  expect(seen).toEqual(["1/3:", "2/3:a<", "2/2:ab<", "1/3:", "2/3:a<", "2/2:ab<"]);
});

test("a form ends without a result when somebody gives up, or goes back from the first question", async () => {
  expect(await form(["next", "give up"]).run).toBeUndefined();
  expect(await form(["back"]).run).toBeUndefined();
});
