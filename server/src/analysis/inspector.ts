import { noObservations, type Observations } from "../observations/observations";
import type { Builds, RootBuild } from "../render/builds";
import type { Snapshot } from "../workspace/snapshot";
import type { SourceFile } from "../yaml/source";
import { checkBuild, checkFile, checkWorkspace, createFileMemory, type FileMemory } from "./check";
import { type BuildFindings, collectFindings, isSyntaxError } from "./collect";
import { type FileUse, sameUse, useOf } from "./fileUse";
import type { Finding } from "./finding";
import type { RuleTable } from "./ruleTable";
import type { Settings } from "./settings";

/** Runs rules over a snapshot and remembers what did not change. */
export interface Inspector {
  /** The roots to build: every kustomization but the Components, which mean nothing on their own. */
  rootsOf(snapshot: Snapshot): readonly string[];
  /** The files to check on their own: open ones, and those in which a domain expects something. */
  filesOf(snapshot: Snapshot): readonly string[];
  /** Findings of one file on its own, before settings. */
  file(snapshot: Snapshot, path: string, settings: Settings): readonly Finding[];
  /** Findings of the last build of a root, before settings. */
  build(snapshot: Snapshot, build: RootBuild): readonly Finding[];
  /**
   * What the workspace rules find over the last builds of `roots`, before settings; one rule with each step, so that others may have their
   * turn in between.
   */
  workspace(snapshot: Snapshot, settings: Settings, roots: readonly string[]): Iterable<readonly Finding[]>;
  /** All findings: those of `files`, of the last builds of `roots`, and of the workspace rules, which are run unless given. */
  all(snapshot: Snapshot, settings: Settings, what: Inspected): readonly Finding[];
}

/** What the findings of a workspace are collected from. */
export interface Inspected {
  readonly files: readonly string[];
  readonly roots: readonly string[];
  readonly workspace?: readonly Finding[] | undefined;
  /** What was found in `files`, which are asked for it otherwise. */
  readonly own?: readonly Finding[] | undefined;
}

/** Makes an inspector without memories; `observations` says what is known of the outside, which is nothing when absent. */
export function createInspector(
  rules: RuleTable,
  builds: Builds,
  observations: () => Observations = () => noObservations,
): Inspector {
  return new RememberingInspector(rules, builds, observations);
}

class RememberingInspector implements Inspector {
  readonly #rules: RuleTable;
  readonly #builds: Builds;
  readonly #observations: () => Observations;
  readonly #buildFindings = new WeakMap<RootBuild, readonly Finding[]>();
  /** A document rule looks at its file and at little else, so its findings live as long as that. */
  readonly #fileFindings = new WeakMap<SourceFile, { readonly use: FileUse; readonly findings: readonly Finding[] }>();
  /** Only of files that people type in: all others change as a whole, if ever. */
  readonly #memories = new Map<string, { readonly use: FileUse; readonly memory: FileMemory }>();
  readonly #candidates = new WeakMap<SourceFile, boolean>();
  /** By root, for while an open file is no YAML: half a word must not make everything that needs it report something new. */
  readonly #readable = new Map<string, RootBuild>();

  constructor(rules: RuleTable, builds: Builds, observations: () => Observations) {
    this.#rules = rules;
    this.#builds = builds;
    this.#observations = observations;
  }

  rootsOf({ graph }: Snapshot): readonly string[] {
    return graph.kustomizations.filter(({ kind }) => kind === "Kustomization").map(({ root }) => root);
  }

