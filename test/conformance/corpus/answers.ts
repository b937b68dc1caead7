import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** What the real Kustomize said to one kustomization; the format is told in the README of the corpus. */
export interface Answer {
  readonly repo: string;
  /** Relative to the repository. */
  readonly dir: string;
  readonly status: "ok" | "error" | "remote" | "helm";
  readonly yaml?: string;
  readonly errorClass?: string;
  readonly errorText?: string;
}

/** Reads `answers.jsonl.gz`, grouped by repository. */
export function readAnswers(path: string): ReadonlyMap<string, readonly Answer[]> {
  const byRepository = new Map<string, Answer[]>();
  for (const line of gunzipSync(readFileSync(path)).toString("utf8").split("\n")) {
    if (line === "") continue;
    const answer: Answer = JSON.parse(line);
    const group = byRepository.get(answer.repo);
    if (group === undefined) byRepository.set(answer.repo, [answer]);
    else group.push(answer);
  }
  return byRepository;
}
