import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

const clusters = "  - clusters: {}\n";

/** A line that expects a finding from a column on. */
function found(column: number, width: number, finding: string): string {
  return `\n${"#".padEnd(column)}${"^".repeat(width)} ${finding}`;
}

interface Sample {
  readonly spec?: string;
  readonly generators?: string;
  readonly name?: string;
  readonly path?: string;
  readonly more?: string;
}

/** An ApplicationSet without templates of Go. */
function set({ spec = "", generators = clusters, name = "'{{name}}'", path = "a", more = "" }: Sample): string {
  return `#- a.yaml
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: a, namespace: argocd}
spec:
${spec}  generators:
${generators}  template:
    metadata:
      name: ${name}
    spec:
      project: default
      destination: {name: in-cluster, namespace: a}
      source:
        repoURL: https://example.com/a.git
        path: ${path}
${more}`;
}

/** One with templates of Go. */
function goSet({ spec = "", name = "'{{.name}}'", ...rest }: Sample): string {
  return set({ spec: `  goTemplate: true\n  goTemplateOptions: [missingkey=error]\n${spec}`, name, ...rest });
}

describe("argocd/unknown-parameter", () => {
  test("hits names that no generator gives, by the kind of template", async () => {
    await checkDiagnostics(
      set({
        name: `'{{nmae}}'${found(15, 4, "warning argocd/unknown-parameter: No generator gives the parameter `nmae`, so the braces stay.")}`,
      }),
    );
    await checkDiagnostics(
      goSet({
        name: `'{{ .nmae }}'${found(16, 5, "error argocd/unknown-parameter: No generator gives the parameter `nmae`.")}`,
      }),
    );
    await checkDiagnostics(
      set({
        spec: `  goTemplate: true${found(2, 10, "hint argocd/missing-key-option")}
`,
        name: `'{{ .nmae }}'${found(16, 5, "warning argocd/unknown-parameter")}`,
      }),
    );
  });
  test("knows keys of elements at any depth, and values", () =>
    checkDiagnostics(
      goSet({
        generators: `  - list:
      elements:
      - {stage: dev, cluster: {name: a}}
      - {stage: prod, cluster: {name: b, zone: x}}
  - clusters:
      values: {team: a}
`,
        name: "'{{.stage}}-{{.cluster.name}}-{{.cluster.zone}}-{{.values.team}}-{{.metadata.labels.any}}'",
        path: `'{{.cluster.nam}}'${found(17, 12, "error argocd/unknown-parameter")}`,
      }),
    ));
  test("knows the path of a directory, below its prefix", () =>
    checkDiagnostics(
      goSet({
        generators: `  - git:
      repoURL: https://example.com/a.git
      revision: HEAD
      pathParamPrefix: my
      directories: [{path: apps/*}]
`,
        name: "'{{.my.path.basename}}-{{index .my.path.segments 1}}'",
        path: `'{{.path.path}}'${found(17, 10, "error argocd/unknown-parameter")}`,
      }),
    ));
  test("knows a flat path without Go", () =>
    checkDiagnostics(
      set({
        generators: `  - git:
      repoURL: https://example.com/a.git
      revision: HEAD
      directories: [{path: apps/*}]
`,
        name: "'{{path.basename}}-{{path[1]}}'",
        path: `'{{path.filename}}'${found(17, 13, "warning argocd/unknown-parameter")}`,
      }),
    ));
  test("knows both halves of a matrix, also in the second one", () =>
    checkDiagnostics(
      set({
        generators: `  - matrix:
      generators:
      - clusters: {}
      - git:
          repoURL: https://example.com/a.git
          revision: HEAD
          directories: [{path: 'apps/{{name}}/{{nam}}/*'}]
#                                               ^^^ warning argocd/unknown-parameter
`,
        name: "'{{name}}-{{path.basename}}'",
      }),
    ));
  test.each([
    ["files", "  - git: {repoURL: a, revision: b, files: [{path: '*.yaml'}]}\n"],
    ["a plugin", "  - plugin: {configMapRef: {name: a}}\n"],
    ["elements as text", "  - list: {elements: [], elementsYaml: '{{ .x }}'}\n"],
    ["a generator that nobody knows", "  - matrix: {generators: [{clusters: {}}, {union: {}}]}\n"],
  ])("knows nothing of %s", async (_, generators) => {
    const found = await findFixes(goSet({ generators, name: "'{{.anything}}'" }), "argocd/unknown-parameter");
    expect(found.size).toBe(0);
  });
  test("leaves conditions, other dots and texts in quotes alone", () =>
    checkDiagnostics(
      goSet({
        name: `'{{if .maybe}}{{.maybe}}{{else}}{{.name}}{{end}}-{{default "a" .other}}'`,
        path: `'{{range $k, $v := .metadata.labels}}{{.inner}}{{$v.x}}{{end}}{{ printf "{{.no}}" }}{{/* .no */}}'`,
      }),
    ));
  test("hits in a templatePatch, at the name", () =>
    checkDiagnostics(
      goSet({
        more: `  templatePatch: |\n    spec:\n      source:\n        path: '{{ .name }}/{{ .sevrer }}'${found(30, 7, "error argocd/unknown-parameter")}\n`,
      }),
    ));
  test("leaves braces in values for Helm alone, unless a parameter is misspelt", () =>
    checkDiagnostics(
      set({
        more: `        helm:\n          values: |\n            a: '{{ workflow }}'\n            b: '{{ serve }}'${found(19, 5, "warning argocd/unknown-parameter")}\n`,
      }),
    ));
  test("fix: writes the parameter that was meant", () =>
    checkFix(
      goSet({ name: "'{{ .nmae }}'" }),
      "argocd/unknown-parameter",
      "Change to '.name'",
      goSet({ name: "'{{ .name }}'" }),
    ));
  test("says nothing while there are no generators", async () => {
    expect((await findFixes(goSet({ generators: "  - {}\n" }), "argocd/unknown-parameter")).size).toBe(0);
  });
});

