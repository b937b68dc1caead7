import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { readDeclaration } from "./declarations";
import { mapParts, type Schema, SchemaSourceError, type Type, type Types } from "./schema";
import { constrain, readValidator } from "./validators";

/** A package of the `kubernetes-models` family in a `node_modules` folder. */
export interface ModelPackage {
  /** Its name, for example `@kubernetes-models/argo-cd`. */
  readonly name: string;
  readonly folder: string;
}

/**
 * Reads every type of the given packages. References between types, also between packages, carry the name of the package:
 * `kubernetes-models#v1/PodSpec`. Lists of a kind (`DeploymentList`) are left out: nobody writes them.
 * @throws SchemaSourceError when a file cannot be understood: the packages are pinned, so this is a new version of one
 */
export function readPackages(packages: readonly ModelPackage[]): Map<string, Types> {
  const parents = new Map<string, readonly string[]>();
  const read = new Map(packages.map((one) => [one.name, readPackage(one, packages, parents)]));
  for (const reference of parents.keys()) inherit(reference, read, parents);
  return new Map([...read].map(([name, types]) => [name, withoutMissing(types, read)]));
}

type Parents = Map<string, readonly string[]>;

function readPackage({ name, folder }: ModelPackage, packages: readonly ModelPackage[], parents: Parents): Types {
  const types: Types = new Map();
  for (const path of declarationFiles(folder)) {
    const source = `${name}/${path}.d.ts`;
    const declaration = readDeclaration(readFileSync(join(folder, `${path}.d.ts`), "utf8"), source, (specifier) =>
      specifier === "" ? `${name}#${path}` : target(specifier, { name, path }, packages),
    );
    if (declaration === undefined || declaration.type.kind?.kind.endsWith("List")) continue;
    const { id, type } = declaration;
    if (declaration.parents.length > 0) parents.set(`${name}#${path}`, declaration.parents);
    const validator = join(folder, "_schemas", `${validatorName(id, path)}.js`);
    if (!existsSync(validator)) throw new SchemaSourceError(source, `its validator ${validator} is missing`);
    types.set(path, { ...type, schema: constrain(type.schema, readValidator(readFileSync(validator, "utf8"))) });
  }
  return types;
}

/** Two types of one name are told apart by a number, `ImageRef_1`; a type without a name has that of its path. */
function validatorName(id: string | undefined, path: string): string {
  if (id !== undefined) return `${id}${/_\d+$/.exec(path)?.[0] ?? ""}`;
  return path.replace(/(?:^|[./-])(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Gives a type the properties of its parents, which Go embeds; its own come first. */
function inherit(reference: string, all: ReadonlyMap<string, Types>, parents: Parents): void {
  const { types, path, type } = find(reference, all);
  const bases = parents.get(reference) ?? [];
  parents.delete(reference);
  for (const base of bases) {
    inherit(base, all, parents);
    const { schema: own } = types.get(path) ?? type;
    const { schema } = find(base, all).type;
    const required = [...new Set([...(own.required ?? []), ...(schema.required ?? [])])];
    const properties = { ...own.properties, ...schema.properties, ...own.properties };
    const object = { ...own, type: "object", properties, ...(required.length > 0 && { required }) } as const;
    types.set(path, { ...type, schema: object });
  }
}

function find(reference: string, all: ReadonlyMap<string, Types>): { types: Types; path: string; type: Type } {
  const [name = "", path = ""] = reference.split("#");
  const types = all.get(name);
  const type = types?.get(path);
  if (types === undefined || type === undefined) throw new SchemaSourceError(reference, "no such type");
  return { types, path, type };
}

/** The paths of the declarations of a package, without extension, sorted; validators and lists of exports are none. */
function declarationFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".d.ts") && !/^_schemas\/|^node_modules\/|(^|\/)index\.d\.ts$/.test(path))
    .map((path) => path.slice(0, -".d.ts".length))
    .sort();
}

/** The reference for a module specifier: `./DeploymentSpec.js`, or `@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta`. */
function target(specifier: string, from: { name: string; path: string }, packages: readonly ModelPackage[]): string {
  if (specifier.startsWith(".")) return `${from.name}#${join(dirname(from.path), specifier).replace(/\.js$/, "")}`;
  const other = packages.find(({ name }) => specifier.startsWith(`${name}/`));
  // A package that is not part of the bundle, or the base classes: only its own types would need it.
  if (other === undefined) return `${specifier}#`;
  return `${other.name}#${specifier.slice(other.name.length + 1).replace(/\.js$/, "")}`;
}

/** Allows anything where a reference leads to a type that was left out (a List) or to an unknown package. */
function withoutMissing(types: Types, all: ReadonlyMap<string, Types>): Types {
  const clean = (schema: Schema): Schema => {
    if (schema.$ref !== undefined) {
      const [name = "", path = ""] = schema.$ref.split("#");
      if (all.get(name)?.has(path)) return schema;
      const { $ref: _, ...rest } = schema;
      return rest;
    }
    return mapParts(schema, clean);
  };
  return new Map([...types].map(([path, type]) => [path, { ...type, schema: clean(type.schema) }]));
}
