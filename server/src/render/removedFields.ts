import { fieldOf, isList, isMap, type Json, type JsonMap, mapFields } from "../kubernetes/json";
import { findItemKey } from "../kubernetes/listKeys";

/**
 * An object without the fields that were applied before and are not written any more: who applies the present files takes them away, as the
 * three-way merge of `kubectl apply` and Argo CD does. A server-side apply in the name of somebody else would leave them.
 * @param before what was applied last, from the object's annotation
 */
export function withoutRemoved(object: JsonMap, before: Json, written: Json): JsonMap {
  const rest = remove(object, before, written);
  return isMap(rest) ? rest : object;
}

function remove(object: Json, before: Json, written: Json): Json {
  if (isMap(object) && isMap(before) && isMap(written)) {
    return mapFields(object, (value, key) => {
      const [old, now] = [fieldOf(before, key), fieldOf(written, key)];
      if (old === undefined) return value;
      if (now !== undefined) return remove(value, old, now);
      // Of a map others may have written a part; an annotation of a controller, for example.
      if (!isMap(value) || !isMap(old)) return undefined;
      const rest = remove(value, old, {});
      return isMap(rest) && Object.keys(rest).length === 0 ? undefined : rest;
    });
  }
  if (!isList(object) || !isList(before) || !isList(written)) return object;
  const keyOf = findItemKey(object, before, written);
  if (keyOf === undefined) return object;
  const find = (list: readonly Json[], key: string): Json | undefined => list.find((each) => keyOf(each) === key);
  return object.flatMap((item) => {
    const [old, now] = [find(before, keyOf(item)), find(written, keyOf(item))];
    if (old === undefined) return [item];
    return now === undefined ? [] : [remove(item, old, now)];
  });
}
