import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import {
  appendItem,
  type Edits,
  insertEntry,
  insertItem,
  removeAt,
  renameKey,
  setValue,
} from "../../../server/src/yaml/edit";
import type { YamlPath } from "../../../server/src/yaml/editTree";
import { readDocuments } from "../../../server/src/yaml/read";
import { applyEdits } from "../../../server/src/yaml/textEdit";
import {
  canBeSingleQuoted,
  doubleQuote,
  type EditValue,
  quote,
  quoteIfNeeded,
  writeLiteral,
} from "../../../server/src/yaml/writeValue";
import { tries } from "../../support/tries";

function documentOf(text: string, index = 0) {
  const file = { path: "/a.yaml", text };
  return readDocuments(file)[index] ?? { file, start: 0, end: text.length, problems: [] };
}

function edited(text: string, edits: Edits): string | undefined {
  return edits === undefined ? undefined : applyEdits(text, edits);
}

const set = (text: string, path: YamlPath, value: EditValue) => edited(text, setValue(documentOf(text), path, value));
const remove = (text: string, path: YamlPath) => edited(text, removeAt(documentOf(text), path));
const append = (text: string, path: YamlPath, value: EditValue) =>
  edited(text, appendItem(documentOf(text), path, value));
const add = (text: string, path: YamlPath, key: string, value: EditValue, at?: number) =>
  edited(text, insertEntry(documentOf(text), path, { key, value, at }));

describe("setting a scalar", () => {
  test.each([
    ["plain", "a: one # c\nb: 2\n", "a: two # c\nb: 2\n"],
    ["single", "a: 'one' # c\n", "a: 'two' # c\n"],
    ["double", 'a: "one"\n', 'a: "two"\n'],
    ["without final line break", "a: one", "a: two"],
    ["in a flow mapping", "{a: one, b: 2}\n", "{a: two, b: 2}\n"],
    ["with an anchor that nothing repeats", "a: &x one\n", "a: &x two\n"],
    ["null", "a:\nb: 2\n", "a: two\nb: 2\n"],
    ["null with a comment", "a: # c\nb: 2\n", "a: two # c\nb: 2\n"],
    ["CRLF", "a: one\r\nb: 2\r\n", "a: two\r\nb: 2\r\n"],
  ])("keeps the rest: %s", (_, before, after) => {
    expect(set(before, ["a"], "two")).toBe(after);
  });

  test.each([
    ["true", "a: 'true'\n"],
    ["012", "a: '012'\n"],
    ["a: b", "a: 'a: b'\n"],
    ["y", "a: 'y'\n"],
    ["it's", "a: it's\n"],
    ["'x", "a: '''x'\n"],
    ["a\tb", 'a: "a\\tb"\n'],
    ["sha256:0123", "a: sha256:0123\n"],
    ["1.2.3", "a: 1.2.3\n"],
    ["1.2", "a: '1.2'\n"],
    ["", "a: ''\n"],
  ])("quotes %j only where a reader of YAML 1.1 would take it for something else", (value, after) => {
    expect(set("a: x\n", ["a"], value)).toBe(after);
  });

  test("keeps a block scalar", () => {
    expect(set("a: |\n    one\n    two\nb: 1\n", ["a"], "three\nfour\n")).toBe("a: |\n    three\n    four\nb: 1\n");
    expect(set("a: |\n    one\nb: 1\n", ["a"], "three")).toBe("a: |-\n    three\nb: 1\n");
  });

  test("does not touch a value that an alias repeats", () => {
    expect(set("a: &x one\nb: *x\n", ["a"], "two")).toBeUndefined();
    expect(set("a: &x {k: one}\nb: *x\n", ["a", "k"], "two")).toBeUndefined();
    expect(set("a: &x one\nb: *x\n", ["b"], "two")).toBe("a: &x one\nb: two\n");
  });

  test("edits the document it was asked to edit", () => {
    const text = "a: 1\n---\na: 2\n---\na: 3\n";
    expect(edited(text, setValue(documentOf(text, 1), ["a"], 9))).toBe("a: 1\n---\na: 9\n---\na: 3\n");
  });
});

