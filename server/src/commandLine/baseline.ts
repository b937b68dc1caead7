import type { FindingData } from "../analysis/findingData";
import { UsageError } from "./arguments";

/** A finding that is accepted. The line only decides between findings that are alike. */
export interface Accepted {
  readonly file: string;
  readonly code: string;
  readonly message: string;
  readonly line: number;
}

/** Findings told apart by a baseline. */
export interface Compared {
  /** What the baseline does not accept, in the order of before. */
  readonly fresh: readonly FindingData[];
  /** How many it accepts. */
  readonly accepted: number;
  /** How many it accepts that are no longer found. */
  readonly gone: number;
}

/** Reads what `check --format json` printed. Throws `UsageError` for anything else. */
export function parseBaseline(text: string, name: string): readonly Accepted[] {
  const wrong = (reason: string): UsageError =>
    new UsageError(`The baseline '${name}' ${reason}. Write it with 'gitops-author check --format json > ${name}'.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong("is no JSON");
  }
  const findings: unknown = isRecord(value) ? value["findings"] : undefined;
  if (!isRecord(value) || value["version"] !== 1 || !Array.isArray(findings)) throw wrong("does not hold findings");
  return findings.map((each: unknown) => {
    const accepted = parseAccepted(each);
    if (accepted === undefined) throw wrong("holds a finding without file, code, message or range");
    return accepted;
  });
}

/**
 * Takes away what was there before: a finding with the same file, code and message, wherever it stands now. Of several that are alike as
 * many are accepted as the baseline has, those on its lines first.
 */
export function compare(findings: readonly FindingData[], baseline: readonly Accepted[]): Compared {
  const open = new Map<string, number[]>();
  for (const each of baseline) {
    const key = keyOf(each);
    const lines = open.get(key);
    if (lines === undefined) open.set(key, [each.line]);
    else lines.push(each.line);
  }
  const accepted = new Set<FindingData>();
  const accept = (finding: FindingData, position: (lines: readonly number[]) => number): void => {
    const lines = open.get(keyOf(finding)) ?? [];
    const at = accepted.has(finding) ? -1 : position(lines);
    if (at < 0) return;
    lines.splice(at, 1);
    accepted.add(finding);
  };
  for (const finding of findings) accept(finding, (lines) => lines.indexOf(finding.range.start.line));
  for (const finding of findings) accept(finding, (lines) => lines.length - 1);
  return {
    fresh: findings.filter((finding) => !accepted.has(finding)),
    accepted: accepted.size,
    gone: baseline.length - accepted.size,
  };
}

/** What a comparison found, in a line for people; empty when the baseline had nothing to do with it. */
export function describeComparison({ accepted, gone }: Compared): string {
  const parts: string[] = [];
  if (accepted > 0) parts.push(`${accepted} accepted by the baseline`);
  if (gone > 0) parts.push(`${gone} of the baseline no longer found: write it again`);
  return parts.length === 0 ? "" : `${parts.join(", ")}\n`;
}

function keyOf({ file, code, message }: Pick<Accepted, "file" | "code" | "message">): string {
  return JSON.stringify([file, code, message]);
}

function parseAccepted(value: unknown): Accepted | undefined {
  if (!isRecord(value)) return undefined;
  const { file, code, message, range } = value;
  const start = isRecord(range) ? range["start"] : undefined;
  const line = isRecord(start) ? start["line"] : undefined;
  if (typeof file !== "string" || typeof code !== "string" || typeof message !== "string") return undefined;
  return typeof line === "number" ? { file, code, message, line } : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
