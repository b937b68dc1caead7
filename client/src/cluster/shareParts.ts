/**
 * A value of JSON with those parts of `known` in it that are equal, or `known` itself where nothing differs. Thousands of objects hold the same
 * again and again, and the next state of an object is mostly the one before: what is shared is in memory once, and compared by a look.
 */
export function shareParts<T>(value: T, known: unknown): T {
  // Equal strings are not the same memory.
  if (value === known) return known as T;
  if (typeof value !== "object" || value === null) return value;
  if (typeof known !== "object" || known === null) return value;
  if (Array.isArray(value)) return Array.isArray(known) ? (shareItems(value, known) as T) : value;
  return Array.isArray(known) ? value : shareFields(value, known);
}

/** The items of a list, each with the parts that it has in common with the one before it. */
export function shareAmong<T>(items: readonly T[] | undefined): readonly T[] | undefined {
  let before: T | undefined;
  return items?.map((item) => {
    before = shareParts(item, before);
    return before;
  });
}

function shareItems(value: readonly unknown[], known: readonly unknown[]): readonly unknown[] {
  const items = value.map((each, index) => shareParts(each, known[index]));
  return items.length === known.length && items.every((each, index) => each === known[index]) ? known : items;
}

function shareFields<T extends object>(value: T, known: object): T {
  const fields = { ...value };
  let isSame = Object.keys(known).length === Object.keys(fields).length;
  for (const key of Object.keys(fields) as (keyof T & string)[]) {
    const before = Object.hasOwn(known, key) ? known[key as keyof typeof known] : undefined;
    fields[key] = shareParts(fields[key], before);
    isSame &&= fields[key] === before && Object.hasOwn(known, key);
  }
  return isSame ? (known as T) : fields;
}
