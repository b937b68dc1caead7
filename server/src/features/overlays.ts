import type { Feature, FeatureContext } from "../analysis/feature";
import type { Finding } from "../analysis/finding";
import {
  type IncludeNode,
  type KustomizationNode,
  type OverlayGraph,
  overlaysRequest,
  type ProblemCounts,
} from "../protocol/overlays";
import type { PathReference } from "../workspace/facts";
import type { Kustomization } from "../workspace/graph";
import type { Snapshot } from "../workspace/snapshot";
import { labelOf } from "./previewTargets";

/** The kustomization graph of the workspace, with problem counts, for a tree view. */
export const overlaysFeature: Feature<unknown, OverlayGraph> = {
  method: overlaysRequest,
  capabilities: {},
  empty: { kustomizations: [], complete: true },
  handle(_, context) {
    const { graph, complete } = context.snapshot;
    const kustomizations = graph.kustomizations.map((each) => toNode(each, context));
    return { kustomizations, complete };
  },
};

function toNode(kustomization: Kustomization, context: FeatureContext): KustomizationNode {
  const { snapshot, toUri, toRenderedUri } = context;
  const { root, file, kind, references } = kustomization;
  return {
    root: toUri(root),
    file: toUri(file),
    rendered: toRenderedUri(root),
    label: labelOf(root, snapshot.folders),
    kind,
    role: roleOf(kustomization, snapshot),
    includes: references.map((reference) => toInclude(reference, context)),
    problems: countOf(kustomization, context),
  };
}

/** What a kustomization is among the others. */
export function roleOf({ root, kind, references }: Kustomization, snapshot: Snapshot): KustomizationNode["role"] {
  if (kind === "Component") return "component";
  if (snapshot.graph.includersOf(root).length > 0) return "base";
  return references.some((reference) => namesDirectory(reference, snapshot)) ? "overlay" : "standalone";
}

/** A directory that is missing counts too: an overlay stays one while the path to its base is typed. */
function namesDirectory({ target, expects }: PathReference, snapshot: Snapshot): boolean {
  if (target === undefined || expects === "file") return false;
  if (snapshot.graph.at(target) !== undefined) return true;
  const looksLikeFile = /\.[^./]+$/.test(target);
  return !looksLikeFile && snapshot.lookUp(target).kind === "missing";
}

function toInclude({ field, text, target }: PathReference, { snapshot, findings, toUri }: FeatureContext): IncludeNode {
  const problems = target === undefined ? noProblems : count(findings(target));
  if (target === undefined) return { field, text, kind: "remote", problems };
  const uri = toUri(target);
  if (snapshot.graph.at(target) !== undefined) return { field, text, target: uri, kind: "kustomization", problems };
  const kind = snapshot.lookUp(target).kind === "missing" ? "missing" : "file";
  return { field, text, target: uri, kind, problems };
}

const noProblems: ProblemCounts = { errors: 0, warnings: 0 };

/** Its own file and the files it names; those of included kustomizations count there. */
function countOf({ file, references }: Kustomization, { snapshot, findings }: FeatureContext): ProblemCounts {
  const files = new Set([file]);
  for (const { target } of references) {
    if (target !== undefined && snapshot.graph.at(target) === undefined) files.add(target);
  }
  return [...files].map((path) => count(findings(path))).reduce(add, noProblems);
}

function count(findings: readonly Finding[]): ProblemCounts {
  const ofSeverity = (wanted: string): number => findings.filter(({ severity }) => severity === wanted).length;
  return { errors: ofSeverity("error"), warnings: ofSeverity("warning") };
}

function add(a: ProblemCounts, b: ProblemCounts): ProblemCounts {
  return { errors: a.errors + b.errors, warnings: a.warnings + b.warnings };
}
