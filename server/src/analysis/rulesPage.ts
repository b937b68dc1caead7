import type { Rule } from "./rule";

/** The rules of one domain, under the heading that people know it by. */
export interface RuleGroup {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** The documentation page of all rules as Markdown. A code's heading is its anchor. */
export function writeRulesPage(groups: readonly RuleGroup[]): string {
  const intro = [
    "# Rules",
    "<!-- Generated from the rules in `server/src/domains`; run `npm run docs` after changing one. -->",
    "Change a severity, or turn a rule off, with `gitopsAuthor.rules` in the settings or `rules` in `.gitops-author.yaml`:",
    "```yaml\nrules:\n  kustomization/letter-case: off\n  kustomization/deprecated-field: hint\n```",
    "The comment `# gitops-author-disable-next-line CODE` silences one line, `# gitops-author-disable CODE` a file.",
    "The severity given here is that of the sure case: where something may be as it should be, a finding is milder. In the examples, a line like `#- base/a.yaml` begins a file, `#- HEAD:base/a.yaml` that file as Git has it, `#- cluster:dev` what an open context holds, and `#- registry:image` what a registry said of an image.",
  ];
  return `${[...intro, ...groups.flatMap(writeGroup)].join("\n\n")}\n`;
}

function writeGroup({ title, rules }: RuleGroup): string[] {
  const sorted = [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
  const rows = sorted.map(({ code, severity, optional, docs, fix }) => {
    const link = `[\`${code}\`](#${code.replace(/[^a-z0-9-]/g, "")})`;
    return `| ${link} | ${optional === true ? "off" : severity} | ${fix === undefined ? "" : "yes"} | ${docs.summary} |`;
  });
  const table = ["| Code | Severity | Fix | What it finds |", "|---|---|---|---|", ...rows].join("\n");
  return [`## ${title}`, table, ...sorted.flatMap(writeRule)];
}

function writeRule({ code, severity, optional, docs, fix }: Rule): string[] {
  const degree = optional === true ? `off, until the settings turn it on; \`${severity}\` suits it` : severity;
  const facts = `Severity: ${degree}.${fix === undefined ? "" : " Has a quick fix."}`;
  const parts = [`### ${code}`, `${docs.summary} ${docs.explanation}`, facts];
  if (docs.bad !== "") parts.push("Found here:", writeSample(docs.bad), "Right:", writeSample(docs.good));
  return parts;
}

/** Control characters would not survive in Markdown. */
function writeSample(sample: string): string {
  const visible = [...sample].map((unit) => (unit < " " && unit !== "\n" && unit !== "\t" ? "␀" : unit)).join("");
  return `\`\`\`yaml\n${visible.trimEnd()}\n\`\`\``;
}
