import { describe, expect, test } from "vitest";
import type { Scalar } from "../../../server/src/yaml/node";
import { asYaml11, resolveTag, resolveYaml11Tag, scalarValue } from "../../../server/src/yaml/scalar";

/** What go-yaml v3 makes of plain scalars, as `kubectl kustomize` shows (trees `resources-*` in the comparison). */
const version3: readonly (readonly [string, string, unknown])[] = [
  ["", "null", null],
  ["~", "null", null],
  ["nULL", "str", "nULL"],
  ["yes", "str", "yes"],
  ["True", "bool", true],
  ["012", "int", 10n],
  ["08", "float", 8],
  ["0o17", "int", 15n],
  ["-0x1F", "int", -31n],
  ["0b101", "int", 5n],
  ["1_000", "int", 1000n],
  ["18446744073709551615", "int", 18446744073709551615n],
  ["18446744073709551616", "float", 2 ** 64],
  ["1e3", "float", 1000],
  [".5", "float", 0.5],
  ["1.", "float", 1],
  [".", "str", "."],
  ["1e400", "str", "1e400"],
  ["-.INF", "float", Number.NEGATIVE_INFINITY],
  ["12:30", "str", "12:30"],
  ["2001-12-14", "timestamp", "2001-12-14T00:00:00Z"],
  ["2001-1-2 3:4:5.60", "timestamp", "2001-01-02T03:04:05.6Z"],
  ["2001-12-14T21:59:43,1-05:00", "timestamp", "2001-12-14T21:59:43.1-05:00"],
  ["2001-02-29", "str", "2001-02-29"],
  ["2001-12-1412:30:45", "str", "2001-12-1412:30:45"],
  ["__proto__", "str", "__proto__"],
];

test.each(version3)("%j is %s", (text, tag, value) => {
  expect(resolveTag(text)).toBe(tag);
  const found = scalarValue(plain(text));
  expect("value" in found ? found.value : null).toEqual(value);
});

describe("YAML 1.1, which kustomizations and JSON patches are read with", () => {
  test.each(["y", "Yes", "on", "n", "NO", "Off"])("%s is a boolean", (text) => {
    expect([resolveTag(text), resolveYaml11Tag(text)]).toEqual(["str", "bool"]);
  });

  test.each([
    ["n", "bool", "false"],
    ["012", "int", "10"],
    ["1e3", "float", "1000"],
    ["2001-12-14", "str", "2001-12-14"],
    ["text", "str", "text"],
  ])("the value %s becomes the %s %s", (text, tag, expected) => {
    expect(asYaml11(plain(text))).toMatchObject({ tag, text: expected });
  });

  test("quotes and written tags decide", () => {
    expect(asYaml11({ ...plain("n"), style: "double" })).toMatchObject({ tag: "str", text: "n" });
    expect(asYaml11({ ...plain("n"), tagged: true })).toMatchObject({ tag: "str", text: "n" });
  });

  test("keys become strings, and untouched nodes stay the same object", () => {
    const key = plain("y");
    const origin = key.origin;
    const node = { kind: "mapping", entries: [{ key, value: plain("a") }], origin } as const;
    expect(asYaml11(node)).toMatchObject({ entries: [{ key: { text: "true", tag: "str" }, value: { text: "a" } }] });
    const same = { kind: "mapping", entries: [{ key: plain("a"), value: plain("b") }], origin } as const;
    expect(asYaml11(same)).toBe(same);
  });
});

test.each([
  ["int", "abc"],
  ["bool", "yes"],
  ["binary", "%"],
] as const)("a value that does not fit its written tag !!%s is invalid", (tag, text) => {
  expect(scalarValue({ ...plain(text), tag }).kind).toBe("invalid");
});

test("!!binary becomes text", () => {
  expect(scalarValue({ ...plain("aGVs\nbG8="), tag: "binary" })).toEqual({ kind: "string", value: "hello" });
});

function plain(text: string): Scalar {
  const place = { file: { path: "/a.yaml", text }, start: 0, end: text.length };
  return { kind: "scalar", text, tag: resolveTag(text), style: "plain", origin: { place } };
}
