import { describe, expect, test } from "vitest";
import { dependenciesOf, findCycles } from "../../../server/src/tekton/taskGraph";
import { viewTekton } from "../../../server/src/tekton/tektonObject";
import { readDocuments } from "../../../server/src/yaml/read";

function tasksOf(lines: string) {
  const text = `apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: {name: p}\nspec:\n  tasks:\n${lines}`;
  const root = readDocuments({ path: "/p.yaml", text })[0]?.root;
  return (root?.kind === "mapping" ? viewTekton(root)?.pipeline?.tasks : undefined) ?? [];
}

function cyclesOf(lines: string): readonly string[] {
  return findCycles(tasksOf(lines)).map((cycle) => cycle.map(({ task, on }) => `${task.name}>${on}`).join(" "));
}

describe("a task waits for", () => {
  test.each([
    ["what runAfter says", "  - {name: a, runAfter: [b, c]}\n", ["b", "c"]],
    ["results in parameters", "  - {name: a, params: [{name: x, value: $(tasks.b.results.r)}]}\n", ["b"]],
    ["results in lists", '  - {name: a, params: [{name: x, value: ["$(tasks.b.results.r[*])"]}]}\n', ["b"]],
    ["results in a matrix", '  - {name: a, matrix: {params: [{name: x, value: "$(tasks.b.results.r[*])"}]}}\n', ["b"]],
    [
      "results in conditions",
      "  - {name: a, when: [{input: $(tasks.b.results.r), operator: in, values: [x]}]}\n",
      ["b"],
    ],
    ["results in its own steps", "  - {name: a, taskSpec: {steps: [{script: echo $(tasks.b.results.r)}]}}\n", ["b"]],
    ["nothing else", "  - {name: a, params: [{name: x, value: $(tasks.b.status) $(params.c)}]}\n", []],
  ])("%s", (_what, lines, expected) => {
    expect(tasksOf(lines).flatMap((task) => dependenciesOf(task).map(({ on }) => on))).toEqual(expected);
  });
});

describe("circles", () => {
  test.each([
    ["none in a line", "  - {name: a}\n  - {name: b, runAfter: [a]}\n  - {name: c, runAfter: [a, b]}\n", []],
    ["a task and itself", "  - {name: a, runAfter: [a]}\n", ["a>a"]],
    ["two tasks", "  - {name: a, runAfter: [b]}\n  - {name: b, runAfter: [a]}\n", ["a>b b>a"]],
    [
      "what leads to them stays out",
      "  - {name: x, runAfter: [a]}\n  - {name: a, runAfter: [b]}\n  - {name: b, runAfter: [a]}\n",
      ["a>b b>a"],
    ],
    [
      "two of them",
      "  - {name: a, runAfter: [b]}\n  - {name: b, runAfter: [a]}\n  - {name: c, runAfter: [d]}\n  - {name: d, runAfter: [c]}\n",
      ["a>b b>a", "c>d d>c"],
    ],
    ["names that nobody has end the way", "  - {name: a, runAfter: [z]}\n", []],
    ["a name like that of a property of objects", "  - {name: __proto__, runAfter: [constructor]}\n", []],
  ])("%s", (_what, lines, expected) => expect(cyclesOf(lines)).toEqual(expected));

  test("long chains are no trouble", () => {
    const lines = Array.from({ length: 3000 }, (_, i) => `  - {name: t${i}, runAfter: [t${(i + 1) % 3000}]}\n`).join(
      "",
    );
    expect(findCycles(tasksOf(lines))[0]).toHaveLength(3000);
  });
});
