import type { Feature, FeatureContext } from "../analysis/feature";
import { baseName, parentPath } from "../platform/path";
import {
  type BumpAnswer,
  type BumpArgument,
  type BumpRefusal,
  type BumpWrittenParameters,
  bumpWrittenRequest,
  type ImageAtParameters,
  imageAtRequest,
} from "../protocol/bump";
import type { ImageTarget } from "../release/imagePlan";
import { writeImage } from "../release/imageText";
import { describeObject } from "../release/renderedImages";
import type { NamedRoot } from "../release/tryInRoots";
import { deployedRoots, usedImages } from "../release/usedImages";
import { planWrittenBump, type WrittenWish } from "../release/writtenBump";
import { offsetAt, positionAt } from "../yaml/source";
import { failed, sourceOf, toAnswer, withDigests } from "./bump";
import { argumentOf, buildsAround } from "./imageLenses";
import { labelOf } from "./previewTargets";

const gone: BumpRefusal = {
  kind: "refused",
  message: "No image is written there any more.",
  help: "Take the lens above the image again.",
};

/** How an image comes to another version in the text that names it. */
export const bumpWrittenFeature: Feature<BumpWrittenParameters, BumpAnswer> = {
  method: bumpWrittenRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: failed,
  async handle({ uri, position, wish }, context) {
    const document = context.fromUri(uri);
    const path = document?.kind === "source" ? document.path : undefined;
    const file = path === undefined ? undefined : context.snapshot.file(path);
    if (path === undefined || file === undefined) return gone;
    const image = await findImage(path, offsetAt(file, position), context);
    if (image === undefined) return gone;
    const roots = deployedRoots(context.snapshot, path).map((root): NamedRoot => {
      return { root, label: labelOf(root, context.snapshot.folders) };
    });
    const source = await sourceOf(
      roots.map(({ root }) => root),
      context,
    );
    const { tag, digest, form } = wish;
    const plan = (to: ImageTarget) => planWrittenBump({ ...image, to, form }, roots, source);
    let planned = plan({ tag, digest });
    if (planned.kind === "refused" && planned.reason === "digestNeeded") {
      const resolved = await withDigests([{ image: wish.image, to: { tag, digest } }], context);
      planned = "kind" in resolved ? resolved : plan(resolved[0]?.to ?? { tag, digest });
    }
    return toAnswer(planned, parentPath(path), context);
  },
};

/** What a bump at a position of a file is about. */
export const imageAtFeature: Feature<ImageAtParameters, BumpArgument | null> = {
  method: imageAtRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: null,
  async handle({ uri, position }, context) {
    const document = context.fromUri(uri);
    const file = document?.kind === "source" ? context.snapshot.file(document.path) : undefined;
    if (file === undefined) return null;
    const { line } = position;
    const images = usedImages(context.snapshot, file.path, await buildsAround(file.path, context));
    const image = images.find(({ place, entry }) => entry === undefined && positionAt(file, place.start).line === line);
    return (image && argumentOf(image, file.path, context)) ?? null;
  },
};

/** The image that begins at an offset, with its text and the object that it stands in. */
async function findImage(
  path: string,
  offset: number,
  context: FeatureContext,
): Promise<Pick<WrittenWish, "place" | "text" | "object"> | undefined> {
  const { snapshot } = context;
  const all = usedImages(snapshot, path, await buildsAround(path, context));
  const found = all.find(({ place, entry }) => entry === undefined && place.start === offset);
  if (found === undefined) return undefined;
  const root = snapshot.documents(path).findLast(({ start }) => start <= offset)?.root;
  const object = root?.kind === "mapping" ? describeObject(root) : baseName(path);
  return { place: found.place, text: writeImage(found.reference), object };
}
