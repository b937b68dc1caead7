import type { Rule, RuleDocs } from "../../../analysis/rule";

const sample = (text: string): string => `#- kustomization.yaml\n${text}`;
const manifest = (text: string): string =>
  `#- kustomization.yaml\nresources:\n- a.yaml\n#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n${text}`;
const emptied = (text: string): string =>
  `${manifest(text)}#- patch.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  port: null\n`.replace(
    "- a.yaml\n",
    "- a.yaml\npatches:\n- path: patch.yaml\n",
  );
const patched = (from: string): string =>
  `#- kustomization.yaml
resources:
- a.yaml
patches:
- path: patch.yaml
#- a.yaml
apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  containers:
  - name: a
    image: example/a:1.0.0
    env: [{name: PORT, value: "80"}]
#- patch.yaml
apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  containers:
  - name: a
    env:
    - name: PASSWORD
${from}          secretKeyRef: {name: a, key: password}
`;
const good = sample("namePrefix: a-\n");

/** By the part of the code behind `yaml/`: what the reader and the emitter find and no fix can guess. */
const table: Readonly<Record<string, RuleDocs>> = {
  syntax: {
    summary: "The text is no YAML.",
    explanation: "Compare the indentation, the colons and the quotes with the lines around.",
    bad: sample("resources: - a.yaml\n"),
    good,
  },
  indentation: {
    summary: "A line is indented differently from those it belongs to.",
    explanation: "All keys of a map, and all dashes of a list, stand in the same column.",
    bad: sample("sortOptions:\n    order: legacy\n  legacySortOptions: {}\n"),
    good: sample("sortOptions:\n  order: legacy\n  legacySortOptions: {}\n"),
  },
  "nested-mapping": {
    summary: "A line has two `key:` behind each other.",
    explanation: "Put a text that holds a colon and a space in quotes, or begin a new line for the inner map.",
    bad: sample("namePrefix: a: b\n"),
    good: sample('namePrefix: "a: b"\n'),
  },
  "too-large": {
    summary:
      "A document of more than two million characters holds more than plain maps, lists and texts, or a mistake.",
    explanation:
      "Large documents are read by a fast reader that knows no anchors, aliases and tags. Split the document.",
    bad: "",
    good,
  },
  "nested-sequence": {
    summary: "A list begins on the line of its key.",
    explanation: "The first dash stands on a line of its own.",
    bad: "",
    good: sample("resources: []\n"),
  },
  "missing-colon": {
    summary: "A line has no colon and belongs to no text above it.",
    explanation: "Write `key: value`, with a space behind the colon.",
    bad: sample("resources: []\nnamePrefix\n"),
    good: sample("resources: []\nnamePrefix: a-\n"),
  },
  "missing-dash": {
    summary: "A line stands between the items of a list and has no dash.",
    explanation: "Begin it with `- `, or indent it as part of the item above.",
    bad: "",
    good: sample("images:\n- name: a\n  newTag: v1\n- name: b\n"),
  },
  "missing-comma": {
    summary: "Something is missing between two items in brackets.",
    explanation: "Separate items by a comma, and a key from its value by a colon and a space.",
    bad: sample('buildMetadata: ["originAnnotations" "managedByLabel"]\n'),
    good: sample('buildMetadata: ["originAnnotations", "managedByLabel"]\n'),
  },
  "question-mark": {
    summary: "A text inside brackets holds a `?` and has no quotes.",
    explanation: "Kustomize takes the `?` for the beginning of a key there. Put the text in quotes.",
    bad: sample("commonAnnotations: {a: http://b.example.com/c?d=e}\n"),
    good: sample('commonAnnotations: {a: "http://b.example.com/c?d=e"}\n'),
  },
  "unclosed-flow": {
    summary: "A list or map in brackets is not closed.",
    explanation: "Add the missing `]` or `}`, or indent the line if it belongs inside.",
    bad: sample("resources: [\nnamePrefix: a-\n"),
    good: sample("resources: []\nnamePrefix: a-\n"),
  },
  "block-in-flow": {
    summary: "A list with dashes, or a map by indentation, stands inside brackets.",
    explanation: "Write the inner value with brackets too.",
    bad: "",
    good: sample("images: [{name: a}]\n"),
  },
  "unexpected-text": {
    summary: "A text does not belong to the value before it.",
    explanation: "Check the indentation, and whether the lines above are a list or a map.",
    bad: sample('namePrefix: "a" b\n'),
    good,
  },
  "reserved-character": {
    summary: "A text begins with a character that has a meaning in YAML.",
    explanation: "Put the text in quotes.",
    bad: sample("namePrefix: @a\n"),
    good: sample('namePrefix: "@a"\n'),
  },
  "unknown-escape": {
    summary: "A text in double quotes has an escape sequence that YAML does not know.",
    explanation: "Write two backslashes for one, or use single quotes.",
    bad: sample('namePrefix: "a\\q"\n'),
    good: sample("namePrefix: 'a\\q'\n"),
  },
  "control-character": {
    summary: "A control character stands in the text.",
    explanation: "Remove it, or write it as an escape sequence in double quotes.",
    bad: sample("namePrefix: a\u0001\n"),
    good,
  },
  "key-too-long": {
    summary: "A key and its colon are more than 1,024 characters apart.",
    explanation: "Shorten the key.",
    bad: "",
    good,
  },
  "too-deep": {
    summary: "Values are nested too deep to be read.",
    explanation: "Flatten the document. The limit keeps a broken file from stopping the editor.",
    bad: "",
    good,
  },
  "unknown-alias": {
    summary: "An alias names no anchor before it in its document.",
    explanation: "Anchors count within one document only. A text that begins with `*` needs quotes.",
    bad: sample("namePrefix: *a\n"),
    good: sample('namePrefix: "*a"\n'),
  },
  "empty-alias": {
    summary: "An alias or anchor has no name.",
    explanation: "Put a text that begins with `*` or `&` in quotes.",
    bad: sample("namePrefix: * a\n"),
    good: sample('namePrefix: "* a"\n'),
  },
  "anchor-name": {
    summary: "The name of an anchor holds characters that Kustomize does not take.",
    explanation: "Use letters, digits, `_` and `-`.",
    bad: sample("namePrefix: &a.b a-\n"),
    good: sample("namePrefix: &a a-\n"),
  },
  "alias-cycle": {
    summary: "An alias stands inside the value that it names.",
    explanation: "Such a value would have no end.",
    bad: sample("commonAnnotations: &a\n  b: *a\n"),
    good: sample("commonAnnotations:\n  b: a\n"),
  },
  "alias-bomb": {
    summary: "The aliases of a document stand for too many values.",
    explanation: "A few lines can stand for billions of values. Write the values out, or share fewer of them.",
    bad: "",
    good,
  },
  "merge-key": {
    summary: "A `<<` has no map to merge.",
    explanation: "Behind `<<` stands the alias of a map, or a list of such aliases.",
    bad: sample("commonAnnotations:\n  <<: a\n"),
    good: sample("commonAnnotations:\n  a: b\n"),
  },
  "complex-key": {
    summary: "A list or map is used as a key.",
    explanation: "Keys of Kubernetes objects are strings.",
    bad: sample("commonAnnotations:\n  ? [a]\n  : b\n"),
    good: sample("commonAnnotations:\n  a: b\n"),
  },
  directive: {
    summary: "The file has a directive such as `%YAML`.",
    explanation: "Kustomize reads none. Remove it.",
    bad: sample("%YAML 1.2\nnamePrefix: a-\n"),
    good,
  },
  "document-separator": {
    summary: "Text stands behind the `---` between two documents.",
    explanation: "Begin a new line behind `---`.",
    bad: manifest("--- text\nkind: ConfigMap\n"),
    good: manifest(""),
  },
  "emptied-comment": {
    summary: "Patches leave nothing in a map or list that has a comment behind its key.",
    explanation:
      "Kustomize then writes YAML that it cannot read again, and fails. Put the comment on a line of its own above the key.",
    bad: emptied("data: # of the server\n  port: a\n"),
    good: emptied("# of the server\ndata:\n  port: a\n"),
  },
  "comment-in-brackets": {
    summary: "A patch brings a key with a comment behind it into an object that is written in brackets.",
    explanation:
      "Kustomize then writes YAML that it cannot read again, and fails. Put the comment on a line of its own above the key.",
    bad: patched("      valueFrom: # of the vault\n"),
    good: patched("      # of the vault\n      valueFrom:\n"),
  },
  "unprintable-value": {
    summary: "A value cannot be written to the output.",
    explanation: "JSON knows no infinity and no NaN, and control characters are not allowed.",
    bad: manifest("data:\n  a: .nan\n"),
    good: manifest('data:\n  a: ".nan"\n'),
  },
};

/** Found by the emitter when a build is printed; all others when a file is read. */
const ofEngine: ReadonlySet<string> = new Set(["comment-in-brackets", "emptied-comment", "unprintable-value"]);

/** The rules of the reader without a fix. */
export const readerRules: readonly Rule[] = Object.entries(table).map(
  ([name, docs]): Rule =>
    ofEngine.has(name)
      ? { code: `yaml/${name}`, severity: "error", scope: "build", check: "engine", docs }
      : { code: `yaml/${name}`, severity: "error", scope: "document", check: "reader", docs },
);
