import type { Severity } from "../analysis/finding";
import type { FindingData } from "../analysis/findingData";
import type { RuleTable } from "../analysis/ruleTable";

/** Findings as a SARIF 2.1.0 log, which code scanning services read. */
export function formatSarif(findings: readonly FindingData[], rules: Pick<RuleTable, "find">): string {
  const codes = [...new Set(findings.map(({ code }) => code))].sort();
  const levels: Readonly<Record<Severity, string>> = {
    error: "error",
    warning: "warning",
    information: "note",
    hint: "note",
  };
  const driver = {
    name: "gitops-author",
    rules: codes.map((code) => {
      const docs = rules.find(code)?.docs;
      return {
        id: code,
        ...(docs === undefined
          ? {}
          : { shortDescription: { text: docs.summary }, fullDescription: { text: docs.explanation } }),
      };
    }),
  };
  const results = findings.map((finding) => ({
    ruleId: finding.code,
    ruleIndex: codes.indexOf(finding.code),
    level: levels[finding.severity],
    message: { text: finding.help === undefined ? finding.message : `${finding.message} ${finding.help}` },
    locations: [toLocation(finding)],
    relatedLocations: finding.related.map((each, id) => ({ id, ...toLocation(each), message: { text: each.message } })),
  }));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** Findings as the workflow commands that GitHub Actions turns into annotations. */
export function formatGithub(findings: readonly FindingData[]): string {
  const commands: Readonly<Record<Severity, string>> = {
    error: "error",
    warning: "warning",
    information: "notice",
    hint: "notice",
  };
  return findings
    .map(({ file, range, severity, code, message, help }) => {
      const { start, end } = range;
      const columns = start.line === end.line ? `,col=${start.column},endColumn=${end.column}` : "";
      const place = `file=${escapeProperty(file)},line=${start.line},endLine=${end.line}${columns}`;
      const words = help === undefined ? message : `${message} ${help}`;
      return `::${commands[severity]} ${place},title=${escapeProperty(code)}::${escapeData(words)}\n`;
    })
    .join("");
}

function toLocation({ file, range }: Pick<FindingData, "file" | "range">): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/") },
      region: {
        startLine: range.start.line,
        startColumn: range.start.column,
        endLine: range.end.line,
        endColumn: range.end.column,
      },
    },
  };
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
