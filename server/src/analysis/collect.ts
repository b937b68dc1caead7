import { isInside, relativePath } from "../platform/path";
import type { Snapshot } from "../workspace/snapshot";
import type { Place } from "../yaml/source";
import type { Finding, Related, Severity } from "./finding";
import { isExcluded, type Settings } from "./settings";
import { shiftFindings } from "./shift";
import { findSuppressions } from "./suppressions";

/** Findings of one build. */
export interface BuildFindings {
  readonly root: string;
  readonly findings: readonly Finding[];
}

/** Where findings are collected from, and what filters them. */
export interface Collected {
  /** Findings of files on their own. */
  readonly own: readonly Finding[];
  readonly builds: readonly BuildFindings[];
  /** Findings of the workspace as a whole. */
  readonly workspace?: readonly Finding[] | undefined;
}

/** How many builds a finding names before it only counts them; and how many other places. */
const mostNamed = 8;

/**
 * One finding for each cause, sorted by file and place: the same code at the same range counts once, however many overlays it
 * breaks; those are named as related, and so is what any of them had to say besides. Of a file that is not YAML, only that is said: what a build misses in it follows from it.
 * Where a build cannot do what a file says, a mistake that the file has there is said alone.
 * What was found in an older text of a file moves to where it stands now. Suppressions, excluded files and severities of the settings are applied.
 */
export function collectFindings(
  { own, builds, workspace = [] }: Collected,
  snapshot: Snapshot,
  settings: Settings,
): readonly Finding[] {
  const merged = new Map<string, { finding: Finding; roots: Set<string> }>();
  const add = (finding: Finding, root = finding.root): void => {
    const key = keyOf(finding);
    let known = merged.get(key);
    if (known === undefined) {
      known = { finding, roots: new Set() };
      merged.set(key, known);
    } else known.finding = mergeAlike(known.finding, finding);
    if (root !== undefined) known.roots.add(root);
  };
  for (const finding of own) add(finding);
  const broken = new Set([...own, ...builds.flatMap(({ findings }) => findings)].filter(isSyntaxError).map(pathOf));
  const addCurrent = (finding: Finding, root?: string): void => {
    const file = snapshot.file(pathOf(finding)) ?? finding.place.file;
    if (!isSyntaxError(finding) && (broken.has(file.path) || isExplained(finding, own))) return;
    for (const each of shiftFindings([finding], file)) add(each, root);
  };
  for (const { root, findings } of builds) for (const finding of findings) addCurrent(finding, root);
  for (const finding of workspace) addCurrent(finding);
  const result: Finding[] = [];
  for (const { finding, roots } of merged.values()) {
    const kept = applySettings(finding, settings);
    if (kept !== undefined) result.push(withRoots(kept, roots, snapshot));
  }
  return result.sort(byPlace);
}

/** The finding in the severity that the settings want; `undefined` when nobody wants it. */
function applySettings(finding: Finding, settings: Settings): Finding | undefined {
  const severity = settings.rules.get(finding.code) ?? (finding.optional === true ? "off" : finding.severity);
  const { file, start } = finding.place;
  if (severity === "off" || isExcluded(settings, file.path)) return undefined;
  if (findSuppressions(file).hides(finding.code, start)) return undefined;
  return severity === finding.severity ? finding : { ...finding, severity };
}

/** Whether a file is not YAML, so that nothing else can be said of it. */
export function isSyntaxError({ code, severity }: Finding): boolean {
  return code.startsWith("yaml/") && severity === "error";
}

/** Whether the file itself has an error in what a build could not do. */
function isExplained({ statement }: Finding, own: readonly Finding[]): boolean {
  if (statement === undefined) return false;
  const { file, start, end } = statement;
  const isInside = ({ place, severity }: Finding): boolean =>
    severity === "error" && place.file.path === file.path && start <= place.start && place.end <= end;
  return own.some(isInside);
}

function pathOf({ place }: Finding): string {
  return place.file.path;
}

function keyOf({ code, place }: Finding): string {
  return `${code}\n${place.start}\n${place.end}\n${place.file.path}`;
}

function byPlace(a: Finding, b: Finding): number {
  const [one, other] = [a.place.file.path, b.place.file.path];
  if (one !== other) return one < other ? -1 : 1;
  return a.place.start - b.place.start || a.place.end - b.place.end || (a.code < b.code ? -1 : 1);
}

const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

/** Two findings of the same cause: the surest, with what either names. */
function mergeAlike(one: Finding, other: Finding): Finding {
  const isSurer = severities.indexOf(other.severity) < severities.indexOf(one.severity);
  return isSurer ? withRelated(other, one.related) : withRelated(one, other.related);
}

/** The finding with what another one like it names, as far as that is new. */
function withRelated(finding: Finding, others: readonly Related[]): Finding {
  if (others.length === 0) return finding;
  const isKnown = (other: Related): boolean =>
    finding.related.some(({ place, message }) => message === other.message && samePlace(place, other.place));
  const fresh = others.filter((other) => !isKnown(other)).slice(0, Math.max(0, mostNamed - finding.related.length));
  return fresh.length === 0 ? finding : { ...finding, related: [...finding.related, ...fresh] };
}

function samePlace(a: Place, b: Place): boolean {
  return a.start === b.start && a.end === b.end && a.file.path === b.file.path;
}

/** Names the overlays that a finding breaks, unless it is only the kustomization in which it stands. */
function withRoots(finding: Finding, roots: ReadonlySet<string>, snapshot: Snapshot): Finding {
  const kustomizations = [...roots]
    .map((root) => snapshot.graph.at(root))
    .filter((each) => each !== undefined)
    .filter(({ file }) => file !== finding.place.file.path);
  if (kustomizations.length === 0) return finding;
  const folder = snapshot.folders.find((each) => [...roots].some((root) => isInside(each, root))) ?? "/";
  const related: Related[] = kustomizations.slice(0, mostNamed).map(({ root, file }) => ({
    place: startOf(snapshot, file),
    message: `Part of the build of '${relativePath(folder, root)}'.`,
  }));
  const more = kustomizations.length - mostNamed;
  const last = kustomizations[mostNamed];
  if (more > 0 && last !== undefined) {
    const message = more === 1 ? "And of one more build." : `And of ${more} more builds.`;
    related.push({ place: startOf(snapshot, last.file), message });
  }
  return { ...finding, related: [...finding.related, ...related] };
}

function startOf(snapshot: Snapshot, path: string): Place {
  return { file: snapshot.file(path) ?? { path, text: "" }, start: 0, end: 0 };
}
