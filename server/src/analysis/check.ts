import type { Problem } from "../kustomize/problem";
import type { Snapshot } from "../workspace/snapshot";
import type { SourceDocument, YamlProblem } from "../yaml/document";
import type { SourceFile } from "../yaml/source";
import type { Finding, Severity } from "./finding";
import type { BuildContext, Hit, Rule, WorkspaceContext } from "./rule";
import type { RuleTable } from "./ruleTable";

/**
 * Runs the rules that look at one file alone. A file in which no domain understands anything, and that no kustomization
 * reads as manifests (`manifest`), has no findings: it may be a template, or none of our business.
 */
export function checkFile(
  { snapshot, file, manifest }: { readonly snapshot: Snapshot; readonly file: SourceFile; readonly manifest: boolean },
  rules: RuleTable,
): { readonly manifest: boolean; readonly findings: readonly Finding[] } {
  const all = snapshot.documents(file.path);
  const findings: Finding[] = [];
  let ours = manifest;
  for (const domain of rules.domains) {
    const documents = all.filter(domain.understands);
    if (documents.length === 0) continue;
    ours = true;
    for (const { rule, domain: owner } of rules.document) {
      if (owner !== domain || rule.check === "reader") continue;
      for (const hit of rule.check({ snapshot, file, documents })) findings.push(toFinding(hit, rule));
    }
  }
  if (ours) findings.push(...readerFindings(file, all, rules));
  return { manifest, findings };
}

/** Turns the problems of a build, and what the build rules see in it, into findings. */
export function checkBuild(
  context: BuildContext & { readonly problems: readonly Problem[] },
  rules: RuleTable,
): readonly Finding[] {
  const findings = context.problems.map((problem) => fromProblem(problem, rules));
  for (const rule of rules.build) {
    if (rule.check === "engine") continue;
    for (const hit of rule.check(context)) findings.push(toFinding(hit, rule));
  }
  return findings;
}

/** Runs the rules that look at everything at once. */
export function checkWorkspace(context: WorkspaceContext, rules: RuleTable): readonly Finding[] {
  return rules.workspace.flatMap((rule) => [...rule.check(context)].map((hit) => toFinding(hit, rule)));
}

/** A problem of the engine, in the severity of its rule; one whose code no rule knows keeps its own. */
export function fromProblem(problem: Problem, rules: Pick<RuleTable, "find">): Finding {
  const { code, place, message, help, detail, related, data } = problem;
  const severity: Severity = rules.find(code)?.severity ?? problem.severity;
  return { code, severity, place, message, help, detail, related: related ?? [], data };
}

function toFinding(hit: Hit, rule: Rule): Finding {
  return { ...hit, code: rule.code, severity: rule.severity, related: hit.related ?? [] };
}

function readerFindings(file: SourceFile, documents: readonly SourceDocument[], rules: RuleTable): readonly Finding[] {
  const toReaderFinding = ({ code, start, end, message, help, detail }: YamlProblem): Finding => ({
    code,
    severity: rules.find(code)?.severity ?? "error",
    place: { file, start, end },
    message,
    help,
    detail,
    related: [],
  });
  return documents.flatMap((document) => document.problems.map(toReaderFinding));
}

/** Fields whose files are read as YAML; the files of generators are not. */
const manifestFields: ReadonlySet<string> = new Set([
  "resources",
  "patches",
  "patchesJson6902",
  "patchesStrategicMerge",
  "crds",
  "configurations",
  "replacements",
  "generators",
  "transformers",
  "validators",
  "openapi",
]);

/** Whether a kustomization reads the file as manifests. */
export function isManifest(snapshot: Snapshot, path: string): boolean {
  return snapshot.graph
    .includersOf(path)
    .some(({ references }) => references.some(({ target, field }) => target === path && manifestFields.has(field)));
}
