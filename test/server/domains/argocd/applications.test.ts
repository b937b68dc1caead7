import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

const head =
  "#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a, namespace: argocd}\nspec:\n";
const source = "  source:\n    repoURL: https://example.com/a.git\n    path: a\n";
const destination = "  destination: {name: in-cluster, namespace: a}\n";

/** An Application with these lines in its spec, beside a project. */
function application(text: string): string {
  return `${head}  project: default\n${text}`;
}

describe("argocd/incomplete-source", () => {
  test("hits a source without path and chart, and a chart without version", async () => {
    await checkDiagnostics(
      application(`${destination}  source:
    repoURL: https://example.com/a.git
#   ^^^^^^^ error argocd/incomplete-source: The source has no \`path\` or \`chart\`
    targetRevision: HEAD
`),
    );
    await checkDiagnostics(
      application(`${destination}  sources:
  - repoURL: https://example.com/charts
    chart: a
#   ^^^^^ error argocd/incomplete-source: A chart needs a version.
  - repoURL: https://example.com/a.git
#   ^^^^^^^ error argocd/incomplete-source: The source has no \`path\`, \`chart\` or \`ref\`
  - repoURL: https://example.com/b.git
    ref: values
`),
    );
  });
  test("hits an Application without any source", () =>
    checkDiagnostics(
      application(destination).replace(
        "spec:\n",
        "spec:\n#^^^ error argocd/incomplete-source: The Application has no source.\n",
      ),
    ));
  test("leaves patches, what patches complete, and templates that are laid over alone", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [a.yaml, set.yaml]
patches:
- path: p.yaml
${application(`${destination}  source: {repoURL: ""}\n`)}#- p.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: a, namespace: argocd}
spec: {source: {repoURL: https://example.com/a.git, path: b}}
#- set.yaml
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: set, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators: [{clusters: {}}]
  template:
    metadata: {name: '{{.name}}'}
    spec: {project: default, destination: {server: '{{.server}}'}}
  templatePatch: |
    spec: {source: {repoURL: https://example.com/a.git, path: b}}
`));
});

describe("argocd/path-beside-chart", () => {
  const chart = (line: string) =>
    application(
      `${destination}  source:\n    repoURL: https://example.com/charts\n    chart: a\n    targetRevision: 1.2.3\n${line}`,
    );
  test("hits a path, not an empty one", async () => {
    await checkDiagnostics(chart("    path: a\n#   ^^^^ warning argocd/path-beside-chart\n"));
    await checkDiagnostics(chart('    path: ""\n'));
  });
  test("fix: removes it", () =>
    checkFix(chart("    path: a\n"), "argocd/path-beside-chart", "Remove 'path'", chart("")));
});

describe("argocd/several-source-types and argocd/options-of-other-tool", () => {
  test("hit the second tool, unless it says nothing", () =>
    checkDiagnostics(
      application(`${destination}  source:
    repoURL: https://example.com/a.git
    path: a
    directory: {recurse: false}
    kustomize: {namePrefix: a-}
    helm: {releaseName: a}
#   ^^^^ error argocd/several-source-types: A source cannot have \`kustomize\` and \`helm\`.
`),
    ));
  test("hit Kustomize on a chart", () =>
    checkDiagnostics(
      application(`${destination}  source:
    repoURL: https://example.com/charts
    chart: a
    targetRevision: 1.*
    kustomize: {namePrefix: a-}
#   ^^^^^^^^^ warning argocd/options-of-other-tool
`),
    ));
  test("fix: removes it", () =>
    checkFix(
      application(`${destination}${source}    helm: {releaseName: a}\n    plugin: {name: b}\n`),
      "argocd/several-source-types",
      "Remove 'plugin'",
      application(`${destination}${source}    helm: {releaseName: a}\n`),
    ));
});

describe("argocd/oci-chart and argocd/chart-revision", () => {
  const chart = (url: string, version: string) =>
    application(`${destination}  source:\n    repoURL: ${url}\n    chart: a\n    targetRevision: ${version}\n`);
  test("hit a scheme and a branch", async () => {
    await checkDiagnostics(chart("oci://example.com/a\n#            ^^^^^^ warning argocd/oci-chart", "1.2.3"));
    await checkDiagnostics(
      chart("https://example.com/a", "HEAD\n#                   ^^^^ warning argocd/chart-revision"),
    );
    await checkDiagnostics(chart("example.com/a", "main"));
  });
  test("fix: takes the scheme away", () =>
    checkFix(chart("oci://example.com/a", "1"), "argocd/oci-chart", "Remove 'oci://'", chart("example.com/a", "1")));
});

describe("sources that refer to each other", () => {
  const two = (first: string, second: string) =>
    application(`${destination}  sources:
  - repoURL: https://example.com/charts
    chart: a
    targetRevision: 1.2.3
${first}  - repoURL: https://example.com/values.git
${second}`);
  test("argocd/unknown-ref hits a value file of no source, at the name", () =>
    checkDiagnostics(
      two(
        "    helm:\n      valueFiles:\n      - a.yaml\n      - $value/a.yaml\n#        ^^^^^ error argocd/unknown-ref: No source has the `ref` `value`.\n",
        "    ref: values\n",
      ),
    ));
  test("argocd/unknown-ref hits a chart, and is less sure of a single source", async () => {
    await checkDiagnostics(
      application(`${destination}  sources:
  - repoURL: https://example.com/charts
    chart: a
    targetRevision: 1.2.3
    ref: charts
  - repoURL: https://example.com/a.git
    path: a
    helm:
      valueFiles:
      - $charts/a.yaml
#        ^^^^^^ error argocd/unknown-ref: The source with the \`ref\` \`charts\` is a chart
`),
    );
    await checkDiagnostics(
      application(
        `${destination}${source}    helm:\n      valueFiles:\n      - $values/a.yaml\n#        ^^^^^^ warning argocd/unknown-ref\n`,
      ),
    );
  });
  test("argocd/unknown-ref takes variables of the build, and parameters", () =>
    checkDiagnostics(
      two(
        "    helm:\n      valueFiles: [$values/a.yaml, $ARGOCD_APP_NAME.yaml, '$(X)/a.yaml']\n      fileParameters: [{name: a, path: $values/a}]\n",
        "    ref: values\n",
      ),
    ));
  test("fix: writes the name that was meant", () =>
    checkFix(
      two("    helm: {valueFiles: [$value/a.yaml]}\n", "    ref: values\n"),
      "argocd/unknown-ref",
      "Change to 'values'",
      two("    helm: {valueFiles: [$values/a.yaml]}\n", "    ref: values\n"),
    ));
  test("argocd/duplicate-ref and argocd/duplicate-source-name hit the second one", () =>
    checkDiagnostics(
      two(
        "    name: one\n    ref: values\n",
        "    name: one\n#         ^^^ warning argocd/duplicate-source-name\n    ref: values\n#        ^^^^^^ error argocd/duplicate-ref\n",
      ),
    ));
  test("argocd/ref-without-effect hits a single source", async () => {
    const text = application(`${destination}${source}    ref: values\n`);
    await checkDiagnostics(`${text}#   ^^^ warning argocd/ref-without-effect\n`);
    await checkFix(text, "argocd/ref-without-effect", "Remove 'ref'", application(destination + source));
  });
});

describe("argocd/ignored-source", () => {
  const several = "  sources:\n  - {repoURL: https://example.com/a.git, path: a}\n";
  test("hits the one that loses, and not where `sources` is empty", async () => {
    await checkDiagnostics(
      application(
        `${destination}${several}${source.replace("source:\n", "source:\n# ^^^^^^ warning argocd/ignored-source\n")}`,
      ),
    );
    await checkDiagnostics(application(`${destination}  sources: []\n${source}`));
  });
  test("fix: removes it", () =>
    checkFix(
      application(destination + several + source),
      "argocd/ignored-source",
      "Remove 'source'",
      application(destination + several),
    ));
});

describe("argocd/ambiguous-destination and argocd/missing-destination", () => {
  const to = (lines: string) => application(`${source}  destination:\n${lines}`);
  test("hit two clusters, and none", async () => {
    await checkDiagnostics(
      to("    server: https://kubernetes.default.svc\n    name: a\n#   ^^^^ error argocd/ambiguous-destination\n"),
    );
    await checkDiagnostics(
      to("    namespace: a\n").replace(
        "destination:\n",
        "destination:\n# ^^^^^^^^^^^ error argocd/missing-destination\n",
      ),
    );
  });
  test("take an empty name, and parameters of which one may be empty", () =>
    checkDiagnostics(
      `${to('    server: https://kubernetes.default.svc\n    name: ""\n')}#- set.yaml
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: set, namespace: argocd}
spec:
  generators: [{clusters: {values: {server: ""}}}]
  template:
    metadata: {name: '{{name}}'}
    spec:
      project: default
      source: {repoURL: https://example.com/a.git, path: a}
      destination: {server: '{{values.server}}', name: '{{name}}'}
`,
    ));
  test("fix: removes the name, adds the server", async () => {
    await checkFix(
      to("    server: https://kubernetes.default.svc\n    name: a\n"),
      "argocd/ambiguous-destination",
      "Remove 'name'",
      to("    server: https://kubernetes.default.svc\n"),
    );
    await checkFix(
      to("    namespace: a\n"),
      "argocd/missing-destination",
      "Deploy to the cluster of Argo CD",
      to("    server: https://kubernetes.default.svc\n    namespace: a\n"),
    );
  });
  test("say nothing of a destination that is not written yet", async () => {
    expect((await findFixes(to(""), "argocd/missing-destination")).size).toBe(0);
  });
});

describe("argocd/incomplete-hydrator", () => {
  const hydrator = (branch: string, path: string) =>
    application(
      `${destination}  sourceHydrator:\n    drySource: {repoURL: https://example.com/a.git, targetRevision: HEAD, path: a}\n    syncSource:\n      targetBranch: ${branch}\n      path: ${path}\n`,
    );
  test("hits an empty branch and the root", async () => {
    await checkDiagnostics(
      hydrator('""', "a").replace('""\n', '""\n#     ^^^^^^^^^^^^ error argocd/incomplete-hydrator\n'),
    );
    await checkDiagnostics(hydrator("b", "./\n#           ^^ error argocd/incomplete-hydrator"));
    await checkDiagnostics(hydrator("b", "a/b"));
  });
});

describe("rules about the sync policy", () => {
  const policy = (lines: string) => application(`${source}${destination}  syncPolicy:\n${lines}`);
  test("argocd/invalid-backoff hits units that Go does not have", async () => {
    const text = policy('    retry:\n      backoff:\n        duration: 1d\n        maxDuration: "90"\n');
    await checkDiagnostics(
      text.replace("1d\n", "1d\n#                 ^^ warning argocd/invalid-backoff: `1d` is no duration\n"),
    );
    await checkFix(text, "argocd/invalid-backoff", "Change to '24h'", text.replace("1d", "24h"));
  });
  test("argocd/ignored-namespace-metadata hits where no namespace is created", async () => {
    const metadata = "    managedNamespaceMetadata:\n      labels: {a: b}\n";
    await checkDiagnostics(
      policy(metadata.replace(":\n", ":\n#   ^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/ignored-namespace-metadata\n")),
    );
    const fixed = policy(`${metadata}    syncOptions:\n    - CreateNamespace=true\n`);
    await checkDiagnostics(fixed);
    await checkFix(policy(metadata), "argocd/ignored-namespace-metadata", "Add 'CreateNamespace=true'", fixed);
  });
  test("argocd/automated-off hits options of what is switched off", async () => {
    await checkDiagnostics(
      policy(
        "    automated:\n      enabled: false\n#     ^^^^^^^ hint argocd/automated-off\n      prune: true\n      selfHeal: true\n",
      ),
    );
    await checkDiagnostics(policy("    automated:\n      enabled: false\n      prune: false\n"));
  });
  test("argocd/allow-empty hits together with prune alone", async () => {
    await checkDiagnostics(
      policy("    automated:\n      prune: true\n      allowEmpty: true\n#     ^^^^^^^^^^ hint argocd/allow-empty\n"),
    );
    await checkDiagnostics(policy("    automated:\n      allowEmpty: true\n"));
  });
});

describe("argocd/version-in-group, argocd/invalid-json-pointer and argocd/invalid-jq-path", () => {
  const ignore = (lines: string) => application(`${source}${destination}  ignoreDifferences:\n${lines}`);
  test("hit a version in a group", async () => {
    await checkDiagnostics(
      ignore(
        "  - group: apps/v1\n#          ^^^^^^^ warning argocd/version-in-group\n    kind: Deployment\n    jsonPointers: [/spec]\n",
      ),
    );
    await checkDiagnostics(
      ignore(
        "  - group: v1\n#          ^^ warning argocd/version-in-group\n    kind: Secret\n    jsonPointers: [/data]\n",
      ),
    );
    await checkDiagnostics(ignore("  - group: '*'\n    kind: Deployment\n    jsonPointers: [/spec]\n"));
  });
  test("argocd/invalid-json-pointer hits what has no slash, and leaves pointers and what is half written alone", async () => {
    const pointers = (lines: string): string =>
      ignore(`  - group: apps\n    kind: Deployment\n    jsonPointers:\n${lines}`);
    const hit = "    - spec/replicas\n#     ^^^^^^^^^^^^^ warning argocd/invalid-json-pointer: `spec/replicas` is no\n";
    await checkDiagnostics(pointers(hit));
    for (const right of ["/spec/replicas", "/metadata/annotations/a.b~1c", '""']) {
      await checkDiagnostics(pointers(`    - ${right}\n`));
    }
    const fixed = pointers("    - /spec/replicas\n");
    for (const wrong of ["spec/replicas", ".spec.replicas"]) {
      await checkFix(pointers(`    - ${wrong}\n`), "argocd/invalid-json-pointer", "Change to '/spec/replicas'", fixed);
    }
  });
  test("fix: leaves the group", () =>
    checkFix(
      ignore("  - group: apps/v1\n    kind: Deployment\n"),
      "argocd/version-in-group",
      "Change to 'apps'",
      ignore("  - group: apps\n    kind: Deployment\n"),
    ));
  test("hit what is no jq", async () => {
    const jq = (expression: string, found = "") =>
      ignore(`  - kind: Deployment\n    group: apps\n    jqPathExpressions:\n    - ${expression}\n${found}`);
    await checkDiagnostics(
      jq(
        ".spec.a[0",
        "#     ^^^^^^^^^ error argocd/invalid-jq-path: Argo CD cannot read the path: `[` is not closed.\n",
      ),
    );
    await checkDiagnostics(jq("/spec/replicas", "#     ^^^^^^^^^^^^^^ error argocd/invalid-jq-path\n"));
    await checkDiagnostics(jq(`'.spec.a[] | select(.name == "x]") | .env'`));
  });
});

describe("argocd/unknown-finalizer", () => {
  const with_ = (finalizer: string) =>
    application(source + destination).replace(
      ", namespace: argocd}",
      `, namespace: argocd, finalizers: [${finalizer}]}`,
    );
  test("hits what is like a finalizer of Argo CD", async () => {
    const text = with_("resources-finalizers.argocd.argoproj.io");
    await checkFix(
      text,
      "argocd/unknown-finalizer",
      "Change to 'resources-finalizer.argocd.argoproj.io'",
      with_("resources-finalizer.argocd.argoproj.io"),
    );
    expect((await findFixes(with_("example.com/wait"), "argocd/unknown-finalizer")).size).toBe(0);
    expect(
      (await findFixes(with_("resources-finalizer.argocd.argoproj.io/background"), "argocd/unknown-finalizer")).size,
    ).toBe(0);
  });
});

test("a Workflow of the same group is none of ours", () =>
  checkDiagnostics(
    "#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: a}\nspec: {entrypoint: a, templates: [{name: a}]}\n",
  ));

test("argocd/long-name hits what no label can hold", async () => {
  const named = (name: string) => application(source + destination).replace("name: a,", `name: ${name},`);
  const long = "a".repeat(64);
  await checkDiagnostics(
    named(long).replace(
      "namespace: argocd}\n",
      `namespace: argocd}\n#                ${"^".repeat(64)} hint argocd/long-name\n`,
    ),
  );
  await checkDiagnostics(named("a".repeat(63)));
});