describe("argocd/template-syntax", () => {
  test("hits a plain name in Go, which stops it, and Go in a plain template", async () => {
    await checkDiagnostics(goSet({ name: `'{{name}}'${found(15, 4, "error argocd/template-syntax")}` }));
    await checkDiagnostics(set({ name: `'{{.name}}'${found(15, 5, "warning argocd/template-syntax")}` }));
  });
  test("leaves functions of Go, and braces for somebody else, alone", async () => {
    await checkDiagnostics(goSet({ name: "'{{.name}}-{{now}}'" }));
    await checkDiagnostics(set({ more: "        helm: {values: 'a: {{ .Values.x }}'}\n" }));
  });
  test("fix: writes the way to the path", () =>
    checkFix(
      goSet({
        generators: "  - git: {repoURL: a, revision: b, directories: [{path: '*'}]}\n",
        name: "a",
        path: "'{{path}}'",
      }),
      "argocd/template-syntax",
      "Change to '.path.path'",
      goSet({
        generators: "  - git: {repoURL: a, revision: b, directories: [{path: '*'}]}\n",
        name: "a",
        path: "'{{.path.path}}'",
      }),
    ));
  test("fix: turns to templates of Go", () =>
    checkFix(
      set({ name: "'{{.name}}'" }),
      "argocd/template-syntax",
      "Use templates of Go",
      set({ spec: "  goTemplate: true\n", name: "'{{.name}}'" }),
    ));
});

test("argocd/missing-key-option: adds the option", () =>
  checkFix(
    set({ spec: "  goTemplate: true\n", name: "'{{.name}}'" }),
    "argocd/missing-key-option",
    "Add 'missingkey=error'",
    `${set({ spec: "  goTemplate: true\n", name: "'{{.name}}'" })}  goTemplateOptions:\n  - missingkey=error\n`,
  ));

