import { fieldOf, isList, isMap, type Json, type JsonMap, mapFields } from "../kubernetes/json";
import { findItemKey } from "../kubernetes/listKeys";
import { parseQuantity } from "../kubernetes/quantity";

/** Fields whose values, or the values below them, are quantities. */
const quantityFields: ReadonlySet<string> = new Set([
  ...["requests", "limits", "capacity", "hard", "storage", "sizeLimit", "default", "defaultRequest"],
  ...["min", "max", "maxLimitRequestRatio", "averageValue", "overhead"],
]);

/**
 * What of `live` one of `shapes` writes too: everything else was filled in by the API server or by others. Items of lists are matched by
 * their names where they have such, and come in the order of the first shape.
 */
export function restrictTo(live: JsonMap, shapes: readonly Json[]): JsonMap {
  const restricted = restrict(live, shapes);
  return isMap(restricted) ? restricted : live;
}

function restrict(live: Json, shapes: readonly Json[]): Json {
  if (isMap(live)) {
    const maps = shapes.filter(isMap);
    if (maps.length === 0) return live;
    return mapFields(live, (value, key) => {
      const below = maps.map((map) => fieldOf(map, key)).filter((each) => each !== undefined);
      return below.length === 0 ? undefined : restrict(value, below);
    });
  }
  const lists = shapes.filter(isList);
  const [first] = lists;
  if (!isList(live) || first === undefined) return live;
  const keyOf = findItemKey(live, ...lists);
  if (keyOf !== undefined) {
    const items = new Map(live.map((item) => [keyOf(item), item]));
    return [...new Set(lists.flat().map(keyOf))].flatMap((key) => {
      const item = items.get(key);
      if (item === undefined) return [];
      return [
        restrict(
          item,
          lists.flatMap((list) => list.filter((each) => keyOf(each) === key)),
        ),
      ];
    });
  }
  if (live.length !== first.length) return live;
  return live.map((item, i) =>
    restrict(
      item,
      lists.flatMap((list) => (list[i] === undefined ? [] : [list[i]])),
    ),
  );
}

/**
 * What is written, in the words of the API server: where both sides mean the same quantity (`1000m` and `1`) that of `live`, and without
 * empty values that the API server does not keep.
 */
export function inServerWords(written: JsonMap, live: JsonMap): JsonMap {
  const words = translate(written, live, false);
  return isMap(words) ? words : written;
}

function translate(written: Json, live: Json | undefined, isQuantity: boolean): Json {
  if (isMap(written)) {
    return mapFields(written, (value, key) => {
      const other = fieldOf(live, key);
      if (other === undefined && isEmpty(value)) return undefined;
      return translate(value, other, isQuantity || quantityFields.has(key));
    });
  }
  if (isList(written)) {
    const list = isList(live) ? live : [];
    const keyOf = findItemKey(written, list);
    return written.map((item, i) => {
      const other = keyOf === undefined ? list[i] : list.find((each) => keyOf(each) === keyOf(item));
      return translate(item, other, isQuantity);
    });
  }
  if (!isQuantity || live === undefined || isMap(live) || isList(live) || written === null || live === null)
    return written;
  const [mine, theirs] = [parseQuantity(String(written)), parseQuantity(String(live))];
  return mine !== undefined && mine === theirs ? live : written;
}

function isEmpty(value: Json): boolean {
  return value === null || (isList(value) && value.length === 0) || (isMap(value) && Object.keys(value).length === 0);
}
