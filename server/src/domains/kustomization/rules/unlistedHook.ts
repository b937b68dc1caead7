import type { Rule } from "../../../analysis/rule";
import { relativePath } from "../../../platform/path";
import { isDeployed } from "../deployedPaths";
import { listManifest } from "../listManifest";
import { unlistedManifests } from "../unlistedManifests";

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
const hook =
  "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: fill\n  annotations:\n    argocd.argoproj.io/hook: PostSync\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: fill\n        image: quay.io/team/fill:v1\n";

/** A hook of Argo CD that no kustomization lists never runs. */
export const unlistedHook: Rule = {
  code: "kustomization/unlisted-hook",
  severity: "information",
  scope: "workspace",
  *check(context) {
    const { snapshot } = context;
    for (const { path, first, kustomization, isHook, isInComment } of unlistedManifests(context)) {
      if (!isHook) continue;
      const deploying = [kustomization, ...snapshot.graph.reachedFrom(kustomization.root)];
      const isSure = deploying.some(({ root }) => isDeployed(snapshot, root));
      yield {
        place: first.place,
        message: `No kustomization lists this hook, so Argo CD never runs it.${isInComment ? " A comment of the kustomization mentions it." : ""}`,
        help: "Add it to the `resources` of the kustomization.",
        ...(isSure && { severity: "warning" as const }),
        related: [
          {
            place: {
              file: snapshot.file(kustomization.file) ?? { path: kustomization.file, text: "" },
              start: 0,
              end: 0,
            },
            message: "This is the kustomization around it.",
          },
        ],
        data: { kustomization: kustomization.file, name: relativePath(kustomization.root, path), isInComment },
      };
    }
  },
  docs: {
    summary: "A hook of Argo CD lies in the tree of a kustomization that does not list it.",
    explanation:
      "Argo CD finds hooks among what the kustomization renders, so a hook must be listed like any other manifest. It is a warning where an Application of the workspace deploys the kustomization.",
    bad: `#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\n${configMap}#- hook.yaml\n${hook}`,
    good: `#- kustomization.yaml\nresources:\n- a.yaml\n- hook.yaml\n#- a.yaml\n${configMap}#- hook.yaml\n${hook}`,
  },
  fix: listManifest,
};
