import type { FindingData } from "../analysis/findingData";

/** A finding for people who read a terminal: place, severity, code and message on a line that editors can jump from. */
export function formatFinding(finding: FindingData): string {
  const { file, range, severity, code, message, help, detail, related } = finding;
  const lines = [`${file}:${range.start.line}:${range.start.column}: ${severity}: ${message} [${code}]`];
  if (help !== undefined) lines.push(`    ${help}`);
  if (detail !== undefined) {
    lines.push(`    ${speakerOf(code)} says: ${detail.replaceAll("\n", "\n      ")}`);
  }
  for (const each of related)
    lines.push(`    ${each.file}:${each.range.start.line}:${each.range.start.column}: ${each.message}`);
  return `${lines.join("\n")}\n`;
}

/** Whose words the detail of a finding quotes. */
function speakerOf(code: string): string {
  if (code.startsWith("argocd/")) return "Argo CD";
  return code.startsWith("tekton/") ? "Tekton" : "kustomize";
}
