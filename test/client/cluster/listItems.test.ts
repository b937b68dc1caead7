import { expect, test } from "vitest";
import { ListItems } from "../../../client/src/cluster/listItems";

/** What is cut out of a list that arrives in two pieces, and what is left of it. */
function cut(text: string, at: number): { readonly items: readonly unknown[]; readonly rest: unknown } {
  const items: unknown[] = [];
  const list = new ListItems((item) => items.push(JSON.parse(item)));
  list.push(text.slice(0, at));
  list.push(text.slice(at));
  return { items, rest: JSON.parse(list.rest) };
}

const odd = { name: '"}]{[\\', nested: [{ items: [{ a: 1 }] }, [[]], null], items: [] };
const metadata = { resourceVersion: "7", items: [{ name: "not one of them" }], text: '"items":[{' };

test.each([
  ["the items last", { kind: "List", metadata, items: [odd, {}, { a: "\\" }] }],
  ["the items first", { apiVersion: "v1", items: [odd, { name: "b" }], metadata }],
  ["one item", { items: [odd] }],
  ["no items", { items: [], metadata }],
  ["none at all", { metadata }],
  ["null", { items: null, metadata }],
  ["no list", ["items", [{ a: 1 }]]],
])("a list is cut into its items wherever its pieces end: %s", (_, list) => {
  const items = Array.isArray(list) ? [] : ((list as { readonly items?: readonly unknown[] | null }).items ?? []);
  const rest = items.length === 0 ? list : { ...list, items: [] };
  for (const text of [JSON.stringify(list), JSON.stringify(list, undefined, 2)]) {
    for (let at = 0; at <= text.length; at++) expect(cut(text, at)).toEqual({ items, rest });
  }
});

test("an item is told as soon as it is complete", () => {
  const items: string[] = [];
  const list = new ListItems((item) => items.push(item));
  list.push('{"items":[{"a":1},{"b"');
  expect(items).toEqual(['{"a":1}']);
  list.push(":2}");
  expect(items).toEqual(['{"a":1}', '{"b":2}']);
});
