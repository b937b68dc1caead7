import { versionsToAsk } from "../analysis/imageState";
import { imageReferenceOf } from "../analysis/writtenImages";
import type { ImageReference } from "../kubernetes/imageReference";
import type { Observations } from "../observations/observations";
import { type RegistryAnswers, registryAnswers } from "../observations/registryAnswers";
import type { WantedImage } from "../observations/registryJob";
import { findRenderedImages } from "../release/renderedImages";
import { deployedRoots, usedImages } from "../release/usedImages";
import type { Builds } from "../render/builds";
import type { Snapshot } from "../workspace/snapshot";

/**
 * The images that people look at: those that open files name, then those that the kustomizations around open files deploy. Builds are not made for
 * this; where there is none yet, the end of the next round of builds brings one.
 */
export function wantedImages(snapshot: Snapshot, builds: Builds, observations: Observations): readonly WantedImage[] {
  const answers = observations.of(registryAnswers);
  const wanted = new Map<string, Set<string>>();
  const roots = new Set<string>();
  for (const path of snapshot.openFiles()) {
    const deployed = deployedRoots(snapshot, path);
    for (const root of deployed) roots.add(root);
    const known = deployed.flatMap((root) => builds.last(root) ?? []);
    for (const { reference, entry, uses } of usedImages(snapshot, path, known)) {
      // What overlays replace need not exist. What they make of it is among what they render, and not known before they are built.
      if (uses.length > 0 || known.length < deployed.length) continue;
      // An entry that leaves the version to the manifests says nothing of it.
      const isBare = entry !== undefined && reference.tag === undefined && reference.digest === undefined;
      add(wanted, reference, isBare ? [] : versionsToAsk(reference, answers.get(reference.name)));
    }
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
