import type { Feature, FeatureContext } from "../analysis/feature";
import { renderSource } from "../analysis/renderSources";
import { isInCluster } from "../analysis/sourceOptions";
import {
  type RenderedBuild,
  type RenderedObject,
  type RenderedObjects,
  type RenderedObjectsParameters,
  renderedObjectsRequest,
} from "../protocol/renderedObjects";
import type { DeployingApplication, SourceOfApplication } from "../protocol/sourceOfApplication";
import type { RootBuild } from "../render/builds";
import { loadBuild } from "../render/loadBuild";
import { goJsonText } from "../yaml/goJsonText";
import type { Node } from "../yaml/node";
import { positionAt } from "../yaml/source";
import { labelOf } from "./previewTargets";
import { toRange } from "./range";

/** What a kustomization or an Application renders to now, as objects that can be compared with a cluster or applied to it. */
export const renderedObjectsFeature: Feature<RenderedObjectsParameters, RenderedObjects> = {
  method: renderedObjectsRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: {
    builds: [],
    notRendered: ["The kustomization could not be rendered; the output of GitOps Author says why."],
  },
  async handle({ root, sources = [], application = { name: "" } }, context) {
    if (root !== undefined) {
      const document = context.fromUri(root);
      if (document === undefined) return { builds: [], notRendered: [`${root} is no directory of this workspace.`] };
      const path = document.kind === "source" ? document.path : document.root;
      return { builds: [await renderKustomization(path, context)], notRendered: [] };
    }
    const builds: RenderedBuild[] = [];
    const notRendered: string[] = [];
    for (const source of sources) {
      const rendered = await renderPart(source, application, context);
      if (typeof rendered === "string") notRendered.push(rendered);
      else builds.push(...rendered);
    }
    return { builds, notRendered };
  },
};

async function renderKustomization(root: string, context: FeatureContext): Promise<RenderedBuild> {
  const build = await loadBuild(context.builds, context, root, context.cancellation);
  const { complete } = build;
  const nodes = build.result.resources.map(({ node }) => node);
  return {
    subject: { root: context.toUri(root) },
    label: labelOf(root, context.snapshot.folders),
    ...{ complete, problems: problemsOf(build, context), objects: toObjects(nodes, context), notes: [] },
  };
}

/** A source that only lends its files to the others is no part; gives a sentence for one that is not rendered. */
async function renderPart(
  source: SourceOfApplication,
  application: DeployingApplication,
  context: FeatureContext,
): Promise<readonly RenderedBuild[] | string> {
  if (source.ref && !source.path && !source.chart) return [];
  const rendered = await renderSource(source, application, context);
  if (!rendered.isRendered) return rendered.why;
  const { build, failures, directory, objects, notes } = rendered;
  const part: RenderedBuild = {
    subject: { source, application },
    label: labelOf(directory, context.snapshot.folders),
    complete: failures.length === 0 && (build?.complete ?? true),
    problems: [...failures, ...(build === undefined ? [] : problemsOf(build, context))],
    objects: toObjects(objects, context),
    notes,
  };
  return [part];
}

function toObjects(nodes: readonly Node[], context: FeatureContext): readonly RenderedObject[] {
  return nodes.flatMap((node) => {
    const json = goJsonText(node, "");
    return json === undefined ? [] : [{ json, source: sourceOf(node, context) }];
  });
}

function sourceOf(node: Node, { toUri }: FeatureContext): RenderedObject["source"] {
  const { place } = node.origin;
  return { uri: toUri(place.file.path), range: toRange({ ...place, end: place.start }) };
}

/** Only what keeps the build from being complete. */
function problemsOf({ problems, complete }: RootBuild, { snapshot }: FeatureContext): readonly string[] {
  if (complete) return [];
  const sentences = problems
    .filter(({ severity }) => severity === "error")
    .map(({ message, place }) => {
      if (isInCluster(place)) return `${message} (${place.file.path} in the cluster says it.)`;
      const line = positionAt(place.file, place.start).line + 1;
      return `${message} (${labelOf(place.file.path, snapshot.folders)}, line ${line})`;
    });
  return sentences.length > 0 ? sentences : ["It includes something that is not rendered here."];
}
