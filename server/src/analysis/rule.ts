import type { BuildResult } from "../kustomize/build";
import type { Observations } from "../observations/observations";
import type { Snapshot } from "../workspace/snapshot";
import type { SourceDocument } from "../yaml/document";
import type { SourceFile } from "../yaml/source";
import type { Finding, Fix, Severity } from "./finding";
import type { NameReference } from "./nameReference";
import type { Settings } from "./settings";

/**
 * One rule, one file, one exported constant: `export const missingFile: Rule = { … }`, listed in the `rules` of its domain.
 * The documentation page of the rules is generated from `docs`.
 *
 * - `document`: looks at one file that its domain understands, as it is typed; beside it matter only the schemas of the snapshot,
 *   and whether kustomizations read the file as a patch.
 * - `build`: looks at what one kustomization renders to. `check: "engine"` says that the engine reports the condition as a
 *   `Problem` with the same code; the rule file then gives severity, documentation and fix, the words come with the problem.
 * - `workspace`: looks at everything at once; runs after the workspace has been quiet for a moment.
 */
export type Rule = DocumentRule | BuildRule | WorkspaceRule;

interface RuleBase {
  /** `kustomization/…`, `yaml/…` and so on, then kebab-case saying what is wrong. */
  readonly code: string;
  readonly severity: Severity;
  /** It is a matter of taste, so it is off until the settings give its code a severity. */
  readonly optional?: true | undefined;
  readonly docs: RuleDocs;
  /** The ways to repair a finding of this rule; called when a person asks for them. The first is the best. */
  readonly fix?: ((finding: Finding, context: FixContext) => readonly Fix[]) | undefined;
}

export interface DocumentRule extends RuleBase {
  readonly scope: "document";
  /** `"reader"` says that reading the YAML reports the condition, with the same code. */
  readonly check: "reader" | ((context: DocumentContext) => Iterable<Hit>);
}

export interface BuildRule extends RuleBase {
  readonly scope: "build";
  readonly check: "engine" | ((context: BuildContext) => Iterable<Hit>);
}

export interface WorkspaceRule extends RuleBase {
  readonly scope: "workspace";
  readonly check: (context: WorkspaceContext) => Iterable<Hit>;
}

/** Documentation of a rule; plain sentences, samples in the fixture format (`#- path` opens a file). */
export interface RuleDocs {
  /** What it finds, one sentence. */
  readonly summary: string;
  /** Why it matters and what to do. */
  readonly explanation: string;
  /** A sample that it finds. */
  readonly bad: string;
  /** The same, repaired. */
  readonly good: string;
}

/**
 * What a check reports, at the place that causes it. A workspace rule that goes through what overlays deploy reports once for each of
 * them, with its `root`: they become one finding that names the overlays. The code comes from the rule, and the severity too, unless the
 * check is less sure than usual.
 */
export type Hit = Omit<Finding, "code" | "severity" | "related" | "optional"> & {
  readonly related?: Finding["related"] | undefined;
  readonly severity?: Severity | undefined;
};

export interface DocumentContext {
  readonly snapshot: Snapshot;
  readonly file: SourceFile;
  /** The documents of the file that the rule's domain understands. */
  readonly documents: readonly SourceDocument[];
  /** Whether a kustomization uses the document as a patch: it is a part of an object then. */
  readonly isPatch: (document: SourceDocument) => boolean;
  /**
   * How the objects of the file are deployed: `asWritten` where a kustomization lists it and none changes it, `changed` where patches
   * or components may give them what they lack, be it in overlays that are elsewhere or after somebody has taken away the `#` before its
   * name, and `unknown` where no kustomization names it.
   */
  readonly deployed: "asWritten" | "changed" | "unknown";
  /** The version of Kubernetes that the settings name, for example `1.30`. */
  readonly kubernetesVersion?: string | undefined;
}

export interface BuildContext {
  readonly snapshot: Snapshot;
  /** The directory that was built. */
  readonly root: string;
  readonly result: BuildResult;
  /** The fields that name other objects, by the declarations of all domains. */
  readonly references: readonly NameReference[];
}

export interface WorkspaceContext {
  readonly snapshot: Snapshot;
  /** The builds of the roots that are current. */
  readonly builds: readonly BuildContext[];
  readonly settings: Settings;
  /** What clusters, registries and git say. */
  readonly observations: Observations;
}

export interface FixContext {
  readonly snapshot: Snapshot;
}
