import { collectFindings } from "../analysis/collect";
import type { Finding } from "../analysis/finding";
import type { Inspector } from "../analysis/inspector";
import type { RuleTable } from "../analysis/ruleTable";
import type { Settings } from "../analysis/settings";
import { type Cancellation, checkCancelled } from "../platform/cancellation";
import type { Clock } from "../platform/clock";
import type { Builds } from "../render/builds";
import { loadBuild } from "../render/loadBuild";
import type { Snapshot } from "../workspace/snapshot";
import type { Workspace, WorkspaceChange } from "../workspace/workspace";
import { orderRoots } from "./rootOrder";

export interface DiagnosticsLoopOptions {
  readonly workspace: Workspace;
  readonly builds: Builds;
  readonly inspector: Inspector;
  readonly rules: RuleTable;
  readonly clock: Clock;
  readonly settings: (snapshot: Snapshot) => Settings;
  /** The roots whose rendered documents are open. */
  readonly shown: () => readonly string[];
  /** Sends the findings of one file; an empty list takes them away. */
  readonly publish: (path: string, findings: readonly Finding[]) => void;
  /** Called after each round, and when findings of a file changed in between. */
  readonly changed: () => void;
  readonly run: (work: () => Promise<void>) => void;
}

/** How long typing must pause before builds run, in milliseconds. */
const pause = 100;

/** How long news from outside wait for more of them, in milliseconds. */
const calm = 500;

/** How many roots are built before their findings are published. */
const chunk = 100;

/** How many edited files count as those that people care about. */
const mostRecent = 20;

/** How long work goes on before it lets others have their turn, in milliseconds. */
const slice = 15;

/**
 * Keeps the diagnostics of the whole workspace current: the file that changed at once, the builds that read it after a short
 * pause. A change cancels the round that is under way; what it built stays built.
 */
export class DiagnosticsLoop {
  private published: ReadonlyMap<string, readonly Finding[]> = new Map();
  /** What the workspace rules said when they were last run. */
  private ofWorkspace: readonly Finding[] = [];
  /** The files that were edited, the last first. */
  private recent: readonly string[] = [];
  private cancelTimer: () => void = () => {};
  private round = { cancelled: false };
  /** A round will begin as soon as the pause is over. */
  private isDue = false;
  /** The round that is under way. */
  private running: Cancellation | undefined;
  /** Something from outside came while a round was under way. */
  private isOutdated = false;

  constructor(private readonly options: DiagnosticsLoopOptions) {}

  /** The findings that a file shows now. */
  findings(path: string): readonly Finding[] {
    return this.published.get(path) ?? [];
  }

  /** The workspace, or the settings, changed. */
  changed({ paths }: WorkspaceChange): void {
    this.round.cancelled = true;
    this.schedule(pause);
    const { snapshot } = this.options.workspace;
    for (const path of paths ?? []) {
      if (!snapshot.isOpen(path)) continue;
      this.recent = [path, ...this.recent.filter((each) => each !== path)].slice(0, mostRecent);
      this.publishOwn(snapshot, path);
    }
  }

  /** Something came from outside: that is never so urgent that a round under way has to end, and news come in swarms. */
  observed(): void {
    if (this.running !== undefined) this.isOutdated = true;
    else if (!this.isDue) this.schedule(calm);
  }

  /** Sends everything again, because what is shown of it changed. */
  republish(): void {
    for (const [path, findings] of this.published) this.options.publish(path, findings);
  }

  stop(): void {
    this.round.cancelled = true;
    this.cancelTimer();
  }

  /** What the rules say of the file alone, with what its last builds said moved along with the text. */
  private publishOwn(snapshot: Snapshot, path: string): void {
    const { inspector, rules, settings } = this.options;
    if (snapshot.file(path) === undefined) return;
    const judges = new Set(snapshot.documents(path).flatMap(rules.domainsOf));
    const judging = rules.document.filter(({ domain }) => judges.has(domain));
    // A build may find in other files, too, what a rule finds in the documents of its domain.
    const judged = new Set(judging.map(({ rule }) => rule.code));
    const others = this.findings(path).filter(({ code }) => !judged.has(code) && !isReader(code));
    const own = inspector.file(snapshot, path, settings(snapshot));
    const findings = collectFindings({ own, builds: [], workspace: others }, snapshot, settings(snapshot));
    this.publish(new Map([...this.published, [path, findings]]));
  }

  private schedule(milliseconds: number): void {
    this.cancelTimer();
    this.isDue = true;
    this.cancelTimer = this.options.clock.after(milliseconds, () => {
      this.isDue = false;
      this.options.run(() => this.runRound());
    });
  }

