/** The members of a JSON text that holds an object; keys such as `__proto__` are ordinary. `undefined` when it holds anything else. */
export function parseObject(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    return isObject(value) ? mapOf(value) : undefined;
  } catch {
    return undefined;
  }
}

/** The members of a value that is an object, else none. */
export function mapOf(value: unknown): ReadonlyMap<string, unknown> {
  return isObject(value) ? new Map(Object.entries(value)) : new Map();
}

/** The elements of a value that is an array, else none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text of a value, else an empty one. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** A whole number that is not negative, else `undefined`. */
export function countOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** The members of a value that are texts, else none. */
export function textsOf(value: unknown): ReadonlyMap<string, string> {
  return new Map([...mapOf(value)].flatMap(([key, text]) => (typeof text === "string" ? [[key, text] as const] : [])));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