describe("adding", () => {
  test.each([
    ["unindented", "r:\n- a # c\nb: 1\n", "r:\n- a # c\n- x\nb: 1\n"],
    ["indented", "r:\n  - a\n  # end\nb: 1\n", "r:\n  - a\n  - x\n  # end\nb: 1\n"],
    ["at the end of a file without line break", "r:\n- a", "r:\n- a\n- x"],
    ["CRLF", "r:\r\n- a\r\nb: 1\r\n", "r:\r\n- a\r\n- x\r\nb: 1\r\n"],
    ["empty", "r: [] # c\n", "r: # c\n- x\n"],
    ["null", "r: # c\nb: 1\n", "r: # c\n- x\nb: 1\n"],
    ["missing", "b: 1\n", "b: 1\nr:\n- x\n"],
    ["flow", "r: [a, b]\n", "r: [a, b, x]\n"],
    ["flow on lines", "r: [\n  a,\n  b\n]\n", "r: [\n  a,\n  b,\n  x\n]\n"],
    ["after a block scalar", "r:\n- |\n  a\nb: 1\n", "r:\n- |\n  a\n- x\nb: 1\n"],
    ["in an empty file", "", "r:\n- x\n"],
    ["in a file of comments", "# c\n", "# c\nr:\n- x\n"],
  ])("an item: %s", (_, before, after) => {
    expect(append(before, ["r"], "x")).toBe(after);
  });

  test("an entry keeps the comment at the head of the document", () => {
    expect(add("# licence\nb: 1\n", [], "a", 0, 0)).toBe("# licence\na: 0\nb: 1\n");
  });

  test("a nested value takes the indentation of the document", () => {
    const value = [new Map<string, EditValue>([["pairs", new Map([["a", "b"]])]])];
    expect(add("x:\n    - y\n", [], "labels", value)).toBe("x:\n    - y\nlabels:\n  - pairs:\n      a: b\n");
  });
});

describe("removing", () => {
  test.each([
    ["an item with its comments", "r:\n- a\n# of b\n- b # x\n- c\n", ["r", 1], "r:\n- a\n- c\n"],
    ["the only item", "r: # c\n- a\nb: 1\n", ["r", 0], "r: [] # c\nb: 1\n"],
    ["the last entry", "a: 1\nb: 2", ["b"], "a: 1"],
    ["an entry above a blank line", "a: 1\n\n# of c\nc: 1\n", ["a"], "\n# of c\nc: 1\n"],
    ["the first entry behind a dash", "- a: 1\n  b: 2\n", [0, "a"], "- b: 2\n"],
    ["a flow item", "r: [a, b, c]\n", ["r", 1], "r: [a, c]\n"],
    ["the last flow item", "r: [a, b]\n", ["r", 1], "r: [a]\n"],
    ["the only flow entry", "r: {a: 1,}\n", ["r", "a"], "r: {}\n"],
    ["a block scalar", "a: |\n  x\nb: 1\n", ["a"], "b: 1\n"],
  ] as const)("%s", (_, before, path, after) => {
    expect(remove(before, path)).toBe(after);
  });

  test("keeps an anchor that an alias needs", () => {
    expect(remove("a: &x 1\nb: *x\nc: 1\n", ["a"])).toBeUndefined();
  });
});

test("renaming a key changes the key alone", () => {
  const text = "bases: # c\n- a\nx: 1\n";
  expect(edited(text, renameKey(documentOf(text), ["bases"], "resources"))).toBe("resources: # c\n- a\nx: 1\n");
  expect(renameKey(documentOf(text), ["bases"], "x")).toBeUndefined();
});

// Random documents in all styles, each with the value it stands for.

type Json = string | number | boolean | null | readonly Json[] | ReadonlyMap<string, Json>;

const keys = fc.constantFrom("a", "b", "c", "long-key", "x.y/z", "true", "__proto__", "1");
const strings = fc.oneof(
  fc.constantFrom(
    "",
    "one",
    "two words",
    "yes",
    "012",
    "a: b",
    "- x",
    "it's",
    '"',
    "#",
    "a #b",
    "x\ny\n",
    "x\n\ny",
    "é😀",
  ),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const scalars: fc.Arbitrary<string | number | boolean | null> = fc.oneof(
  strings,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const values: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    scalars,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(keys, tie("value")), { maxLength: 3 }).map((entries) => new Map(entries)),
  ),
})).value;
const roots = fc
  .array(fc.tuple(keys, values), { minLength: 1, maxLength: 4 })
  .map((entries): ReadonlyMap<string, Json> => new Map(entries));