  private async runRound(): Promise<void> {
    const round = { cancelled: false };
    this.round = round;
    this.running = round;
    this.isOutdated = false;
    try {
      await this.checkAll(round);
    } finally {
      if (this.running === round) {
        this.running = undefined;
        if (this.isOutdated) this.observed();
      }
    }
  }

  private async checkAll(round: Cancellation): Promise<void> {
    const { workspace, inspector, builds, shown } = this.options;
    const roots = inspector.rootsOf(workspace.snapshot);
    builds.keepOnly(new Set(roots));
    const stale = roots.filter((root) => !builds.isCurrent(root, workspace.snapshot));
    const { urgent, others } = orderRoots(stale, workspace.snapshot, { recent: this.recent, shown: shown() });
    await this.buildAll(urgent, round);
    for (let done = 0; done < others.length; done += chunk) {
      // What is known so far, so that nobody waits for the last of a thousand kustomizations.
      if (others.length > chunk) await this.publishAll(roots, round, this.ofWorkspace);
      await this.buildAll(others.slice(done, done + chunk), round);
    }
    this.ofWorkspace = await this.checkWorkspace(roots, round);
    await this.publishAll(roots, round, this.ofWorkspace);
    // The graph may have changed though no finding did.
    this.options.changed();
  }

  private async buildAll(roots: readonly string[], round: Cancellation): Promise<void> {
    const { workspace, builds, inspector } = this.options;
    const turn = this.takeTurns(round);
    for (const root of roots) {
      const build = await loadBuild(builds, workspace, root, round);
      inspector.build(workspace.snapshot, build);
      await turn();
      checkCancelled(round);
    }
  }

  private async checkWorkspace(roots: readonly string[], round: Cancellation): Promise<readonly Finding[]> {
    const { workspace, inspector, settings } = this.options;
    const { snapshot } = workspace;
    const turn = this.takeTurns(round);
    const findings: Finding[] = [];
    for (const found of inspector.workspace(snapshot, settings(snapshot), roots)) {
      findings.push(...found);
      await turn();
    }
    return findings;
  }

  private async publishAll(
    roots: readonly string[],
    round: Cancellation,
    ofWorkspace: readonly Finding[],
  ): Promise<void> {
    const { workspace, inspector, settings } = this.options;
    const { snapshot } = workspace;
    const files = inspector.filesOf(snapshot);
    const turn = this.takeTurns(round);
    const own: Finding[] = [];
    for (const path of files) {
      own.push(...inspector.file(snapshot, path, settings(snapshot)));
      await turn();
    }
    const byPath = new Map<string, Finding[]>();
    for (const finding of inspector.all(snapshot, settings(snapshot), { files, roots, own, workspace: ofWorkspace })) {
      const { path } = finding.place.file;
      const found = byPath.get(path);
      if (found === undefined) byPath.set(path, [finding]);
      else found.push(finding);
    }
    this.publish(byPath);
  }

  /** To be called between steps of long work: every few milliseconds others have their turn, and the round may end. */
  private takeTurns(round: Cancellation): () => Promise<void> {
    const { clock } = this.options;
    let start = clock.now();
    return async () => {
      if (clock.now() - start < slice) return;
      await clock.yield();
      checkCancelled(round);
      start = clock.now();
    };
  }

  /** Sends what is new and takes away what is gone. */
  private publish(findings: ReadonlyMap<string, readonly Finding[]>): void {
    const before = this.published;
    this.published = findings;
    let changed = false;
    for (const path of new Set([...before.keys(), ...findings.keys()])) {
      const now = findings.get(path) ?? [];
      if (sameFindings(before.get(path) ?? [], now)) continue;
      changed = true;
      this.options.publish(path, now);
    }
    if (changed) this.options.changed();
  }
}

function isReader(code: string): boolean {
  return code.startsWith("yaml/");
}

function sameFindings(a: readonly Finding[], b: readonly Finding[]): boolean {
  return a.length === b.length && a.every((one, i) => sameFinding(one, b[i]));
}

function sameFinding(a: Finding, b: Finding | undefined): boolean {
  if (a === b) return true;
  if (b === undefined || a.code !== b.code || a.severity !== b.severity || a.message !== b.message) return false;
  if (a.help !== b.help || a.related.length !== b.related.length) return false;
  // Ranges are sent as lines and columns, so the text counts as well as the offsets.
  return a.place.file === b.place.file && a.place.start === b.place.start && a.place.end === b.place.end;
}
