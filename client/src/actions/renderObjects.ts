import {
  type RenderedBuild,
  type RenderedObjects,
  type RenderedObjectsParameters,
  renderedObjectsRequest,
} from "../../../server/src/protocol/renderedObjects";
import type { LanguageServer } from "../languageClient";

/**
 * What kustomizations render to now, unsaved text included. Throws, for the person, when one does not build completely: half of it must neither
 * be compared nor applied.
 */
export async function renderObjects(
  server: LanguageServer,
  parameters: RenderedObjectsParameters,
): Promise<RenderedObjects> {
  const rendered = await server.request<RenderedObjects>(renderedObjectsRequest, parameters);
  for (const build of rendered.builds) if (!build.complete) throw new Error(whyIncomplete(build));
  if (rendered.builds.length === 0) throw new Error(rendered.notRendered.join(" ") || "Nothing is rendered here.");
  return rendered;
}

function whyIncomplete({ label, problems }: RenderedBuild): string {
  const [first = "", ...more] = problems;
  const rest =
    more.length === 0 ? "" : ` There ${more.length === 1 ? "is 1 more problem" : `are ${more.length} more problems`}.`;
  return `'${label}' does not build completely, so nothing was done. ${first}${rest}`;
}