  filesOf(snapshot: Snapshot): readonly string[] {
    for (const path of this.#memories.keys()) if (!snapshot.isOpen(path)) this.#memories.delete(path);
    for (const root of this.#readable.keys()) if (snapshot.graph.at(root) === undefined) this.#readable.delete(root);
    return [...snapshot.yamlFiles()].filter((path) => snapshot.isOpen(path) || this.#isCandidate(snapshot.file(path)));
  }

  file(snapshot: Snapshot, path: string, settings: Settings): readonly Finding[] {
    const source = snapshot.file(path);
    if (source === undefined) return [];
    const use = useOf(snapshot, path, settings.kubernetesVersion);
    let known = this.#fileFindings.get(source);
    if (known === undefined || !sameUse(known.use, use)) {
      const memory = snapshot.isOpen(path) ? this.#memoryOf(path, use) : undefined;
      known = { use, findings: checkFile({ snapshot, file: source, use, memory }, this.#rules) };
      this.#fileFindings.set(source, known);
    }
    return known.findings;
  }

  build(snapshot: Snapshot, build: RootBuild): readonly Finding[] {
    let known = this.#buildFindings.get(build);
    if (known === undefined) {
      const { root, result, problems } = build;
      known = checkBuild({ snapshot, root, result, references: this.#rules.references, problems }, this.#rules);
      this.#buildFindings.set(build, known);
    }
    return known;
  }

  *workspace(snapshot: Snapshot, settings: Settings, roots: readonly string[]): Iterable<readonly Finding[]> {
    const { references } = this.#rules;
    const builds = this.#lastBuilds(roots)
      .map((each) => this.#usable(snapshot, each))
      .map(({ root, result }) => ({ snapshot, root, result, references }));
    const context = { snapshot, builds, settings, observations: this.#observations() };
    for (const rule of this.#rules.workspace) yield checkWorkspace(context, rule);
  }

  all(snapshot: Snapshot, settings: Settings, { files, roots, ...found }: Inspected): readonly Finding[] {
    const builds = this.#lastBuilds(roots).map((each): BuildFindings => {
      const before = this.#usable(snapshot, each);
      const findings = this.build(snapshot, each);
      if (before === each) return { root: each.root, findings };
      return { root: each.root, findings: [...findings.filter(isSyntaxError), ...this.build(snapshot, before)] };
    });
    const own = found.own ?? files.flatMap((path) => this.file(snapshot, path, settings));
    const workspace = found.workspace ?? [...this.workspace(snapshot, settings, roots)].flat();
    return collectFindings({ own, builds, workspace }, snapshot, settings);
  }

  #memoryOf(path: string, use: FileUse): FileMemory {
    let known = this.#memories.get(path);
    if (known === undefined || !sameUse(known.use, use)) {
      known = { use, memory: createFileMemory(this.#rules.domains) };
      this.#memories.set(path, known);
    }
    return known.memory;
  }

  #isCandidate(source: SourceFile | undefined): boolean {
    if (source === undefined) return false;
    let may = this.#candidates.get(source);
    if (may === undefined) {
      may = this.#rules.domains.some(({ mayUnderstand }) => mayUnderstand?.(source) === true);
      this.#candidates.set(source, may);
    }
    return may;
  }

  #lastBuilds(roots: readonly string[]): readonly RootBuild[] {
    return roots.map((root) => this.#builds.last(root)).filter((each) => each !== undefined);
  }

  /** The build itself, or the one before while an open file that it reads is no YAML and nothing else has changed since. */
  #usable(snapshot: Snapshot, build: RootBuild): RootBuild {
    const broken = brokenFiles(build, snapshot);
    const before = this.#readable.get(build.root);
    if (broken.size > 0) return before !== undefined && differsOnlyIn(broken, before, snapshot) ? before : build;
    this.#readable.set(build.root, build);
    return build;
  }
}

/** The open files that are no YAML at the moment, so that a build lacks what stands in them. */
function brokenFiles({ problems }: RootBuild, snapshot: Snapshot): ReadonlySet<string> {
  const broken = problems.filter(({ code, severity }) => code.startsWith("yaml/") && severity === "error");
  return new Set(broken.map(({ place }) => place.file.path).filter((path) => snapshot.isOpen(path)));
}

/** Whether nothing that an older build read has changed since, but for some files. */
function differsOnlyIn(files: ReadonlySet<string>, { result }: RootBuild, snapshot: Snapshot): boolean {
  for (const [path, found] of result.filesRead) {
    if (!files.has(path) && found.kind === "file" && snapshot.lookUp(path) !== found) return false;
  }
  return true;
}
