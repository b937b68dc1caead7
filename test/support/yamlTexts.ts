import fc from "fast-check";

/**
 * Random YAML texts: mostly valid, with everything that people and generators write, and now and then a character too much or
 * too few.
 */

const words = fc.constantFrom(
  ...[
    "a",
    "word",
    "b c",
    "é",
    "😀",
    "yes",
    "n",
    "12",
    "0x1F",
    "1.50",
    "~",
    "null",
    "true",
    "2001-12-14",
    "12:30",
    "x:y",
    "a#b",
  ],
  ...[
    "--flag",
    "-1",
    "http://x.y/z?a=b",
    "$(V)",
    ".5",
    "1e3",
    "012",
    "1_000",
    "it's",
    'say "x"',
    "- x",
    "k: v",
    "# c",
    "=",
    "<<",
  ],
  ...[
    ".inf",
    "0o7",
    "+1",
    "long long words that go on and on until the line is wrapped by the emitter at last, somewhere far right",
  ],
);
const plain = fc.array(words, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(" "));
const single = plain.map((text) => `'${text.replaceAll("'", "''")}'`);
const double = fc
  .tuple(plain, fc.constantFrom("", "\n", "\n\nx", " \n y", "\t"))
  .map(([text, tail]) => JSON.stringify(text + tail));
const lines = fc.array(
  fc.constantFrom("", "text", "  deeper", "x: y", "# no comment", "- item", "end  ", "\ttab", "---x"),
  {
    minLength: 1,
    maxLength: 5,
  },
);
const header = fc.tuple(
  fc.constantFrom("|", ">"),
  fc.constantFrom("", "", "-", "+", "2", "2-"),
  fc.constantFrom("", "", " # c"),
);

const block = (indent: string): fc.Arbitrary<string> =>
  fc.tuple(header, lines).map(([[style, hints, comment], texts]) => {
    const body = texts.map((line) => (line === "" ? "" : `${indent}  ${line}`));
    return ` ${style}${hints}${comment}\n${body.join("\n")}`;
  });

const flow: fc.Arbitrary<string> = fc.letrec<{ value: string; list: string; map: string }>((tie) => ({
  value: fc.oneof({ depthSize: "small", withCrossShrink: true }, plain, single, double, tie("list"), tie("map")),
  list: fc
    .tuple(fc.array(tie("value"), { maxLength: 3 }), fc.constantFrom(", ", ",", ",\n      "))
    .map(([items, comma]) => `[${items.join(comma)}]`),
  map: fc
    .uniqueArray(fc.tuple(fc.constantFrom("a", "b c", "'q'", '"d"'), tie("value")), {
      maxLength: 3,
      selector: ([key]) => key,
    })
    .map((entries) => `{${entries.map(([key, value]) => `${key}: ${value}`).join(", ")}}`),
})).value;

const keys = fc.constantFrom(
  "k",
  "a b",
  "'q k'",
  '"d"',
  "yes",
  "x/y",
  "12",
  "k-9",
  "k-10",
  "K",
  "_u",
  "é",
  "key.with.dots",
  "$v",
);

function value(indent: string, depth: number): fc.Arbitrary<string> {
  const scalar = fc.oneof(
    plain.map((text) => ` ${text}`),
    single.map((text) => ` ${text}`),
    double.map((text) => ` ${text}`),
    block(indent),
    fc.tuple(plain, plain).map(([first, second]) => ` ${first}\n${indent}   ${second}`),
    flow.map((text) => ` ${text}`),
    fc.constantFrom("", " # c", " ~", " &a x", " *a", " !!str 1", "\tx"),
  );
  if (depth >= 3) return scalar;
  return fc.oneof(
    { weight: 3, arbitrary: scalar },
    { weight: 1, arbitrary: mapping(`${indent}  `, depth + 1).map((text) => `\n${text}`) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(indent, `${indent}  `)
        .chain((column) => list(column, depth + 1))
        .map((text) => `\n${text}`),
    },
  );
}

function mapping(indent: string, depth: number): fc.Arbitrary<string> {
  const entry = fc.tuple(keys, value(indent, depth), fc.constantFrom("", "", "", `\n${indent}# c`, "\n", "\n# c"));
  return fc
    .uniqueArray(entry, { minLength: 1, maxLength: 4, selector: ([key]) => key })
    .map((entries) => entries.map(([key, text, tail]) => `${indent}${key}:${text}${tail}`).join("\n"));
}

function list(indent: string, depth: number): fc.Arbitrary<string> {
  const nested =
    depth < 3
      ? mapping(`${indent}  `, depth + 1).map((text) => ` ${text.slice(indent.length + 2)}`)
      : plain.map((text) => ` ${text}`);
  return fc
    .array(fc.oneof(value(indent, depth), nested), { minLength: 1, maxLength: 3 })
    .map((items) => items.map((item) => `${indent}-${item}`).join("\n"));
}

const slip = fc.option(fc.tuple(fc.nat(), fc.constantFrom(" ", "\t", "'", '"', ":", "-", "\n", "#", "{", "]", "")), {
  freq: 4,
  nil: undefined,
});

/** A text of one or more documents. */
export const yamlText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "---\n", "# c\n", "# c\n---\n", "\ufeff"),
    fc.array(mapping("", 0), { minLength: 1, maxLength: 3 }),
    fc.constantFrom("\n---\n", "\n--- # c\n", "\n---\n---\n", "\n...\n---\n"),
    fc.constantFrom("\n", "\n", "", "\n---\n", "\n---", "\n# c\n"),
    fc.tuple(slip, fc.boolean()),
  )
  .map(([start, documents, separator, end, [mistake, windows]]) => {
    let text = start + documents.join(separator) + end;
    if (mistake !== undefined) {
      const at = mistake[0] % text.length;
      text = text.slice(0, at) + mistake[1] + text.slice(at + (mistake[1] === "" ? 1 : 0));
    }
    return windows ? text.replaceAll("\n", "\r\n") : text;
  });
