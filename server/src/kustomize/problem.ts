import type { Place } from "../yaml/source";

/** Something that keeps a build from being complete, or that surely is not what its author meant. */
export interface Problem {
  /** `kustomization/` and kebab-case (or a `yaml/` code), for example `kustomization/missing-file`. */
  readonly code: string;
  /** `error`: `kustomize build` fails too. `warning`: it builds and says so on standard error, or does nothing. */
  readonly severity: "error" | "warning";
  /** As tight as the cause. */
  readonly place: Place;
  /** What is wrong, in our words, one sentence. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly help?: string | undefined;
  /** Upstream's wording (Kustomize 5.8.1), for people who search for it. */
  readonly detail?: string | undefined;
  readonly related?: readonly { readonly place: Place; readonly message: string }[] | undefined;
  /** The whole of what could not be done, such as an operation of a patch: a mistake that stands in it is the cause. */
  readonly statement?: Place | undefined;
  /** What a fix needs to know, for example `{ field: "bases", suggestion: "resources" }`. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}
