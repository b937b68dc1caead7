import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { baseName, isInside, relativePath } from "../../../platform/path";
import type { Snapshot } from "../../../workspace/snapshot";
import { type DeployedSource, deployedApplications } from "../deployedApplications";
import { applicationText, configText, repositorySample } from "../deployedSamples";

const files = `#- overlays/dev/kustomization.yaml\nresources:\n- config.yaml\n#- overlays/dev/config.yaml\n${configText("settings")}`;

/** A path that the repository at hand does not have. */
export const sourcePathNotFound: Rule = {
  code: "argocd/source-path-not-found",
  severity: "error",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const { snapshot } = context;
    for (const { sources, isLeftOut } of deployedApplications(context)) {
      for (const each of sources) {
        const { source, directory, isCurrent, repository } = each;
        if (source.path === undefined || directory === undefined || repository === undefined || !isCurrent) continue;
        const place = source.path.origin.place;
        const severity = isLeftOut ? "information" : undefined;
        const { kind } = snapshot.lookUp(directory);
        if (kind === "file") {
          const message = `\`${source.path.text}\` is a file; a source is a directory.`;
          const suggestion = relativePath(repository.root, directory).split("/").slice(0, -1).join("/") || ".";
          const detail = "app path is not a directory";
          yield { place, message, help: `Write \`${suggestion}\`.`, detail, severity, data: { suggestion } };
        } else if (kind === "missing") {
          const suggestion = nearest(snapshot, each);
          const message = `The repository has no directory \`${source.path.text}\`.`;
          const help = suggestion === undefined ? "Create it, or correct the path." : `Write \`${suggestion}\`.`;
          yield { place, message, help, detail: "app path does not exist", severity, data: { suggestion } };
        }
      }
    }
  },
  fix: useSuggestion,
  docs: {
    summary: "The `path` of a source does not exist in its repository.",
    explanation:
      "Told when a remote of a repository in the workspace is the `repoURL`, and the branch at hand is the one that Argo CD follows. It cannot render anything until the directory is there.",
    bad: `${repositorySample}${files}#- application.yaml\n${applicationText({ path: "overlays/dve" })}`,
    good: `${repositorySample}${files}#- application.yaml\n${applicationText()}`,
  },
};

/** The kustomization of the repository that was probably meant: of a similar path, or the only one of that name. */
function nearest({ graph }: Snapshot, { repository, source }: DeployedSource): string | undefined {
  const root = repository?.root;
  if (root === undefined || source.path === undefined) return undefined;
  const known = graph.kustomizations
    .filter((kustomization) => isInside(root, kustomization.root))
    .map((kustomization) => relativePath(root, kustomization.root));
  const wanted = source.path.text.replace(/^\.\//, "").replace(/\/$/, "");
  const similar = didYouMean(wanted, known);
  if (similar !== undefined) return similar;
  const below = known.filter((each) => each.endsWith(`/${wanted}`));
  const named = below.length > 0 ? below : known.filter((each) => baseName(each) === baseName(wanted));
  return named.length === 1 ? named[0] : undefined;
}
