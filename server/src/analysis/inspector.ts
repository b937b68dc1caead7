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
  const { references } = rules;
  const buildFindings = new WeakMap<RootBuild, readonly Finding[]>();
  // A document rule looks at its file and at little else, so its findings live as long as that.
  const fileFindings = new WeakMap<SourceFile, { readonly use: FileUse; readonly findings: readonly Finding[] }>();
  // Only of files that people type in: all others change as a whole, if ever.
  const memories = new Map<string, { readonly use: FileUse; readonly memory: FileMemory }>();
  const recallOf = (path: string, use: FileUse): FileMemory => {
    let known = memories.get(path);
    if (known === undefined || !sameUse(known.use, use)) {
      known = { use, memory: createFileMemory(rules.domains) };
      memories.set(path, known);
    }
    return known.memory;
  };
  const file = (snapshot: Snapshot, path: string, settings: Settings): readonly Finding[] => {
    const source = snapshot.file(path);
    if (source === undefined) return [];
    const use = useOf(snapshot, path, settings.kubernetesVersion);
    let known = fileFindings.get(source);
    if (known === undefined || !sameUse(known.use, use)) {
      const memory = snapshot.isOpen(path) ? recallOf(path, use) : undefined;
      known = { use, findings: checkFile({ snapshot, file: source, use, memory }, rules) };
      fileFindings.set(source, known);
    }
    return known.findings;
  };
  const build = (snapshot: Snapshot, of: RootBuild): readonly Finding[] => {
    let known = buildFindings.get(of);
    if (known === undefined) {
      known = checkBuild({ snapshot, root: of.root, result: of.result, references, problems: of.problems }, rules);
      buildFindings.set(of, known);
    }
    return known;
  };
  const candidates = new WeakMap<SourceFile, boolean>();
  const isCandidate = (source: SourceFile | undefined): boolean => {
    if (source === undefined) return false;
    let may = candidates.get(source);
    if (may === undefined) {
      may = rules.domains.some(({ mayUnderstand }) => mayUnderstand?.(source) === true);
      candidates.set(source, may);
    }
    return may;
  };
  const lastBuilds = (roots: readonly string[]): readonly RootBuild[] =>
    roots.map((root) => builds.last(root)).filter((each) => each !== undefined);
  // By root, for while an open file is no YAML: half a word must not make everything that needs it report something new.
  const readable = new Map<string, RootBuild>();
  const usable = (snapshot: Snapshot, each: RootBuild): RootBuild => {
    const broken = brokenFiles(each, snapshot);
    const before = readable.get(each.root);
    if (broken.size > 0) return before !== undefined && differsOnlyIn(broken, before, snapshot) ? before : each;
    readable.set(each.root, each);
    return each;
  };
  const workspace = function* (snapshot: Snapshot, settings: Settings, roots: readonly string[]) {
    const contexts = lastBuilds(roots)
      .map((each) => usable(snapshot, each))
      .map(({ root, result }) => ({ snapshot, root, result, references }));
    const context = { snapshot, builds: contexts, settings, observations: observations() };
    for (const rule of rules.workspace) yield checkWorkspace(context, rule);
  };
  return {
    rootsOf: (snapshot) =>
      snapshot.graph.kustomizations.filter(({ kind }) => kind === "Kustomization").map(({ root }) => root),
    filesOf(snapshot) {
      for (const path of memories.keys()) if (!snapshot.isOpen(path)) memories.delete(path);
      for (const root of readable.keys()) if (snapshot.graph.at(root) === undefined) readable.delete(root);
      return [...snapshot.yamlFiles()].filter((path) => snapshot.isOpen(path) || isCandidate(snapshot.file(path)));
    },
    file,
    build,
    workspace,
    all(snapshot, settings, { files, roots, ...found }) {
      const ofBuilds = lastBuilds(roots).map((each): BuildFindings => {
        const before = usable(snapshot, each);
        const findings = build(snapshot, each);
        if (before === each) return { root: each.root, findings };
        return { root: each.root, findings: [...findings.filter(isSyntaxError), ...build(snapshot, before)] };
      });
      const own = found.own ?? files.flatMap((path) => file(snapshot, path, settings));
      const ofWorkspace = found.workspace ?? [...workspace(snapshot, settings, roots)].flat();
      return collectFindings({ own, builds: ofBuilds, workspace: ofWorkspace }, snapshot, settings);
    },
  };
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
