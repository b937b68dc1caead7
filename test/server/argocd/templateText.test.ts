import { describe, expect, test } from "vitest";
import { findGoNames, findPlainNames } from "../../../server/src/argocd/templateText";

function goNames(text: string): readonly string[] {
  return findGoNames(text).map(({ name, start, end }) => `${name}@${text.slice(start, end)}`);
}

describe("findGoNames", () => {
  test.each([
    ["a-{{ .name }}-{{- .path.basename -}}", ["name@.name", "path.basename@.path.basename"]],
    ["{{ index .path.segments 1 }}", ["path.segments@.path.segments"]],
    ["{{ .name | replace `.x` `-` | upper }}", ["name@.name"]],
    ['{{ printf "{{ .no }} %s" .name }}', ["name@.name"]],
    ["{{ range .list }}{{ .inner }}{{ $.name }}{{ end }}{{ .after }}", ["list@.list", "name@.name", "after@.after"]],
    ["{{ with .a }}{{ .b }}{{ else }}{{ .c }}{{ end }}", ["a@.a", "c@.c"]],
    ["{{ (index .list 0).field }}{{ $x.field }}{{ . }}", ["list@.list"]],
    ["{{/* .comment */}}{{", []],
  ])("%s", (text, names) => expect(goNames(text)).toEqual(names));

  test("knows what may be missing", () => {
    const text = '{{ if .a }}{{ .b }}{{ end }}{{ .c | default "x" }}{{ .d }}';
    expect(findGoNames(text).flatMap(({ name, conditional }) => (conditional ? [] : [name]))).toEqual(["d"]);
  });
});

test("findPlainNames takes names alone", () => {
  const text = "{{name}}-{{ path.basename }}{{path[0]}}{{metadata.labels.a/b-c}}{{ .x }}{{ $y }}{{ a b }}{{}}";
  expect(findPlainNames(text).map(({ name }) => name)).toEqual([
    "name",
    "path.basename",
    "path[0]",
    "metadata.labels.a/b-c",
  ]);
});
