import { readEmbedded } from "../kustomize/embedded";
import type { Problem } from "../kustomize/problem";
import type { Snapshot } from "../workspace/snapshot";
import type { SourceDocument, YamlProblem } from "../yaml/document";
import type { Place, SourceFile } from "../yaml/source";
import { DocumentMemory, type MovePlace } from "./documentMemory";
import type { Domain } from "./domain";
import type { FileUse } from "./fileUse";
import { type Finding, movePlaces, type Severity } from "./finding";
import type { BuildContext, DocumentContext, Hit, Rule, WorkspaceContext, WorkspaceRule } from "./rule";
import type { RuleTable } from "./ruleTable";
import { isTemplated } from "./templates";

/**
 * Runs the rules that look at one file alone. A file in which no domain understands anything, and that no kustomization
 * reads as manifests (`manifest`), has no findings: it may be a template, or none of our business. What `memory` holds must be of a
 * version of the file with the same use.
 */
export function checkFile({ snapshot, file, use, memory }: FileToCheck, rules: RuleTable): readonly Finding[] {
  const all = snapshot.documents(file.path);
  const inline = (snapshot.facts(file.path).inlinePatches ?? []).flatMap(readEmbedded);
  const isPatch = (document: SourceDocument): boolean => use.patch || inline.includes(document);
  const { kubernetesVersion, deployed } = use;
  const findings: Finding[] = [];
  const owners = all.map(rules.domainsOf);
  let ours = use.manifest;
  const warned: SourceDocument[] = [];
  for (const domain of rules.domains) {
    const own = all.filter((_, i) => owners[i]?.includes(domain));
    const patches = domain.readsInlinePatches === true ? inline.filter(domain.understands) : [];
    ours ||= own.length > 0;
    if (domain.readerWarnings === true) warned.push(...own);
    const check = (documents: readonly SourceDocument[]): readonly Finding[] =>
      checkDocuments({ snapshot, file, documents, isPatch, deployed, kubernetesVersion }, domain, rules);
    const known = memory?.get(domain);
    if (known === undefined) findings.push(...check([...own, ...patches]));
    else {
      for (const each of own) findings.push(...known.recall(each, () => check([each])));
      findings.push(...check(patches));
    }
  }
  // What is no YAML yet in a template is no mistake.
  if (ours && !all.some(isTemplated)) findings.push(...readerFindings(file, all, rules));
  findings.push(...warned.flatMap(({ warnings = [] }) => toReaderFindings(file, warnings, rules)));
  return findings;
}

interface FileToCheck {
  readonly snapshot: Snapshot;
  readonly file: SourceFile;
  readonly use: FileUse;
  readonly memory?: FileMemory | undefined;
}

/** What was found in the documents of a file, for each domain that reads them alone. */
export type FileMemory = ReadonlyMap<Domain, DocumentMemory<readonly Finding[]>>;

/** A memory of a file that was not checked yet. */
export function createFileMemory(domains: readonly Domain[]): FileMemory {
  const alone = domains.filter(({ readsDocumentsAlone }) => readsDocumentsAlone === true);
  const moveFindings = (findings: readonly Finding[], move: MovePlace): readonly Finding[] =>
    findings.map((finding) => movePlaces(finding, move));
  return new Map(alone.map((domain) => [domain, new DocumentMemory(moveFindings)]));
}

function checkDocuments(context: DocumentContext, domain: Domain, rules: RuleTable): readonly Finding[] {
  if (context.documents.length === 0) return [];
  const findings: Finding[] = [];
  for (const { rule, domain: owner } of rules.document) {
    if (owner !== domain || rule.check === "reader") continue;
    for (const hit of rule.check(context)) findings.push(toFinding(hit, rule));
  }
  return findings;
}

/** Turns the problems of a build, and what the build rules see in it, into findings. */
export function checkBuild(
  context: BuildContext & { readonly problems: readonly Problem[] },
  rules: RuleTable,
): readonly Finding[] {
  const isOfTemplate = ({ place }: Problem): boolean => context.snapshot.documents(place.file.path).some(isTemplated);
  const isSyntax = ({ code }: Problem): boolean => code.startsWith("yaml/");
  // What is no YAML yet in a template is no mistake, and what else the build cannot do without it may work one day.
  const isUnfinished = context.problems.some((problem) => isSyntax(problem) && isOfTemplate(problem));
  const findings: Finding[] = [];
  for (const problem of context.problems) {
    if (isUnfinished && isSyntax(problem) && isOfTemplate(problem)) continue;
    const finding = fromProblem(problem, rules);
    const isSure = finding.severity !== "error" || !(isUnfinished || isOfTemplate(problem));
    findings.push(isSure ? finding : { ...finding, severity: "information" });
  }
  for (const rule of rules.build) {
    if (rule.check === "engine") continue;
    for (const hit of rule.check(context)) findings.push(toFinding(hit, rule));
  }
  return findings;
}

/** Runs a rule that looks at everything at once. */
export function checkWorkspace(context: WorkspaceContext, rule: WorkspaceRule): readonly Finding[] {
  return Array.from(rule.check(context), (hit) => toFinding(hit, rule));
}

/** A problem of the engine, in the severity of its rule; one whose code no rule knows keeps its own. */
export function fromProblem(problem: Problem, rules: Pick<RuleTable, "find">): Finding {
  const { code, message, help, detail, related, statement, data } = problem;
  // What is wrong with an entry as a whole stands in its first line.
  const place = code.startsWith("yaml/") ? problem.place : firstLineOf(problem.place);
  const severity: Severity = rules.find(code)?.severity ?? problem.severity;
  return { code, severity, place, message, help, detail, related: related ?? [], statement, data };
}

function firstLineOf({ file, start, end }: Place): Place {
  const line = file.text.slice(start, end).search(/\r?\n/);
  return line <= 0 ? { file, start, end } : { file, start, end: start + line };
}

function toFinding(hit: Hit, rule: Rule): Finding {
  const { code, optional } = rule;
  const finding = { ...hit, code, severity: hit.severity ?? rule.severity, related: hit.related ?? [] };
  return optional === true ? { ...finding, optional } : finding;
}

function readerFindings(file: SourceFile, documents: readonly SourceDocument[], rules: RuleTable): readonly Finding[] {
  return documents.flatMap(({ problems }) => toReaderFindings(file, problems, rules));
}

function toReaderFindings(
  file: SourceFile,
  problems: readonly YamlProblem[],
  rules: Pick<RuleTable, "find">,
): readonly Finding[] {
  return problems.map(({ code, start, end, message, help, detail }) => ({
    code,
    severity: rules.find(code)?.severity ?? "error",
    place: { file, start, end },
    message,
    help,
    detail,
    related: [],
  }));
}
