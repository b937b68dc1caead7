import { join } from "node:path";
import type { Loader } from "../../../server/src/kustomize/loader";
import type { Problem } from "../../../server/src/kustomize/problem";
import { firstDifference } from "../../support/firstDifference";
import { describeProblem, type Rendered, render } from "../rendered";
import type { Answer } from "./answers";

/**
 * Our codes for each class of failure of the corpus. `remote` and `helm` are the placeholders that a build without a
 * network and without a helm program reports.
 */
const codesOfClass = new Map<string, RegExp>([
  ["restricted", /^kustomization\/(outside-root|file-outside-root|load-restriction|restricted)/],
  ["missing-file", /^kustomization\/missing-/],
  ["patch-target", /^kustomization\/(patch-target|patch-no-target|no-patch-target|patch-matches)/],
  ["plugin", /^kustomization\/.*plugin/],
  ["replacement", /^kustomization\/replacement/],
  ["generator", /^kustomization\/generator/],
  ["remote", /^kustomization\/remote/],
  ["helm", /^kustomization\/helm/],
]);

/** Builds what an answer is about and says how we differ; `undefined` when we do not. */
export function compare(answer: Answer, corpus: string, loader: Loader): string | undefined {
  const ours = render(join(corpus, answer.repo, answer.dir), loader);
  if (answer.status !== "ok") return compareFailure(answer, corpus, ours);
  if (ours.yaml === answer.yaml) return undefined;
  if (ours.yaml === undefined) return `Kustomize builds it, we say:\n${list(ours.errors, corpus)}`;
  return firstDifference(ours.yaml, answer.yaml ?? "");
}

function compareFailure(answer: Answer, corpus: string, ours: Rendered): string | undefined {
  if (ours.yaml !== undefined) return `Kustomize fails, we build it: ${answer.errorText}`;
  if (ours.errors.some((problem) => isSameCause(problem, answer, corpus))) return undefined;
  return `Kustomize says (${answer.errorClass ?? answer.status}): ${answer.errorText}\nwe say:\n${list(ours.errors, corpus)}`;
}

/** A problem names the cause by a code of its class, or by a detail that the real one's message holds. */
function isSameCause(problem: Problem, answer: Answer, corpus: string): boolean {
  if (codesOfClass.get(answer.errorClass ?? answer.status)?.test(problem.code)) return true;
  const detail = problem.detail?.replaceAll(corpus, "$CORPORA") ?? "";
  return detail.length > 20 && (answer.errorText ?? "").replaceAll('\\"', '"').includes(detail);
}

function list(problems: readonly Problem[], corpus: string): string {
  if (problems.length === 0) return "  (nothing)";
  return problems.map((problem) => `  ${describeProblem(problem).replaceAll(`${corpus}/`, "")}`).join("\n");
}
