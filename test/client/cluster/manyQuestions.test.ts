import { expect, test } from "vitest";
import { ApiError, type FailureKind } from "../../../client/src/cluster/apiError";
import { describeNoAnswer, ManyQuestions } from "../../../client/src/cluster/manyQuestions";

const fails = (kind: FailureKind): never => {
  throw new ApiError(kind, `It says ${kind}.`);
};

/** What came of questions of which each answers with its own name, but for those that fail. */
async function ask(
  kinds: readonly (FailureKind | "ok")[],
  questions = new ManyQuestions(),
): Promise<readonly string[]> {
  const outcomes = await questions.ask(kinds, async (kind) => (kind === "ok" ? kind : fails(kind)));
  return outcomes.map((each) => (each.failure === undefined ? each.answer : describeNoAnswer(each)));
}

test("one that fails or hangs keeps no other from its answer", async () => {
  expect(await ask(["ok", "timeout", "refused", "unreachable", "ok"])).toEqual([
    "ok",
    "Timed out: It says timeout.",
    "It could not be read: It says refused.",
    "It could not be read: It says unreachable.",
    "ok",
  ]);
});

test("a cluster that does not answer several in a row is asked no more", async () => {
  const all = await ask(["ok", ...Array<FailureKind>(30).fill("timeout"), "ok"]);
  expect(all.filter((each) => each.startsWith("Timed out")).length).toBeLessThan(15);
  expect(all.at(-1)).toBe("Not asked any more: It says timeout.");
});

test("a cluster has to answer a few questions at a time, and the answers come in the order of the questions", async () => {
  let open = 0;
  let most = 0;
  const numbers = Array.from({ length: 40 }, (_, i) => i);
  const outcomes = await new ManyQuestions().ask(numbers, async (number) => {
    most = Math.max(most, ++open);
    for (let i = 0; i < 20 + 10 * (number % 7); i++) await Promise.resolve();
    open--;
    return number;
  });
  expect(outcomes.map(({ answer }) => answer)).toEqual(numbers);
  expect(most).toBe(6);
});

test("a cluster that answers now and then is asked to the end", async () => {
  const all = await ask(Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? "ok" : "timeout")));
  expect(all.filter((each) => each === "ok").length).toBe(14);
  expect(all.filter((each) => each.startsWith("Not asked"))).toEqual([]);
});

test("nobody has to sign in again for each", async () => {
  const all = await ask(["ok", "signIn", "ok", "ok", "ok", "ok", "ok", "ok", "ok"]);
  expect(all.at(-1)).toBe("Not asked any more: It says signIn.");
});

test("a cluster that answers nothing at all is told as a whole, unless it answered before", async () => {
  await expect(ask(["unreachable", "unreachable"])).rejects.toThrow("It says unreachable.");
  const questions = new ManyQuestions();
  await ask(["ok"], questions);
  expect(await ask(["unreachable"], questions)).toEqual(["It could not be read: It says unreachable."]);
});

test("who cancels ends it, and a mistake of ours is not taken for an answer", async () => {
  await expect(ask(["ok", "cancelled", "ok"])).rejects.toThrow("It says cancelled.");
  await expect(new ManyQuestions().ask([1], () => Promise.reject(new TypeError("ours")))).rejects.toThrow("ours");
});
