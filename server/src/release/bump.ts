import { parseImageReference } from "../kubernetes/imageReference";
import { isInside, relativePath } from "../platform/path";
import { findAttempts, findDecision, isByDigest } from "./deciders";
import type { ImagePlan, ImageRefusal, ImageWish, Planned, PlannedImage, PlanSource, RefusalReason } from "./imagePlan";
import { findTargetMistake, isWanted, type WantedImage, writeImage } from "./imageText";
import { asScalar, findRenderedChanges, type OverlayState, openPartly, tryOut } from "./overlayState";
import { changesMore, divideChanges, keyOf } from "./reach";
import type { RenderedImage } from "./renderedImages";
import { selectImages, unknownImage } from "./selectImages";
import { findImages } from "./unseenImages";

/**
 * Plans how an overlay comes to another tag or digest of one image: which bytes change, and what the overlay renders then. Only the scalars that
 * concern the image change, where the team writes them; what a base or component says is answered by an entry in the overlay. The overlay is built
 * with the edits before they are offered.
 *
 * @param root the directory of the kustomization.
 */
export function planBump(root: string, wish: ImageWish, source: PlanSource): Planned {
  return planBumps(root, [wish], source);
}

/** The same for several images of one overlay, as one plan: all or nothing. */
export function planBumps(root: string, wishes: readonly ImageWish[], source: PlanSource): Planned {
  const opened = openPartly(root, source);
  if ("kind" in opened) return opened;
  let state = opened;
  const meant = new Map<string, RenderedImage>();
  const notes = opened.unseen.map(({ message }) => `What comes from elsewhere was not checked: ${message}`);
  for (const wish of wishes) {
    const brought = bring(state, wish);
    if ("kind" in brought) return brought;
    state = brought.state;
    for (const image of brought.images) meant.set(keyOf(image), image);
    notes.push(...brought.notes);
  }
  return toPlan(opened, state, { images: [...meant.values()], notes: [...new Set(notes)] });
}

interface Brought {
  readonly state: OverlayState;
  readonly images: readonly RenderedImage[];
  readonly notes: readonly string[];
}

/** One rendered image and what it is to be. */
interface Goal {
  readonly image: RenderedImage;
  readonly wanted: WantedImage;
}

/** Makes one attempt after the other, until every image that the wish means is as wanted. */
function bring(start: OverlayState, wish: ImageWish): Brought | ImageRefusal {
  const mistake = findTargetMistake(wish.to);
  if (mistake !== undefined)
    return refuse("badTarget", mistake, "Give a tag such as `1.4.2` or a digest such as `sha256:…`.");
  const images = selectImages(start, wish.image);
  if (images.length === 0) return unknownImage(start, wish.image);
  const goals: Goal[] = [];
  for (const image of images) {
    const wanted = findWanted(start, image, wish);
    if ("kind" in wanted) return wanted;
    goals.push({ image, wanted });
  }
  const notes: string[] = [];
  let state = start;
  const stuck = new Set<Goal>();
  for (let open = stillOpen(state, goals); open.length > stuck.size; open = stillOpen(state, goals)) {
    const goal = open.find((each) => !stuck.has(each));
    if (goal === undefined) break;
    const step = advance(state, goal, goals);
    if ("kind" in step) {
      // A step of a Tekton task is not what `images` reaches; that must not keep the containers from being bumped.
      if (step.reason !== "outOfReach" || isContainer(goal.image)) return step;
      stuck.add(goal);
      continue;
    }
    state = step.state;
    if (step.note !== undefined) notes.push(step.note);
  }
  const [first] = stuck;
  if (first !== undefined && stuck.size === goals.length) return outOfReach(first);
  notes.push(
    ...[...stuck].map(
      ({ image }) => `${image.object} keeps \`${image.value.text}\`: entries of \`images\` do not reach it.`,
    ),
  );
  return { state, images, notes };
}

function isContainer({ pointer }: RenderedImage): boolean {
  return /\/(?:containers|initContainers)\/\d+\/image$/.test(pointer);
}

function findWanted(state: OverlayState, image: RenderedImage, wish: ImageWish): WantedImage | ImageRefusal {
  const { name } = parseImageReference(image.value.text);
  const { tag, digest } = wish.to;
  const decision = findDecision(state, image);
  const place = decision.deciding?.entry.place ?? decision.before.origin.place;
  if (!isByDigest(decision, wish)) {
    if (tag !== undefined) return { name, tag };
    return refuse(
      "tagNeeded",
      `\`${name}\` is to be written by tag, and only a digest is given.`,
      "Give a tag.",
      place,
    );
  }
  if (digest !== undefined) return { name, tag, digest };
  const message = `\`${name}\` is written by digest here, and the digest of \`${tag ?? ""}\` is not known.`;
  return { ...refuse("digestNeeded", message, "Let the registry be asked, or give the digest.", place), image: name };
}

