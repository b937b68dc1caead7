import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { findNearName } from "../../../kubernetes/nearName";
import { baseName, isInside, joinPath, parentPath, relativePath } from "../../../platform/path";
import { tasksOf, viewTekton } from "../../../tekton/tektonObject";
import type { Scalar } from "../../../yaml/node";
import { deployedTekton } from "../calls";

/** A path of an overlay that no repository of the workspace has, beside overlays that are there. */
export const missingOverlay: Rule = {
  code: "tekton/missing-overlay",
  severity: "information",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const { scalar, root } of overlayPaths(context)) {
      const found = overlaysNear(scalar.text.replace(/\/+$/, ""), context);
      if (found === undefined) continue;
      const { meant, beside } = found;
      const there = beside.map((each) => `\`${each}\``).join(", ");
      yield {
        place: scalar.origin.place,
        message: `There is no folder \`${scalar.text}\` in the repositories that are open here.`,
        help: meant === undefined ? `Name one of those beside it: ${there}.` : `Did you mean \`${meant}\`?`,
        severity: meant === undefined ? undefined : "warning",
        root,
        data: { suggestion: meant },
      };
    }
  },
  docs: {
    summary: "A parameter of a pipeline is the path of an overlay that is not there.",
    explanation:
      "A default such as `config/overlays/dev` is looked for in every repository of the workspace. It is reported only where its parent folder holds other overlays, or where it differs from the path of an overlay by a slip of the keys.",
    bad: sample("config/overlays/dve"),
    good: sample("config/overlays/test"),
  },
  fix: useSuggestion,
};

const pathPattern = /^(?:[A-Za-z0-9_-][\w.-]*\/)+[A-Za-z0-9_-][\w.-]*\/?$/;

/** The texts of parameters that are paths by their names and looks. */
function* overlayPaths(context: WorkspaceContext): Iterable<{ scalar: Scalar; root: string | undefined }> {
  for (const { node, caller } of deployedTekton(context)) {
    const object = viewTekton(node);
    const pipeline = object?.pipeline ?? object?.run?.pipelineSpec;
    const params = [
      ...(object?.task?.params ?? []),
      ...(pipeline?.params ?? []),
      ...(object?.run?.params ?? []),
      ...(pipeline === undefined ? [] : tasksOf(pipeline).flatMap((task) => task.params)),
    ];
    for (const param of params) {
      const value = "value" in param ? param.value : "default" in param ? param.default : undefined;
      if (value?.kind !== "scalar" || !/path|dir|folder|overlay|kustom/i.test(param.name)) continue;
      if (pathPattern.test(value.text)) yield { scalar: value, root: caller.root };
    }
  }
}

/** What could be meant by a path that is nowhere. */
interface OverlaysNear {
  /** The path of the one overlay from which it differs by a slip in one of its names. */
  readonly meant?: string | undefined;
  /** The names of the overlays beside it. */
  readonly beside: readonly string[];
}

/** `undefined` for a path that is somewhere, and where nothing is near it. */
function overlaysNear(path: string, { snapshot }: WorkspaceContext): OverlaysNear | undefined {
  const roots = new Set([...snapshot.repositories.map(({ root }) => root), ...snapshot.folders]);
  const beside = new Set<string>();
  const near = new Set<string>();
  for (const root of roots) {
    const target = joinPath(root, path);
    if (snapshot.lookUp(target).kind !== "missing") return undefined;
    for (const kustomization of snapshot.graph.kustomizations) {
      if (parentPath(kustomization.root) === parentPath(target)) beside.add(baseName(kustomization.root));
      const other = isInside(root, kustomization.root) ? relativePath(root, kustomization.root) : "";
      if (differsBySlip(path, other)) near.add(other);
    }
  }
  const [meant, ...more] = near;
  const isSure = more.length === 0 && meant !== undefined;
  if (beside.size === 0 && !isSure) return undefined;
  return { meant: isSure ? meant : undefined, beside: [...beside].sort() };
}

/** Whether two paths differ in one name only, and there by a slip of the keys. */
function differsBySlip(path: string, other: string): boolean {
  const [names, others] = [path.split("/"), other.split("/")];
  if (names.length !== others.length) return false;
  const differing = names.flatMap((name, i) => (name === others[i] ? [] : [[name, others[i] ?? ""] as const]));
  const [pair] = differing;
  return differing.length === 1 && pair !== undefined && findNearName(pair[0], [pair[1]]) !== undefined;
}

function sample(path: string): string {
  return `#- config/overlays/test/kustomization.yaml\nnamePrefix: test-\n#- pipeline.yaml\napiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata:\n  name: dev\nspec:\n  params:\n  - name: kustomization-path\n    default: ${path}\n  tasks:\n  - name: update\n    taskRef:\n      name: update\n    params:\n    - name: path\n      value: $(params.kustomization-path)\n`;
}
