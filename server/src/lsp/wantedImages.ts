import { versionsToAsk } from "../analysis/imageState";
import { imageReferenceOf, writtenImages } from "../analysis/writtenImages";
import type { ImageReference } from "../kubernetes/imageReference";
import type { Observations } from "../observations/observations";
import { type RegistryAnswers, registryAnswers } from "../observations/registryAnswers";
import type { WantedImage } from "../observations/registryJob";
import { findRenderedImages } from "../release/renderedImages";
import type { Builds } from "../render/builds";
import type { Snapshot } from "../workspace/snapshot";

/**
 * The images that people look at: those that open files name, then those that the kustomizations around open files render. Builds are not made for
 * this; where there is none yet, the next change brings one.
 */
export function wantedImages(snapshot: Snapshot, builds: Builds, observations: Observations): readonly WantedImage[] {
  const answers = observations.of(registryAnswers);
  const wanted = new Map<string, Set<string>>();
  const roots = new Set<string>();
  for (const path of snapshot.openFiles()) {
    for (const { reference, entry } of writtenImages(snapshot, path)) {
      // An entry that leaves the version to the manifests says nothing of it.
      const isBare = entry !== undefined && reference.tag === undefined && reference.digest === undefined;
      add(wanted, reference, isBare ? [] : versionsToAsk(reference, answers.get(reference.name)));
    }
    for (const { root } of snapshot.graph.reachedFrom(path)) roots.add(root);
    const own = snapshot.graph.ofFile(path);
    if (own !== undefined) roots.add(own.root);
  }
  for (const root of roots) addRendered(wanted, root, { builds, answers });
  return [...wanted].map(([image, versions]) => ({ image, versions: [...versions] }));
}

function addRendered(
  wanted: Map<string, Set<string>>,
  root: string,
  { builds, answers }: { readonly builds: Builds; readonly answers: RegistryAnswers },
): void {
  const build = builds.last(root);
  if (build === undefined) return;
  for (const { value } of findRenderedImages(build.result.resources)) {
    const reference = imageReferenceOf(value);
    if (reference !== undefined) add(wanted, reference, versionsToAsk(reference, answers.get(reference.name)));
  }
}

function add(wanted: Map<string, Set<string>>, { name }: ImageReference, versions: readonly string[]): void {
  const known = wanted.get(name) ?? new Set();
  for (const version of versions) known.add(version);
  wanted.set(name, known);
}