function stillOpen(state: OverlayState, goals: readonly Goal[]): readonly Goal[] {
  const now = imagesByKey(state);
  return goals.filter(({ image, wanted }) => !isWanted(now.get(keyOf(image))?.value.text ?? "", wanted));
}

function imagesByKey(state: OverlayState): ReadonlyMap<string, RenderedImage> {
  return new Map(findImages(state).map((image) => [keyOf(image), image]));
}

interface Step {
  readonly state: OverlayState;
  readonly note: string | undefined;
}

/** The first attempt that brings an image to what it is to be and changes nothing but images that are meant. */
function advance(state: OverlayState, goal: Goal, goals: readonly Goal[]): Step | ImageRefusal {
  const image = imagesByKey(state).get(keyOf(goal.image)) ?? goal.image;
  const attempts = findAttempts(state, image, goal.wanted);
  const open = stillOpen(state, goals);
  let refusal: ImageRefusal | undefined;
  for (const attempt of attempts) {
    const tried = tryOut(state, attempt);
    if (tried !== "changesMore" && "broken" in tried) {
      const why = tried.broken === undefined ? "" : ` ${tried.broken.message}`;
      const message = `With \`${writeImage(goal.wanted)}\` the overlay would not build.${why}`;
      refusal ??= refuse("breaksBuild", message, tried.broken?.help ?? handHelp);
    } else if (tried === "changesMore") {
      refusal ??= refuse(
        "shared",
        "What would change is used elsewhere in the file too, by an alias.",
        aliasHelp,
        image.value.origin.place,
      );
    } else {
      const { others } = divideChanges(tried.changes, goals);
      const [other] = others;
      if (other !== undefined) {
        refusal ??= changesMore(other);
        continue;
      }
      const after = stillOpen(tried.state, goals);
      const isNearer =
        after.length < open.length && after.every((each) => open.includes(each)) && !after.includes(goal);
      if (isNearer) return { state: tried.state, note: attempt.note };
    }
  }
  return refusal ?? outOfReach({ image, wanted: goal.wanted });
}

const handHelp = "Make the change by hand and see what the build says.";
const aliasHelp = "Write the value out where the alias stands, then try again.";

function outOfReach({ image }: Goal): ImageRefusal {
  const { change } = image.value.origin;
  const who = change === undefined || change.transformer === "images" ? "" : ` \`${change.transformer}\` sets it.`;
  const message = `No entry of this overlay reaches the image of ${image.object} (\`${image.value.text}\`).${who}`;
  const help = "Change it where it is written.";
  return refuse("outOfReach", message, help, change?.place ?? image.value.origin.place);
}

interface Outcome {
  readonly images: readonly RenderedImage[];
  readonly notes: readonly string[];
}

function toPlan(start: OverlayState, end: OverlayState, { images, notes }: Outcome): ImagePlan {
  const now = imagesByKey(end);
  const inOrder = [...images].sort((a, b) => a.index - b.index);
  const changes = findRenderedChanges(start.result, end.result) ?? [];
  const { followers } = divideChanges(
    changes,
    inOrder.map((image) => ({ image })),
  );
  return {
    kind: "planned",
    root: start.root,
    partial: start.unseen.length > 0 ? true : undefined,
    files: end.files.planned,
    images: inOrder.map((image): PlannedImage => {
      const { object, pointer, value } = image;
      return { object, pointer, before: value.text, after: now.get(keyOf(image))?.value.text ?? value.text };
    }),
    followers: followers.map(({ object, pointer, before, after }) => ({
      object,
      pointer,
      before: asScalar(before)?.text ?? "",
      after: asScalar(after)?.text ?? "",
    })),
    notes: [...notes, ...linkNotes(end)],
  };
}

/** A kustomization file that is a link: what it leads to is changed, and not the link. */
function linkNotes({ root, files }: OverlayState): readonly string[] {
  const outside = files.planned.filter(({ before }) => !isInside(root, before.path));
  return outside.map(
    ({ before }) =>
      `The overlay has a link to \`${relativePath(root, before.path)}\`, which changes for all others that use it too.`,
  );
}

function refuse(reason: RefusalReason, message: string, help: string, place?: ImageRefusal["place"]): ImageRefusal {
  return { kind: "refused", reason, message, help, place };
}
