import { type Kind, type Schema, SchemaSourceError, type Type } from "./schema";

/** What one declaration file of the package `kubernetes-models` and its sisters says. */
export interface Declaration {
  /** The name under which other files know the type and its validator, `IoK8sApiAppsV1Deployment`; a few types have none. */
  readonly id: string | undefined;
  readonly type: Type;
  /** References to the types whose properties it has as well. */
  readonly parents: readonly string[];
}

/** Turns the module that a declaration imports into the reference to the type declared there. */
export type ResolveImport = (specifier: string) => string;

/**
 * Reads the exported interface or type alias of a declaration file: names, types, literals, what is required, and the
 * comments as descriptions. Bounds, formats and patterns are not in declarations; the validators hold them.
 * @returns undefined when the file declares no type of its own (a file of re-exports)
 * @throws SchemaSourceError when the file is written in a way that the generator of these packages never wrote
 */
export function readDeclaration(text: string, source: string, resolve: ResolveImport): Declaration | undefined {
  const id = /^export type \{ \w+ as I(\w+),/m.exec(text)?.[1];
  const start = /^export (?:interface|type) I(\w+)(?: extends ([\w, ]+))? (?:= )?/m.exec(text);
  if (start === null) return undefined;
  const references = new Map([[`I${start[1]}`, resolve("")]]);
  for (const [, name, specifier] of text.matchAll(/^import \{ (\w+) \} from "([^"]+)";/gm)) {
    if (name !== undefined && specifier !== undefined) references.set(name, resolve(specifier));
  }
  const reader = new TypeReader(text, start.index + start[0].length, source, references);
  const schema = withDescription(reader.readType(), commentBefore(text, start.index));
  const parents = (start[2]?.split(", ") ?? []).flatMap((name) =>
    name === "TypeMeta" ? [] : (reader.named(name).$ref ?? []),
  );
  return { id, parents, type: { schema, ...kindOf(schema) } };
}

/** Documents are of the types whose `apiVersion` and `kind` are literals. */
function kindOf({ properties }: Schema): { kind?: Kind } {
  const [apiVersion, kind] = [properties?.["apiVersion"]?.enum, properties?.["kind"]?.enum];
  if (apiVersion?.length !== 1 || kind?.length !== 1) return {};
  return { kind: { apiVersion: String(apiVersion[0]), kind: String(kind[0]) } };
}

const jsDoc = /\/\*\*\n((?:\s*\*(?!\/).*\n)*)\s*\*\/\s*$/;

function commentBefore(text: string, index: number): string | undefined {
  const lines = jsDoc.exec(text.slice(Math.max(0, text.lastIndexOf("/**", index)), index))?.[1];
  return lines === undefined ? undefined : cleanComment(lines);
}

function cleanComment(lines: string): string {
  return lines
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd())
    .join("\n")
    .replace(/\\([*/`_])/g, "$1")
    .trim();
}

function withDescription(schema: Schema, description: string | undefined): Schema {
  return description ? { ...schema, description } : schema;
}

/** Reads the types that occur in these declarations: objects, arrays, maps, literals, unions, references. */
class TypeReader {
  private readonly token = /\s*(\/\*\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"|-?[\w$.]+|[{}[\]();:?,<>|&])/y;
  private kind: "comment" | "string" | "word" | "mark" | "end" = "mark";
  private value = "";

  constructor(
    private readonly text: string,
    offset: number,
    private readonly source: string,
    private readonly references: ReadonlyMap<string, string>,
  ) {
    this.token.lastIndex = offset;
    this.advance();
  }

  readType(): Schema {
    const options = [this.readIntersection()];
    while (this.take("|")) options.push(this.readIntersection());
    const [only] = options;
    return only !== undefined && options.length === 1 ? only : union(options);
  }

  /** What follows `&` only says which properties exclude each other; such combinations are not checked. */
  private readIntersection(): Schema {
    const first = this.readPrimary();
    while (this.take("&")) this.readPrimary();
    return first;
  }

  private readPrimary(): Schema {
    const { kind, value } = this;
    this.advance();
    if (kind === "string") return { enum: [JSON.parse(value) as string] };
    if (value === "{") return this.readMembers();
    if (value === "(") {
      const inner = this.readType();
      this.expect(")");
      return inner;
    }
    if (kind !== "word") throw this.unexpected(value);
    if (this.value !== "<") return this.named(value);
    this.advance();
    const [first] = this.readArguments();
    return value === "Array" && first !== undefined ? { type: "array", items: first } : {};
  }

  private readArguments(): Schema[] {
    const all = [this.readType()];
    while (this.take(",")) all.push(this.readType());
    this.expect(">");
    return all;
  }

  /** The schema of a type that is written as a single name. */
  named(name: string): Schema {
    if (name === "string" || name === "number" || name === "boolean") return { type: name };
    if (name === "true" || name === "false") return { enum: [name === "true"] };
    if (/^-?[\d.]+$/.test(name)) return { enum: [Number(name)] };
    if (name === "any" || name === "null" || name === "undefined" || name === "never") return {};
    const $ref = this.references.get(name);
    if ($ref === undefined) throw new SchemaSourceError(this.source, `the type ${name} is not imported`);
    return { $ref };
  }

  private readMembers(): Schema {
    const properties: [string, Schema][] = [];
    const required: string[] = [];
    let values: Schema | undefined;
    let empty = true;
    while (!this.take("}")) {
      empty = false;
      const comment = this.kind === "comment" ? cleanComment(`${this.value.slice(3, -2)}\n`) : undefined;
      if (comment !== undefined) this.advance();
      const name = this.readMemberName();
      if (name !== undefined && !this.take("?")) required.push(name);
      this.expect(":");
      const schema = withDescription(this.readType(), comment);
      this.take(";");
      if (name === undefined) values = schema;
      else properties.push([name, schema]);
    }
    if (empty) return {};
    return {
      type: "object",
      ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
      ...(required.length > 0 && { required }),
      ...(values && { additionalProperties: values }),
    };
  }

  /** @returns undefined for an index signature, `[key: string]` */
  private readMemberName(): string | undefined {
    const { kind, value } = this;
    this.advance();
    if (kind === "string") return JSON.parse(value) as string;
    if (kind === "word") return value;
    if (value !== "[") throw this.unexpected(value);
    while (!this.take("]")) this.advance();
    return undefined;
  }

  private take(mark: string): boolean {
    if (this.value !== mark || this.kind !== "mark") return false;
    this.advance();
    return true;
  }

  private expect(mark: string): void {
    if (!this.take(mark)) throw this.unexpected(this.value);
  }

  private advance(): void {
    if (this.kind === "end") throw this.unexpected("its end");
    const value = this.token.exec(this.text)?.[1] ?? "";
    this.value = value;
    if (value === "") this.kind = "end";
    else if (value.startsWith("/**")) this.kind = "comment";
    else if (value.startsWith('"')) this.kind = "string";
    else this.kind = /^[\w$.-]/.test(value) ? "word" : "mark";
  }

  private unexpected(value: string): SchemaSourceError {
    return new SchemaSourceError(this.source, `cannot read the declaration at "${value}"`);
  }
}

/** A union of literals is an enumeration; one of plain types allows each of them (an integer or a string). */
function union(options: readonly Schema[]): Schema {
  const literals = options.flatMap((option) => option.enum ?? []);
  if (literals.length > 0) return { enum: literals };
  const names = options.flatMap(({ type }) => type ?? []);
  return names.length === options.length ? { type: [...new Set(names)] } : {};
}
