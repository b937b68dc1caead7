import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { findNearName } from "../../../kubernetes/nearName";
import { baseName, joinPath, parentPath } from "../../../platform/path";
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
      const siblings = siblingsOf(scalar.text, context);
      if (siblings === undefined) continue;
      const name = baseName(scalar.text.replace(/\/+$/, ""));
      const near = findNearName(name, siblings);
      const suggestion = near === undefined ? undefined : `${parentPath(scalar.text.replace(/\/+$/, ""))}/${near}`;
      const there = siblings.map((each) => `\`${each}\``).join(", ");
      yield {
        place: scalar.origin.place,
        message: `There is no folder \`${scalar.text}\` in the repositories that are open here.`,
        help: suggestion === undefined ? `Beside it are ${there}.` : `Did you mean \`${suggestion}\`?`,
        severity: near === undefined ? undefined : "warning",
        root,
        data: { suggestion },
      };
    }
  },
  docs: {
    summary: "A parameter of a pipeline is the path of an overlay that is not there.",
    explanation:
      "A default such as `config/overlays/dev` is looked for in every repository of the workspace. It is reported only where its parent folder holds other overlays.",
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

/** The overlays beside a path that is nowhere; `undefined` when it is somewhere, or no overlays are where it would be. */
function siblingsOf(path: string, { snapshot }: WorkspaceContext): readonly string[] | undefined {
  const bare = path.replace(/\/+$/, "");
  const roots = new Set([...snapshot.repositories.map(({ root }) => root), ...snapshot.folders]);
  const siblings = new Set<string>();
  for (const root of roots) {
    const target = joinPath(root, bare);
    if (snapshot.lookUp(target).kind !== "missing") return undefined;
    for (const kustomization of snapshot.graph.kustomizations) {
      if (parentPath(kustomization.root) === parentPath(target)) siblings.add(baseName(kustomization.root));
    }
  }
  return siblings.size === 0 ? undefined : [...siblings].sort();
}

function sample(path: string): string {
  return `#- config/overlays/test/kustomization.yaml\nnamePrefix: test-\n#- pipeline.yaml\napiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata:\n  name: dev\nspec:\n  params:\n  - name: kustomization-path\n    default: ${path}\n  tasks:\n  - name: update\n    taskRef:\n      name: update\n    params:\n    - name: path\n      value: $(params.kustomization-path)\n`;
}
