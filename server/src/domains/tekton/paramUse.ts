import { compareNames } from "../../tekton/contract";
import type { ParamSpec } from "../../tekton/param";
import { viewTekton } from "../../tekton/tektonObject";
import type { VariableProblem } from "../../tekton/variableProblem";
import type { Mapping } from "../../yaml/node";
import { problemsIn } from "./variableProblems";

/** A parameter that variables name and nobody declares. */
export interface UndeclaredParam {
  readonly name: string;
  readonly uses: readonly [VariableProblem, ...VariableProblem[]];
  /** What could have been meant. */
  readonly known: readonly string[];
}

/** How a Task, Pipeline or run uses parameters. */
export interface ParamUse {
  /** Declared and used by nothing. */
  readonly unused: readonly ParamSpec[];
  readonly undeclared: readonly UndeclaredParam[];
  /** Declared under one name and used under another: one slip, which is in neither of the lists. */
  readonly slips: readonly { readonly declared: ParamSpec; readonly used: UndeclaredParam }[];
}

const known = new WeakMap<Mapping, ParamUse>();

/** How an object uses its parameters; found once for each. */
export function paramUseOf(node: Mapping): ParamUse {
  let use = known.get(node);
  if (use === undefined) {
    use = findUse(node);
    known.set(node, use);
  }
  return use;
}

function findUse(node: Mapping): ParamUse {
  const object = viewTekton(node);
  const declared = (object?.task ?? object?.pipeline)?.params ?? [];
  const { file, start, end } = node.origin.place;
  const used = usedNames(declared.length === 0 ? "" : file.text.slice(start, end));
  const unused = declared.filter(({ name }) => name !== "" && !used.has(name));
  const undeclared = undeclaredIn(node);
  const { renamed } = compareNames(undeclared, unused, { isNeeded: () => true });
  return {
    unused: unused.filter((each) => renamed.every(({ given }) => given !== each)),
    undeclared: undeclared.filter((each) => renamed.every(({ asked }) => asked !== each)),
    slips: renamed.map(({ asked, given }) => ({ declared: given, used: asked })),
  };
}

function undeclaredIn(node: Mapping): readonly UndeclaredParam[] {
  const byName = new Map<string, { uses: [VariableProblem, ...VariableProblem[]]; known: readonly string[] }>();
  for (const problem of problemsIn(node)) {
    if (problem.fault.kind !== "unknownParameter") continue;
    const { name, known: others } = problem.fault;
    const found = byName.get(name);
    if (found === undefined) byName.set(name, { uses: [problem], known: others });
    else found.uses.push(problem);
  }
  return [...byName].map(([name, found]) => ({ name, ...found }));
}

/** The names behind `params.` in a text; of a name with points in it, all that it may mean. */
function usedNames(text: string): ReadonlySet<string> {
  const used = new Set<string>();
  for (const [, plain, quoted] of text.matchAll(/\bparams(?:\.([\w.-]+)|\[\\?["']([^"'\]\\]+)\\?["']\])/g)) {
    const name = plain ?? quoted ?? "";
    for (let at = name.length; at > 0; at = name.lastIndexOf(".", at - 1)) used.add(name.slice(0, at));
  }
  return used;
}
