import type { Hit, Rule } from "../../../analysis/rule";
import { isKustomizationName } from "../../../kubernetes/kustomizationFileNames";
import type { Snapshot } from "../../../workspace/snapshot";
import { entryOf } from "../applications";
import { deployedApplications } from "../deployedApplications";
import { applicationText, configText, repositorySample } from "../deployedSamples";
import { removeField } from "../fixes";

const files = `#- overlays/dev/kustomization.yaml\nresources:\n- config.yaml\n#- overlays/dev/config.yaml\n${configText("settings")}`;
const withHelm = applicationText().replace(
  "    path: overlays/dev\n",
  "    path: overlays/dev\n    helm:\n      releaseName: book\n",
);

/** Options of one tool for a directory of another. */
export const sourceTypeMismatch: Rule = {
  code: "argocd/source-type-mismatch",
  severity: "error",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const { snapshot } = context;
    for (const { sources } of deployedApplications(context)) {
      for (const { source, directory, isCurrent } of sources) {
        if (directory === undefined || !isCurrent || snapshot.lookUp(directory).kind !== "directory") continue;
        const names = snapshot.list(directory);
        if (names === undefined) continue;
        const isChart = names.includes("Chart.yaml");
        const isKustomization = hasKustomization(snapshot, directory, names);
        const of = isChart ? "a chart" : isKustomization ? "a kustomization" : "a directory of manifests";
        const helm = entryOf(source.node, "helm");
        const kustomize = entryOf(source.node, "kustomize");
        const plain = entryOf(source.node, "directory");
        if (helm !== undefined && !isChart) {
          const message = `\`${source.path?.text}\` is ${of}, so Helm finds no \`Chart.yaml\` there.`;
          yield { place: helm.key.origin.place, message, help: "Remove `helm`, or correct the path." };
        } else if (kustomize !== undefined && !isKustomization) {
          const message = `\`${source.path?.text}\` is ${of}, so Kustomize finds no kustomization there.`;
          yield { place: kustomize.key.origin.place, message, help: "Remove `kustomize`, or correct the path." };
        } else if (plain !== undefined && (isKustomization || isChart)) {
          const message = `With \`directory\`, Argo CD takes the files of \`${source.path?.text}\` as they are, though it is ${of}.`;
          const help = "Remove `directory`.";
          yield { place: plain.key.origin.place, message, help, severity: "warning" };
        }
      }
    }
  },
  fix: removeField,
  docs: {
    summary: "A source has options of Helm, Kustomize or plain directories, and its directory is of another type.",
    explanation:
      "Such options also choose the tool: Argo CD does not look any more what the directory is, and the tool fails on it.",
    bad: `${repositorySample}${files}#- application.yaml\n${withHelm}`,
    good: `${repositorySample}${files}#- application.yaml\n${applicationText()}`,
  },
};

function hasKustomization(snapshot: Snapshot, directory: string, names: readonly string[]): boolean {
  return snapshot.graph.at(directory) !== undefined || names.some(isKustomizationName);
}
