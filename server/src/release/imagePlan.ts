import type { BuildCache, BuildOptions } from "../kustomize/build";
import type { BuildSource } from "../render/builds";
import type { Place, SourceFile } from "../yaml/source";
import type { TextEdit } from "../yaml/textEdit";

/** What an image is to become. At least one of the two is there. */
export interface ImageTarget {
  /** For example `1.4.2`. Without a digest it serves only where no digest is written now; see the refusal `digestNeeded`. */
  readonly tag?: string | undefined;
  /** For example `sha256:9f86d0…`: of `tag`, when that is given too. */
  readonly digest?: string | undefined;
}

/** A wish for one overlay. */
export interface ImageWish {
  /** The image as it is rendered, without tag and digest (`quay.io/team/app`), or as the `name` of an entry of `images` says it. */
  readonly image: string;
  readonly to: ImageTarget;
  /**
   * How it is to be written: `keep` (default) as the team does, by digest where there is a digest and by tag where there is none; `digest` and `tag` turn
   * one into the other.
   */
  readonly form?: "keep" | "digest" | "tag" | undefined;
}

/** What plans read and how overlays are built. Nothing is written and nothing outside is asked. */
export interface PlanSource {
  /** A snapshot of the workspace, or the disk. */
  readonly files: BuildSource;
  readonly options?: BuildOptions | undefined;
  /** Makes a plan cheaper when the overlay was built before. */
  readonly cache?: BuildCache | undefined;
}

/** What will be written, tried out already: the overlay was rendered with it. To be shown before it is done. */
export interface ImagePlan {
  readonly kind: "planned";
  /** The directory of the overlay. */
  readonly root: string;
  /** Part of the overlay comes from elsewhere, so that what the change does there was not seen; a note says what. */
  readonly partial?: true | undefined;
  /** What changes, by path; empty when everything is as it is to be already. */
  readonly files: readonly PlannedFile[];
  /** Every rendered image that the wish means, changed or not, in the order in which they are rendered. */
  readonly images: readonly PlannedImage[];
  /** Other rendered values that change because they repeat such an image, through `replacements` for example. */
  readonly followers: readonly PlannedImage[];
  /** What is good to know, a sentence each: a new entry stands in the overlay, a tag beside a digest stays, an image is out of reach. */
  readonly notes: readonly string[];
}

/** The edits of one file. */
export interface PlannedFile {
  /** The text that the edits belong to. */
  readonly before: SourceFile;
  readonly edits: readonly TextEdit[];
  /** The text with the edits. */
  readonly after: string;
}

/** One value of the rendered overlay. */
export interface PlannedImage {
  /** For people, for example `Deployment person-service`. */
  readonly object: string;
  /** JSON pointer in the object, for example `/spec/template/spec/containers/0/image`. */
  readonly pointer: string;
  readonly before: string;
  readonly after: string;
}

/** Why there is no plan, in words. Nothing was changed. */
export interface ImageRefusal {
  readonly kind: "refused";
  readonly reason: RefusalReason;
  /** What is in the way, one sentence. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly help: string;
  /** Where it stands, when it stands somewhere. */
  readonly place?: Place | undefined;
  /** With `digestNeeded`: the repository to ask, for example `quay.io/team/app`. */
  readonly image?: string | undefined;
}

export type RefusalReason =
  /** The overlay does not build now, or is no kustomization. */
  | "doesNotBuild"
  /** No rendered image and no entry has this name. */
  | "unknownImage"
  /** Tag or digest cannot be one. */
  | "badTarget"
  /** The image is written by digest, and the wish has a tag only: ask the registry for the digest of the tag and plan again. */
  | "digestNeeded"
  /** It is to be written by tag, and the wish has a digest only. */
  | "tagNeeded"
  /** What would have to be changed is repeated elsewhere by an anchor. */
  | "shared"
  /** Something else sets the image afterwards, or the place cannot be edited. */
  | "outOfReach"
  /** Other rendered values would change as well. */
  | "changesMore"
  /** The overlay would not build any more. */
  | "breaksBuild"
  /** Nothing to take over: the other overlay lacks the image, or has several different ones. */
  | "nothingToPromote";

/** A plan, or why there is none. */
export type Planned = ImagePlan | ImageRefusal;