interface Layout {
  readonly indented: boolean;
  readonly comments: boolean;
  readonly flowFrom: number;
  readonly crlf: boolean;
  readonly finalBreak: boolean;
  readonly style: "plain" | "single" | "double" | "literal";
}
const layouts = fc.record<Layout>({
  indented: fc.boolean(),
  comments: fc.boolean(),
  flowFrom: fc.integer({ min: 1, max: 4 }),
  crlf: fc.boolean(),
  finalBreak: fc.boolean(),
  style: fc.constantFrom("plain", "single", "double", "literal"),
});

/** Writes a value by the layout: block down to a depth, flow below, with a numbered comment on each block entry. */
function write(root: ReadonlyMap<string, Json>, layout: Layout): string {
  let number = 0;
  const comment = () => (layout.comments ? ` # c${number++};` : "");
  const own = (margin: string) => (layout.comments ? [`${margin}# own${number++};`] : []);
  const block = (value: Json, depth: number, margin: string): string[] => {
    if (value instanceof Map) {
      return [...value].flatMap(([key, child]) => [
        ...own(margin),
        ...behind(`${margin}${JSON.stringify(key)}:`, child, depth + 1, margin, true),
      ]);
    }
    return (value as readonly Json[]).flatMap((child) => behind(`${margin}-`, child, depth + 1, margin, false));
  };
  const behind = (lead: string, value: Json, depth: number, margin: string, key: boolean): string[] => {
    const filled = value instanceof Map ? value.size > 0 : Array.isArray(value) && value.length > 0;
    const literal = layout.style === "literal" && typeof value === "string" ? writeLiteral(value) : undefined;
    if (literal !== undefined && depth < layout.flowFrom) {
      return [
        `${lead} ${literal.head}${comment()}`,
        ...literal.lines.map((line) => (line === "" ? "" : margin + line)),
      ];
    }
    if (!filled || depth >= layout.flowFrom) return [`${lead} ${flow(value, layout.style)}${comment()}`];
    const deeper = Array.isArray(value) && key && !layout.indented ? margin : `${margin}  `;
    return [`${lead}${comment()}`, ...block(value, depth, deeper)];
  };
  const text = block(root, 0, "").join(layout.crlf ? "\r\n" : "\n");
  return layout.finalBreak ? text + (layout.crlf ? "\r\n" : "\n") : text;
}

function flow(value: Json, style: Layout["style"]): string {
  if (value instanceof Map) {
    return `{${[...value].map(([key, each]) => `${JSON.stringify(key)}: ${flow(each, style)}`).join(", ")}}`;
  }
  if (Array.isArray(value)) return `[${value.map((each) => flow(each, style)).join(", ")}]`;
  if (typeof value === "string" && style === "single" && canBeSingleQuoted(value)) return quote(value);
  if (typeof value === "string" && style === "plain") return quoteIfNeeded(value, true);
  return typeof value === "string" ? doubleQuote(value) : String(value);
}

function read(text: string): unknown {
  const document = parseDocument(text, { version: "1.2" });
  expect(document.errors).toEqual([]);
  return document.toJS({ mapAsMap: true });
}

function pathsOf(value: Json, path: YamlPath = []): YamlPath[] {
  const children: [string | number, Json][] =
    value instanceof Map ? [...value] : Array.isArray(value) ? value.map((item, i) => [i, item]) : [];
  return [path, ...children.flatMap(([step, child]) => pathsOf(child, [...path, step]))];
}

/** The value with what stands at `path` replaced by what `change` makes of it; `undefined` removes it. */
function changed(value: Json, path: YamlPath, change: (old: Json) => Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return change(value) ?? null;
  if (value instanceof Map) {
    const entries: [string, Json][] = [];
    for (const [key, child] of value as ReadonlyMap<string, Json>) {
      const next = key !== step ? child : rest.length > 0 ? changed(child, rest, change) : change(child);
      if (next !== undefined) entries.push([key, next]);
    }
    return new Map(entries);
  }
  return (value as readonly Json[]).flatMap((child, i) => {
    if (i !== step) return [child];
    const next = rest.length > 0 ? changed(child, rest, change) : change(child);
    return next === undefined ? [] : [next];
  });
}

