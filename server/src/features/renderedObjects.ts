import { findSource } from "../analysis/applicationSource";
import type { Feature, FeatureContext } from "../analysis/feature";
import {
  type RenderedBuild,
  type RenderedObjects,
  type RenderedObjectsParameters,
  type RenderedSource,
  renderedObjectsRequest,
} from "../protocol/renderedObjects";
import type { RootBuild } from "../render/builds";
import { loadBuild } from "../render/loadBuild";
import { goJsonText } from "../yaml/goJsonText";
import { positionAt } from "../yaml/source";
import { toRange } from "./diagnostics";
import { labelOf } from "./previewTargets";

/** What a kustomization renders to now, as objects that can be compared with a cluster or applied to it. */
export const renderedObjectsFeature: Feature<RenderedObjectsParameters, RenderedObjects> = {
  method: renderedObjectsRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: {
    builds: [],
    notRendered: ["The kustomization could not be rendered; the output of GitOps Author says why."],
  },
  async handle({ root, sources = [] }, context) {
    if (root !== undefined) {
      const document = context.fromUri(root);
      if (document === undefined) return { builds: [], notRendered: [`${root} is no directory of this workspace.`] };
      const path = document.kind === "source" ? document.path : document.root;
      return { builds: [await render(path, context)], notRendered: [] };
    }
    const builds: RenderedBuild[] = [];
    const notRendered: string[] = [];
    for (const source of sources) {
      const found = findSource(context.snapshot, source);
      if (found?.kustomization === undefined) notRendered.push(whyNot(source, found !== undefined));
      else builds.push({ ...(await render(found.kustomization.root, context)), otherRevision: !found.isCurrent });
    }
    return { builds, notRendered };
  },
};

function whyNot({ repoURL, path, chart }: RenderedSource, isHere: boolean): string {
  if (chart) return `The chart '${chart}' of ${repoURL} is not rendered here.`;
  if (!isHere) return `The repository ${repoURL} is not open in this workspace; open its work tree to compare it.`;
  return `'${path ?? ""}' of ${repoURL} holds no kustomization, and nothing else is rendered here.`;
}

async function render(root: string, context: FeatureContext): Promise<RenderedBuild> {
  const build = await loadBuild(context.builds, context, root, context.cancellation);
  const { toUri } = context;
  const objects = build.result.resources.flatMap(({ node }) => {
    const json = goJsonText(node, "");
    return json === undefined ? [] : [{ json, source: sourceOf(node, context) }];
  });
  const label = labelOf(root, context.snapshot.folders);
  return { root: toUri(root), label, complete: build.complete, problems: problemsOf(build, context), objects };
}

function sourceOf(
  node: RootBuild["result"]["resources"][number]["node"],
  { toUri }: FeatureContext,
): RenderedBuild["objects"][number]["source"] {
  const { place } = node.origin;
  return { uri: toUri(place.file.path), range: toRange({ ...place, end: place.start }) };
}

/** Only what keeps the build from being complete. */
function problemsOf({ problems, complete }: RootBuild, { snapshot }: FeatureContext): readonly string[] {
  if (complete) return [];
  const sentences = problems
    .filter(({ severity }) => severity === "error")
    .map(({ message, place }) => {
      const line = positionAt(place.file, place.start).line + 1;
      return `${message} (${labelOf(place.file.path, snapshot.folders)}, line ${line})`;
    });
  return sentences.length > 0 ? sentences : ["It includes something that is not rendered here."];
}
