import type { LensContext, LensPart } from "../../analysis/domain";
import { imageState } from "../../analysis/imageState";
import { imageEntriesIn } from "../../analysis/writtenImages";
import type { ImageReference } from "../../kubernetes/imageReference";
import { type RegistryAnswers, registryAnswers } from "../../observations/registryAnswers";
import { parentPath } from "../../platform/path";
import { type BumpTarget, bumpImageCommand } from "../../protocol/bump";

/** Above each entry of `images`: how it stands to what its registry has, and the way to another version. */
export function kustomizationLenses({
  snapshot,
  path,
  observations,
  settings,
  toUri,
}: LensContext): readonly LensPart[] {
  const root = parentPath(path);
  const kustomization = snapshot.graph.at(root);
  // A Component renders nothing by itself, so that no bump could be tried.
  if (kustomization?.file !== path || kustomization.kind !== "Kustomization") return [];
  const answers = observations.of(registryAnswers);
  return imageEntriesIn(snapshot.documents(path)[0]?.root).map(({ reference, place }): LensPart => {
    const { title, tag } = wordsFor(reference, answers, settings?.bumpPolicies);
    const argument: BumpTarget = { root: toUri(root), image: reference.name, ...(tag !== undefined && { tag }) };
    return { place: { ...place, end: place.start }, title, command: bumpImageCommand, argument };
  });
}

/** What stands above the entry, and the tag that is taken without a further question. */
function wordsFor(
  reference: ImageReference,
  answers: RegistryAnswers,
  policies: ReadonlyMap<string, string> | undefined,
): { readonly title: string; readonly tag?: string } {
  const { name, tag, digest } = reference;
  const known = answers.get(name);
  const version = digest ?? tag;
  if (version !== undefined && known?.versions.get(version)?.value === "missing") {
    return { title: `${digest === undefined ? "tag" : "digest"} not in the registry · Choose…` };
  }
  const state = imageState(reference, known, policies);
  switch (state.kind) {
    case "behind": {
      const count = state.count === 1 ? "1 version" : `${state.count} versions`;
      return { title: `${count} behind ${state.newest} · Update…` };
    }
    case "moved":
      return { title: `digest behind tag ${state.tag} · Update`, tag: state.tag };
    case "current":
      return { title: "up to date · Bump…" };
    case "unknown":
      return { title: "Bump…" };
  }
}
