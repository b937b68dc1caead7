import { getIn, type Node, textOf } from "../yaml/node";
import { positionAt } from "../yaml/source";
import { type DataRange, toDataRange } from "./dataRange";
import { stepsOf } from "./history";
import { leavesOf, type RenderedText, type RenderedValue } from "./renderedText";
import { sourcePointer } from "./sourcePointer";

/** Where one rendered value comes from, in the shape in which it leaves the product (`build --provenance`, the library). */
export interface Origin {
  /** 1-based line of the rendered text on which the value's key or list item begins. */
  readonly line: number;
  readonly object: OriginObject;
  /** JSON pointer of the value in the rendered object. */
  readonly path: string;
  readonly source: OriginSource;
  /** What changed the value, oldest first. */
  readonly steps: readonly OriginStep[];
}

export interface OriginObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Absent when the object names none. */
  readonly namespace?: string;
}

export interface OriginSource {
  readonly file: string;
  /** JSON pointer in the document of the file; empty when the file is no YAML. */
  readonly path: string;
  readonly range: DataRange;
}

export interface OriginStep {
  readonly file: string;
  /** JSON pointer of the entry that asked for the change, for example `/images/0`. */
  readonly path: string;
  /** The field, for example `images`; `nameReference` for a reference that followed its object. */
  readonly field: string;
  /** Null when the step created the value. */
  readonly before: string | null;
  readonly after: string;
}

/** The origin of every value of a rendered text; `nameFile` says how a path is written. */
export function originsOf(rendered: RenderedText, nameFile: (path: string) => string): readonly Origin[] {
  return [...leavesOf(rendered)].map((value) => originOf(rendered, value, nameFile));
}

/** The origin of one rendered value. */
export function originOf(rendered: RenderedText, value: RenderedValue, nameFile: (path: string) => string): Origin {
  const { place } = value.node.origin;
  return {
    line: positionAt(rendered.file, value.from).line + 1,
    object: objectOf(value.document.root),
    path: value.pointer,
    source: { file: nameFile(place.file.path), path: sourcePointer(place), range: toDataRange(place) },
    steps: stepsOf(value.node).map(({ place: asked, path, field, before, after }) => ({
      file: nameFile(asked.file.path),
      path,
      field,
      before: before ?? null,
      after,
    })),
  };
}

/** What a rendered object is called. */
export function objectOf(root: Node): OriginObject {
  const namespace = textOf(getIn(root, ["metadata", "namespace"]));
  return {
    apiVersion: textOf(getIn(root, ["apiVersion"])) ?? "",
    kind: textOf(getIn(root, ["kind"])) ?? "",
    name: textOf(getIn(root, ["metadata", "name"])) ?? "",
    ...(namespace === undefined ? {} : { namespace }),
  };
}
