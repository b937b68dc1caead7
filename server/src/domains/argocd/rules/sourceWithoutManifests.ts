import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, fixOf, pathAt } from "../../../analysis/repair";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import type { Snapshot } from "../../../workspace/snapshot";
import { insertEntry } from "../../../yaml/edit";
import { getIn, getValue, textOf } from "../../../yaml/node";
import { type DeployedSource, deployedApplications } from "../deployedApplications";
import { applicationText, configText, repositorySample } from "../deployedSamples";

/** A directory from which nothing is deployed. */
export const sourceWithoutManifests: Rule = {
  code: "argocd/source-without-manifests",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const { sources } of deployedApplications(context)) {
      for (const each of sources) {
        const { path, ref } = each.source;
        if (path === undefined || ref !== undefined || !each.isCurrent || each.directory === undefined) continue;
        const empty = findEmpty(context.snapshot, each, each.directory);
        if (empty === undefined) continue;
        yield {
          place: path.origin.place,
          message: `\`${path.text}\` has no kustomization, no chart and no manifests, so nothing is deployed from it.`,
          help: empty.isDeep ? "Those in its sub-directories are read with `directory.recurse: true`." : undefined,
          data: { recurse: empty.isDeep },
        };
      }
    }
  },
  fix: recurse,
  docs: {
    summary: "The directory of a source holds nothing that Argo CD can deploy.",
    explanation:
      "Argo CD looks for a `Chart.yaml`, then for a kustomization, then for manifests; in sub-directories only with `directory.recurse`. A plugin that finds its files itself is another matter: turn the rule off then.",
    bad: `${repositorySample}#- overlays/dev/web/config.yaml\n${configText("settings")}#- application.yaml\n${applicationText()}`,
    good: `${repositorySample}#- overlays/dev/config.yaml\n${configText("settings")}#- application.yaml\n${applicationText()}`,
  },
};

const manifest = /\.(?:ya?ml|json|jsonnet)$/;

function findEmpty(
  snapshot: Snapshot,
  { source }: DeployedSource,
  directory: string,
): { readonly isDeep: boolean } | undefined {
  if (getValue(source.node, "plugin") !== undefined) return undefined;
  const names = snapshot.list(directory);
  if (names === undefined || names.some((name) => manifest.test(name) || isOtherTool(name))) return undefined;
  if (snapshot.graph.at(directory) !== undefined) return undefined;
  const below = [...snapshot.yamlFiles()].some((path) => path.startsWith(`${directory}/`));
  if (below && textOf(getIn(source.node, ["directory", "recurse"])) === "true") return undefined;
  // What is not YAML and lies deeper was not looked at.
  if (!below && names.some((name) => name.endsWith("/"))) return undefined;
  return { isDeep: below };
}

/** Files that a plugin of Argo CD may turn into manifests. */
function isOtherTool(name: string): boolean {
  return /^kustomization$|\.(?:tpl|cue|k|ts|js|tf|libsonnet|star|dhall|nix)$|^helmfile|^\.argocd-source/i.test(name);
}

function recurse(finding: Finding, context: FixContext): readonly Fix[] {
  const document = documentOf(finding, context);
  const path = document && pathAt(document, finding.place.start, finding.place.end)?.slice(0, -1);
  if (finding.data?.["recurse"] !== true || document === undefined || path === undefined) return [];
  const isThere = getIn(document.root, [...path, "directory"]) !== undefined;
  const edits = isThere
    ? insertEntry(document, [...path, "directory"], { key: "recurse", value: true })
    : insertEntry(document, path, { key: "directory", value: new Map([["recurse", true]]) });
  return fixOf("Read the sub-directories too", document.file, edits, true);
}