const commentsOf = (text: string) => text.match(/# (?:c|own)\d+;/g) ?? [];
const pick = (paths: readonly YamlPath[], seed: number): YamlPath => paths[seed % paths.length] ?? [];

describe("every edit re-reads to the intended value and changes nothing else", () => {
  const property = (
    name: string,
    body: (root: ReadonlyMap<string, Json>, text: string, seed: number, value: Json) => void,
  ) =>
    test(name, () => {
      fc.assert(
        fc.property(roots, layouts, fc.nat(), values, (root, layout, seed, value) => {
          const text = write(root, layout);
          expect(read(text)).toEqual(root);
          body(root, text, seed, value);
        }),
        tries(300),
      );
    });

  property("set", (root, text, seed, value) => {
    const path = pick(pathsOf(root).slice(1), seed);
    const after = set(text, path, value);
    if (after === undefined) throw new Error(`not set: ${JSON.stringify(path)}`);
    expect(read(after)).toEqual(changed(root, path, () => value));
    if (
      pathsOf(root).every(
        (other) => other.length <= path.length || !path.every((step: string | number, i: number) => other[i] === step),
      )
    ) {
      expect(commentsOf(after)).toEqual(commentsOf(text));
    }
  });

  property("remove", (root, text, seed) => {
    const path = pick(pathsOf(root).slice(1), seed);
    const after = remove(text, path);
    if (after === undefined) throw new Error(`not removed: ${JSON.stringify(path)}`);
    expect(read(after)).toEqual(changed(root, path, () => undefined));
  });

  property("append", (root, text, seed, value) => {
    const sequences = pathsOf(root).filter((path) => {
      let node: unknown = root;
      for (const step of path) node = node instanceof Map ? node.get(step) : (node as unknown[])[step as number];
      return Array.isArray(node);
    });
    fc.pre(sequences.length > 0);
    const path = pick(sequences, seed);
    const after = append(text, path, value);
    if (after === undefined) throw new Error(`not added: ${JSON.stringify(path)}`);
    expect(read(after)).toEqual(changed(root, path, (old) => [...(old as readonly Json[]), value]));
    expect(commentsOf(after)).toEqual(commentsOf(text));
  });

  property("insert an item", (root, text, seed, value) => {
    const items = pathsOf(root).filter((path) => typeof path.at(-1) === "number");
    fc.pre(items.length > 0);
    const path = pick(items, seed);
    const at = path.at(-1) as number;
    const after = edited(text, insertItem(documentOf(text), path.slice(0, -1), value, at));
    if (after === undefined) throw new Error(`not added: ${JSON.stringify(path)}`);
    const intended = changed(root, path.slice(0, -1), (old) => (old as readonly Json[]).toSpliced(at, 0, value));
    expect(read(after)).toEqual(intended);
    expect(commentsOf(after)).toEqual(commentsOf(text));
  });

  property("insert an entry", (root, text, seed, value) => {
    const mappings = pathsOf(root).filter((path) => {
      let node: unknown = root;
      for (const step of path) node = node instanceof Map ? node.get(step) : (node as unknown[])[step as number];
      return node instanceof Map;
    });
    const path = pick(mappings, seed);
    const after = add(text, path, "new", value, seed % 3 === 0 ? 0 : undefined);
    if (after === undefined) throw new Error(`not added: ${JSON.stringify(path)}`);
    const intended = changed(root, path, (old) => new Map([...(old as ReadonlyMap<string, Json>), ["new", value]]));
    expect(read(after)).toEqual(intended);
    expect(commentsOf(after).toSorted()).toEqual(commentsOf(text).toSorted());
  });

  property("rename", (root, text, seed) => {
    const entries = pathsOf(root).filter((path) => typeof path.at(-1) === "string");
    const path = pick(entries, seed);
    const after = edited(text, renameKey(documentOf(text), path, "yes"));
    if (after === undefined) throw new Error(`not renamed: ${JSON.stringify(path)}`);
    const renamed = changed(
      root,
      path.slice(0, -1),
      (old) =>
        new Map([...(old as ReadonlyMap<string, Json>)].map(([key, v]) => [key === path.at(-1) ? "yes" : key, v])),
    );
    expect(read(after)).toEqual(renamed);
    expect(commentsOf(after)).toEqual(commentsOf(text));
  });
});

test("nothing throws on broken documents", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ab: -[]{}#&*|>'\"\n\t,?!%"), maxLength: 30 }), (text) => {
      for (const document of readDocuments({ path: "/a.yaml", text })) {
        for (const path of [[], ["a"], [0], ["a", "b"], ["a", 0]]) {
          setValue(document, path, "x");
          removeAt(document, path);
          insertEntry(document, path, { key: "n", value: [1] });
          appendItem(document, path, "x");
          renameKey(document, path, "n");
        }
      }
    }),
    tries(1000),
  );
});
