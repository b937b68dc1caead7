import { mapParts, type Schema, type TypeName } from "./schema";

/** What a compiled validator demands of one value, beyond what its declaration says. */
export interface Check extends Pick<Schema, Bound> {
  readonly types: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, Check>;
  readonly items?: Check;
  readonly values?: Check;
}

type Bound = "format" | "pattern" | "minimum" | "maximum" | `${"min" | "max"}${"Length" | "Items" | "Properties"}`;

const limits: ReadonlySet<string> = new Set<Bound>([
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "minProperties",
  "maxProperties",
]);

/**
 * Reads the demands out of a validator of `kubernetes-models` as text, without running it. The validators are what the
 * compiler of ajv makes of a schema: one function for each part of it, which reports a failure with the keyword and its value,
 * and calls the functions of its properties, items and values. Parts that stand in a file of their own are not followed.
 */
export function readValidator(text: string): Check {
  const bodies = new Map<string, string>();
  for (const [, name, body] of text.matchAll(
    /function (validate\d+)\(data,([\s\S]*?)(?=function validate\d+\(data,|$)/g,
  )) {
    if (name !== undefined && body !== undefined) bodies.set(name, body);
  }
  const root = /export const validate=(validate\d+)/.exec(text)?.[1];
  const known = new Map<string, Check>();
  const read = (name: string | undefined): Check => {
    const body = name === undefined ? undefined : bodies.get(name);
    if (name === undefined || body === undefined) return nothing;
    let check = known.get(name);
    if (check === undefined) {
      known.set(name, nothing);
      check = readFunction(body, read);
      known.set(name, check);
    }
    return check;
  };
  return read(root);
}

const nothing: Check = { types: new Set(), properties: new Map() };

function readFunction(body: string, read: (name: string | undefined) => Check): Check {
  const types = new Set<string>();
  const bounds: Record<string, unknown> = {};
  for (const [, keyword = "", params = ""] of body.matchAll(
    /schemaPath:"#\/\w+",keyword:"(\w+)",params:\{((?:[^{}"]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*)\}/g,
  )) {
    if (keyword === "type") types.add(/type:"(\w+)"/.exec(params)?.[1] ?? "");
    if (keyword === "format") bounds["format"] = /format:"([^"]+)"/.exec(params)?.[1];
    if (keyword === "pattern") bounds["pattern"] = unquote(params.slice("pattern:".length));
    if (limits.has(keyword)) bounds[keyword] = readNumber(/limit:(-?[\w.]+)/.exec(params)?.[1] ?? "");
  }
  // The alternatives of a union are functions of their own, called with the value itself.
  const isUnion = /keyword:"(?:anyOf|oneOf)"/.test(body);
  for (const [, name] of body.matchAll(/(validate\d+)\(data,/g)) {
    const part = read(name);
    if (isUnion) for (const type of part.types) types.add(type);
    if (isUnion && part.format === "quantity") bounds["format"] = part.format;
  }
  const properties = new Map<string, Check>();
  for (const [, name, dotted, quoted] of body.matchAll(/(validate\d+)\(data(?:\.([\w$]+)|\["([^"]+)"\])/g)) {
    const property = dotted ?? quoted;
    if (property !== undefined) properties.set(property, read(name));
  }
  const items = /(validate\d+)\(data\[i\d+\]/.exec(body)?.[1];
  const values = /(validate\d+)\(data\[key\d+\]/.exec(body)?.[1];
  return {
    ...bounds,
    types,
    properties,
    ...(items && { items: read(items) }),
    ...(values && { values: read(values) }),
  };
}

/** A number as a minifier writes it: `253`, `1e3`, `0xffffffff`, `-0x80000000`. */
function readNumber(text: string): number {
  return text.startsWith("-") ? -Number(text.slice(1)) : Number(text);
}

/** The value of a JavaScript string literal. */
function unquote(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|(.))/gis, (_, hex?: string, unicode?: string, plain = "") => {
      const code = hex ?? unicode;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return { n: "\n", t: "\t", r: "\r" }[plain as string] ?? plain;
    });
}

/** The schema with the demands of its validator. */
export function constrain(schema: Schema, check: Check): Schema {
  const { types, properties, items, values, ...bounds } = check;
  const narrowed = schema.$ref === undefined ? { ...schema, ...narrowType(schema.type, types) } : schema;
  return mapParts({ ...narrowed, ...(schema.$ref === undefined && bounds) }, (part, name) => {
    const inner = schema.properties?.[name] === part ? properties.get(name) : name === "items" ? items : values;
    return inner === undefined ? part : constrain(part, inner);
  });
}

/** Declarations know numbers only, validators tell integers from them; an empty declaration has the validator's type. */
function narrowType(declared: Schema["type"], checked: ReadonlySet<string>): Pick<Schema, "type"> {
  if (declared === undefined && checked.size === 1) return { type: [...checked][0] as TypeName };
  if (!checked.has("integer")) return {};
  const narrow = (name: TypeName): TypeName => (name === "number" ? "integer" : name);
  if (typeof declared === "string") return { type: narrow(declared) };
  return declared === undefined ? {} : { type: declared.map(narrow) };
}