describe("generators", () => {
  test("argocd/generator-count hits two in a matrix, none anywhere, and knows that two work on top", () =>
    checkDiagnostics(
      set({
        generators: `  - matrix:
      generators:
      - clusters: {}
        list: {elements: []}
#       ^^^^ error argocd/generator-count
      - selector: {matchLabels: {a: b}}
#       ^^^^^^^^ error argocd/generator-count
  - clusters: {}
    selector: {matchLabels: {a: b}}
  - clusters: {}
    list: {elements: []}
#   ^^^^ information argocd/generator-count
`,
      }),
    ));
  test("argocd/generator-nesting hits the third level", () =>
    checkDiagnostics(
      set({
        generators: `  - matrix:
      generators:
      - clusters: {}
      - matrix:
          generators:
          - clusters: {}
          - merge: {mergeKeys: [name], generators: [{clusters: {}}, {clusters: {}}]}
#           ^^^^^ error argocd/generator-nesting
`,
      }),
    ));
  test("argocd/git-generator-paths hits none and both", async () => {
    const git = (lines: string) =>
      set({
        generators: `  - git:\n      repoURL: https://example.com/a.git\n      revision: HEAD\n${lines}`,
        name: "a",
      });
    await checkDiagnostics(git("").replace("git:\n", "git:\n#   ^^^ error argocd/git-generator-paths\n"));
    const both = git("      directories: [{path: a}]\n      files: [{path: b}]\n");
    await checkDiagnostics(both.replace("b}]\n", "b}]\n#     ^^^^^ warning argocd/git-generator-paths\n"));
    await checkFix(both, "argocd/git-generator-paths", "Remove 'files'", git("      directories: [{path: a}]\n"));
  });
  test("argocd/constant-name hits several elements with one name", () =>
    checkDiagnostics(
      set({
        generators: "  - list: {elements: [{a: b}, {a: c}]}\n",
        name: "all\n#           ^^^ error argocd/constant-name",
      }),
    ));
  test("argocd/constant-name takes one element, and elements that are selected from", async () => {
    await checkDiagnostics(set({ generators: "  - list: {elements: [{a: b}]}\n", name: "all" }));
    await checkDiagnostics(
      set({ generators: "  - list: {elements: [{a: b}, {a: c}]}\n    selector: {matchLabels: {a: b}}\n", name: "all" }),
    );
  });
  test("argocd/list-element-text hits numbers and maps, not where templates are those of Go", async () => {
    const generators = "  - list:\n      elements:\n      - name: a\n        count: 1\n";
    await checkDiagnostics(
      set({ generators: `${generators}#              ^ error argocd/list-element-text\n        values: {a: b}\n` }),
    );
    await checkDiagnostics(goSet({ generators }));
    await checkFix(
      set({ generators }),
      "argocd/list-element-text",
      "Put it in quotes",
      set({ generators: generators.replace("1", '"1"') }),
    );
  });
  test("argocd/unknown-merge-key hits a key that the first generator does not give", async () => {
    const merge = (key: string) => `  - merge:
      mergeKeys: [${key}]
      generators:
      - clusters: {values: {team: a}}
      - list: {elements: [{server: a, team: b}]}
`;
    await checkDiagnostics(
      set({
        generators: merge("sever").replace("]\n", "]\n#                 ^^^^^ warning argocd/unknown-merge-key\n"),
      }),
    );
    await checkDiagnostics(set({ generators: merge("values.team") }));
    await checkDiagnostics(
      goSet({
        generators: merge("values.team").replace(
          "]\n",
          "]\n#                 ^^^^^^^^^^^ warning argocd/unknown-merge-key\n",
        ),
      }),
    );
  });
  test("argocd/ineffective-strategy hits steps without their type, and the type without steps", async () => {
    const strategy = (text: string) => set({ spec: `  strategy:\n${text}` });
    const steps = "    rollingSync:\n      steps: [{matchExpressions: [{key: a, operator: In, values: [b]}]}]\n";
    await checkDiagnostics(
      strategy(steps.replace("Sync:\n", "Sync:\n#   ^^^^^^^^^^^ warning argocd/ineffective-strategy\n")),
    );
    await checkDiagnostics(
      strategy("    type: RollingSync\n#         ^^^^^^^^^^^ warning argocd/ineffective-strategy\n"),
    );
    await checkDiagnostics(
      strategy(
        "    type: AllAtOnce\n    deletionOrder: Reverse\n#   ^^^^^^^^^^^^^ warning argocd/ineffective-strategy\n",
      ),
    );
    await checkDiagnostics(strategy(`    type: RollingSync\n    deletionOrder: Reverse\n${steps}`));
  });
});

test("the rules for Applications look into the template", () =>
  checkDiagnostics(
    set({
      more: "        chart: a\n        targetRevision: 1.2.3\n",
      path: "b"
        .replace("b", "b\n#       ^^^^ warning argocd/path-beside-chart")
        .replace("#       ^^^^", "#       ^^^^"),
    }),
  ));

describe("argocd/broken-template", () => {
  test("hits braces and blocks without their end, at them", async () => {
    await checkDiagnostics(
      goSet({ path: `'{{ .name }}/{{ .server'${found(27, 2, "error argocd/broken-template: `{{` is not closed.")}` }),
    );
    await checkDiagnostics(
      goSet({ path: `'{{if .name}}a'${found(15, 12, "error argocd/broken-template: `if` has no `{{ end }}`.")}` }),
    );
    await checkDiagnostics(goSet({ path: `'a{{end}}'${found(16, 7, "error argocd/broken-template")}` }));
  });
  test("leaves blocks in blocks, texts in quotes, and plain templates alone", async () => {
    await checkDiagnostics(
      goSet({ path: "'{{if .name}}{{range .metadata.labels}}{{ `{{` }}{{end}}{{else}}b{{end}}'" }),
    );
    await checkDiagnostics(set({ path: "'{{name}}/{{'" }));
  });
});

test("argocd/ignored-template-namespace hits one that is not the ApplicationSet's", async () => {
  const text = (namespace: string) => set({ name: `'{{name}}'\n      namespace: ${namespace}` });
  await checkDiagnostics(text(`shop${found(6, 9, "warning argocd/ignored-template-namespace")}`));
  await checkDiagnostics(text("argocd"));
  await checkFix(text("shop"), "argocd/ignored-template-namespace", "Remove 'namespace'", set({}));
});

test("argocd/automated-with-rolling-sync hits where both say how to sync", async () => {
  const steps = "    rollingSync:\n      steps: [{matchExpressions: [{key: a, operator: In, values: [b]}]}]\n";
  const text = (more: string) =>
    set({ spec: `  strategy:\n    type: RollingSync\n${steps}`, more: `      syncPolicy:\n${more}` });
  await checkDiagnostics(
    text(`        automated: {prune: true}${found(8, 9, "information argocd/automated-with-rolling-sync")}\n`),
  );
  await checkDiagnostics(text("        automated: {enabled: false}\n"));
});
