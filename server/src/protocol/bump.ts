import type { FileEdits } from "./newObjects";
import type { PlaceInFile } from "./origin";

/** The command of the client behind a lens on an image. Its argument is a `BumpArgument`. */
export const bumpImageCommand = "gitopsAuthor.bumpImage";

/** An image of an overlay. */
export interface BumpTarget {
  /** URI of the directory of the overlay. */
  readonly root: string;
  /** As it is rendered, without tag and digest. Absent: the person is asked. */
  readonly image?: string | undefined;
  /** The tag to take. Absent: the person is asked. */
  readonly tag?: string | undefined;
}

/** An image that a manifest or patch names: it is changed where it stands. */
export interface WrittenTarget {
  readonly at: PlaceInFile;
  /** As it is rendered, without tag and digest. */
  readonly image: string;
  /** The tag to take. Absent: the person is asked. */
  readonly tag?: string | undefined;
  /** What stands there. */
  readonly now: { readonly tag?: string | undefined; readonly digest?: string | undefined };
}

/** An image about which other kustomizations decide: the person chooses one of them. */
export interface ChoiceTarget {
  readonly roots: readonly { readonly root: string; readonly label: string }[];
  /** How many overlays more there are, of which nobody knows whether they decide. */
  readonly unasked?: number | undefined;
  readonly image: string;
}

/** What a lens on an image is about. */
export type BumpArgument = BumpTarget | WrittenTarget | ChoiceTarget;

/** Request: what a bump at a position of a file is about, `ImageAtParameters` → `BumpArgument`, or null where no image is written. */
export const imageAtRequest = "gitopsAuthor/imageAt";

export interface ImageAtParameters {
  readonly uri: string;
  readonly position: { readonly line: number; readonly character: number };
}

/** Request: the images that an overlay renders, `OverlayImagesParameters` → `OverlayImages`. Asks no registry. */
export const overlayImagesRequest = "gitopsAuthor/overlayImages";

export interface OverlayImagesParameters {
  readonly root: string;
}

export interface OverlayImages {
  /** In the order in which they are rendered; each name once. */
  readonly images: readonly OverlayImage[];
  /** Why there are none, a sentence. */
  readonly problem?: string | undefined;
}

export interface OverlayImage {
  /** Without tag and digest. */
  readonly image: string;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
  /** The overlay renders the image in several versions. */
  readonly differs: boolean;
  /** Where it is rendered, for example `Deployment person-service`. */
  readonly objects: readonly string[];
}

/** Request: what the registry has of an image, `ImageTagsParameters` → `ImageTags`. Asks the registry: only when a person wants it. */
export const imageTagsRequest = "gitopsAuthor/imageTags";

export interface ImageTagsParameters {
  readonly image: string;
  readonly tag?: string | undefined;
}

export interface ImageTags {
  /** Those that count by the policy, the newest first; then all others. */
  readonly tags: readonly TagChoice[];
  /** The policy for people, for example `by version`. */
  readonly policy: string;
  /** False when the registry has more tags than were asked for. */
  readonly complete: boolean;
  /** Why there are none: what happened and what to do. */
  readonly failure?: string | undefined;
  /** The registry wants a login, or another one. */
  readonly wantsLogin?: boolean | undefined;
}

export interface TagChoice {
  readonly tag: string;
  /** It counts by the policy. */
  readonly ranked: boolean;
  /** As far as it is known. */
  readonly digest?: string | undefined;
}

/** Request: what a tag of an image holds, `ImageVersionParameters` → `ImageVersion`. Asks the registry: only when a person looks at the tag. */
export const imageVersionRequest = "gitopsAuthor/imageVersion";

export interface ImageVersionParameters {
  readonly image: string;
  readonly tag: string;
}

export interface ImageVersion {
  /** Absent where the registry gives no answer. */
  readonly digest?: string | undefined;
  /** How old it is, for example `3 days ago`; empty when it does not say. Where the registry gives no answer, why. */
  readonly text: string;
}

/**
 * Request: how images of an overlay come to other versions, `BumpParameters` → `BumpAnswer`. Changes nothing; asks the registry for the digests that
 * are missing.
 */
export const bumpRequest = "gitopsAuthor/bump";

export interface BumpParameters {
  readonly root: string;
  readonly wishes: readonly BumpWish[];
}

export interface BumpWish {
  readonly image: string;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
  /** How it is written; as it is now when absent. */
  readonly form?: "digest" | "tag" | undefined;
}

/**
 * Request: how an image comes to another version in the text that names it, `BumpWrittenParameters` → `BumpAnswer`. Changes nothing; asks the registry
 * for a digest that is missing.
 */
export const bumpWrittenRequest = "gitopsAuthor/bumpWritten";

export interface BumpWrittenParameters {
  readonly uri: string;
  /** Where the text begins. */
  readonly position: { readonly line: number; readonly character: number };
  readonly wish: BumpWish;
}

/** Request: which images of an overlay have a newer version by their policies, `OverlayImagesParameters` → `ImageUpdates`. Asks registries. */
export const imageUpdatesRequest = "gitopsAuthor/imageUpdates";

export interface ImageUpdates {
  readonly updates: readonly ImageUpdate[];
  /** Sentences on images of which nothing is known, and why. */
  readonly notes: readonly string[];
}

export interface ImageUpdate {
  readonly wish: BumpWish;
  /** For people: `1.2.0`, or a short digest. */
  readonly from: string;
  readonly to: string;
}

/** Request: how an overlay comes to the images of another one, `PromoteParameters` → `BumpAnswer`. Changes nothing. */
export const promoteRequest = "gitopsAuthor/promote";

export interface PromoteParameters {
  /** URIs of directories. */
  readonly from: string;
  readonly to: string;
  /** All that both overlays have when absent. */
  readonly images?: readonly string[] | undefined;
}

export type BumpAnswer = BumpPlan | BumpRefusal;

/** What will change, tried out already. */
export interface BumpPlan {
  readonly kind: "planned";
  /** The overlay, for people. */
  readonly label: string;
  readonly edits: FileEdits;
  readonly files: readonly BumpedFile[];
  readonly images: readonly BumpedImage[];
  /** Other rendered values that follow an image. */
  readonly followers: readonly BumpedImage[];
  readonly notes: readonly string[];
}

export interface BumpedFile {
  readonly uri: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

export interface BumpedImage {
  /** For example `Deployment person-service`. */
  readonly object: string;
  readonly before: string;
  readonly after: string;
}

export interface BumpRefusal {
  readonly kind: "refused";
  /** What is in the way, and what to do: sentences. */
  readonly message: string;
  readonly help: string;
  readonly place?: PlaceInFile | undefined;
}
