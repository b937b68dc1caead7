import type { Place } from "../yaml/source";

export type Severity = "error" | "warning" | "information" | "hint";

/** One thing that is wrong, at the place that causes it. `findingData.ts` turns it into the data shape that leaves the server. */
export interface Finding {
  /** The rule's code, for example `kustomization/missing-file`. */
  readonly code: string;
  /** After the settings had their say. */
  readonly severity: Severity;
  readonly place: Place;
  /** What is wrong, one sentence. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly help?: string | undefined;
  /** The words of the tool that would fail, for people who search for them. */
  readonly detail?: string | undefined;
  readonly related: readonly Related[];
  /** The kustomization whose rendering is wrong, where that is not the one in which the place stands; it is named as related. */
  readonly root?: string | undefined;
  /** The finding only follows where an error of the file itself stands in this place. */
  readonly statement?: Place | undefined;
  /** Nobody wants it unless the settings give its code a severity. */
  readonly optional?: true | undefined;
  /** What the rule's fix needs to know. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

export interface Related {
  readonly place: Place;
  readonly message: string;
}

/** A finding, or what a rule reports, with its places moved. */
export function movePlaces<T extends Placed>(found: T, move: (place: Place) => Place): T {
  const related = found.related?.map((each) => ({ ...each, place: move(each.place) }));
  return { ...found, place: move(found.place), ...(related !== undefined && { related }) };
}

interface Placed {
  readonly place: Place;
  readonly related?: readonly Related[] | undefined;
}

/** A change of text that repairs a finding. */
export interface Fix {
  /** For people, for example `Use 'resources' instead of 'bases'`. */
  readonly title: string;
  readonly edits: readonly TextChange[];
  /** Files that the fix makes, by absolute path. */
  readonly creates?: readonly { readonly path: string; readonly text: string }[] | undefined;
  /** At most one fix of a finding is the obvious one. */
  readonly preferred?: boolean | undefined;
}

/** Replaces the text of a place. Changes of one fix never overlap. */
export interface TextChange {
  readonly place: Place;
  readonly text: string;
}
