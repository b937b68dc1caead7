import { fieldOf } from "../schema/lookUp";
import type { Schema } from "../schema/schema";
import type { KnownKind } from "../schema/schemaSource";
import type { Schemas } from "../schema/schemas";

/** A path from the root of a document: keys, and positions in lists. */
export type Path = readonly (string | number)[];

/** What an object says of itself. */
export interface Identity {
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
}

/** A document or a part of one that is an object of some kind, and how to find such parts in it. */
export interface ObjectRoot {
  readonly known: KnownKind;
  /** What the value at a path says of itself; asked where a schema leaves open which kind an object is of. */
  readonly identify: (path: Path) => Identity;
}

/** What the schemas say of the value at a path. */
export interface SchemaPlace {
  /** The innermost object around the value: an item of a `List`, an object in a template, else the document. */
  readonly known: KnownKind;
  /** From that object to the value. */
  readonly path: Path;
  /** `undefined` where nobody says anything. */
  readonly schema: Schema | undefined;
  /** The schema of what holds the value. */
  readonly parent: Schema | undefined;
}

/** Goes down a path of an object, and into the objects that it holds. */
export function followSchema({ known, identify }: ObjectRoot, path: Path, schemas: Schemas): SchemaPlace {
  let place: SchemaPlace = { known, path: [], schema: known.schema, parent: undefined };
  for (const [i, step] of path.entries()) {
    const parent = place.schema;
    const inParent = typeof step === "number" ? parent?.items : fieldOf(parent, step);
    const isMetadata = step === "metadata" && place.path.length === 0 && inParent?.properties === undefined;
    // Definitions of custom resources leave the metadata open, since it is the same for all.
    const schema = isMetadata ? metadataOf(schemas) : inParent;
    place = { known: place.known, path: [...place.path, step], schema, parent };
    if (!mayHoldObject(schema)) continue;
    const { apiVersion, kind } = identify(path.slice(0, i + 1));
    const inner = apiVersion && kind ? schemas.find(apiVersion, kind) : undefined;
    if (inner !== undefined) place = { known: inner, path: [], schema: inner.schema, parent };
  }
  return place;
}

/** Finds the kind that an identity names. */
export function findKind({ apiVersion, kind }: Identity, schemas: Schemas, path?: string): KnownKind | undefined {
  return apiVersion && kind ? schemas.find(apiVersion, kind, path) : undefined;
}

/** The kind that the target of a patch names; when it says no version, one that is not about to end. */
export function kindOfTarget(
  schemas: Schemas,
  textOf: (field: "group" | "version" | "kind") => string | undefined,
): KnownKind | undefined {
  const [group, version, kind] = [textOf("group"), textOf("version"), textOf("kind")];
  if (kind === undefined) return undefined;
  const fits = ({ apiVersion, kind: own }: KnownKind): boolean => {
    const slash = apiVersion.indexOf("/");
    return (
      own === kind &&
      (group === undefined || group === apiVersion.slice(0, Math.max(0, slash))) &&
      (version === undefined || version === apiVersion.slice(slash + 1))
    );
  };
  const found = [...schemas.kinds()].filter(fits);
  return found.find(({ lifecycle }) => lifecycle === undefined) ?? found[0];
}

function metadataOf(schemas: Schemas): Schema | undefined {
  return fieldOf(schemas.find("v1", "ConfigMap")?.schema, "metadata");
}

/** Where a schema says that a whole object stands, or does not say what stands there. */
export function mayHoldObject(schema: Schema | undefined): boolean {
  if (schema === undefined) return false;
  if (schema.embedded === true) return true;
  if (schema.type !== undefined && schema.type !== "object") return false;
  return schema.properties === undefined && (schema.others === undefined || schema.others === true);
}
