import { posix } from "node:path";
import type { Problem } from "../../../server/src/kustomize/problem";
import type { Case } from "./cases";
import errorFiles from "./errorFiles.json" with { type: "json" };

const filesOfCase = new Map<string, readonly string[]>(Object.entries(errorFiles));

/** The files in which a problem of this case is at the right place: the root's kustomization unless the table says more. */
export function rightFiles(testCase: Case): readonly string[] {
  return filesOfCase.get(testCase.id) ?? [posix.join(testCase.root, "kustomization.yaml")];
}

/**
 * Whether a problem names the cause that upstream names: its detail is a part of what the real binary printed, or holds
 * one of the fragments that upstream's own test asks for.
 */
export function namesSameCause(problem: Problem, testCase: Case): boolean {
  const detail = normalise(problem.detail ?? "");
  if (detail.length < 12) return false;
  const { error = {}, realError = "" } = testCase.expect;
  if (normalise(realError).includes(detail)) return true;
  const fragments = [...(error.equals ?? []), ...(error.contains ?? []), ...(error.containsAny ?? []).flat()];
  if (fragments.some((fragment) => detail.includes(normalise(fragment)))) return true;
  return (error.regexp ?? []).some((pattern) => new RegExp(pattern).test(detail));
}

/** Folds blanks and drops the addresses that Go prints for pointers. */
function normalise(text: string): string {
  return text
    .replace(/&\{0x[0-9a-f]+ <nil>\}/g, "&{…}")
    .replace(/\s+/g, " ")
    .trim();
}
