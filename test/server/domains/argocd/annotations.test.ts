import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

/** A ConfigMap with these annotations, one a line. */
function annotated(...lines: readonly string[]): string {
  return `#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  annotations:\n${lines.join("\n")}\n`;
}

/** An Application with these annotations. */
function application(...lines: readonly string[]): string {
  return `#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: a\n  namespace: argocd\n  annotations:\n${lines.join("\n")}\nspec:\n  project: default\n  destination: {name: in-cluster}\n  source: {repoURL: https://example.com/a.git, path: a}\n`;
}

describe("argocd/unknown-annotation", () => {
  test("hits misspelt names and domains, and knows less of names that are like no other", () =>
    checkDiagnostics(
      annotated(
        "    argocd.argoproj.io/hooks: PreSync",
        "#   ^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/unknown-annotation: Argo CD does not know the annotation `argocd.argoproj.io/hooks`.",
        '    argoproj.io/sync-wave: "1"',
        "#   ^^^^^^^^^^^^^^^^^^^^^ warning argocd/unknown-annotation",
        "    argocd.argoproj.io/colour-of-the-sky: blue",
        "#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information argocd/unknown-annotation",
      ),
    ));
  test("leaves other tools and names with parameters alone", () =>
    checkDiagnostics(
      annotated(
        "    argocd-image-updater.argoproj.io/image-list: a=b",
        "    notifications.argoproj.io/subscribe.on-sync-failed.slack: team",
        "    link.argocd.argoproj.io/docs: Docs|https://example.com",
        '    argocd.argoproj.io/managed-by: "x"',
        '    example.com/sync-wave: "1"',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Flux
        '    argocd.argoproj.io/${WHAT}: "1"',
      ),
    ));
  test("hits in patches, in ApplicationSets' templates and in commonAnnotations", () =>
    checkDiagnostics(`
#- kustomization.yaml
commonAnnotations:
  argocd.argoproj.io/synk-wave: "1"
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/unknown-annotation
resources:
- a.yaml
- set.yaml
patches:
- path: p.yaml
- patch: |-
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: a
      annotations:
        argocd.argoproj.io/sync-waves: "1"
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/unknown-annotation
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
#- p.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  annotations:
    argocd.argoproj.io/sync-option: Prune=false
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/unknown-annotation
#- set.yaml
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: a, namespace: argocd}
spec:
  generators: [{clusters: {}}]
  template:
    metadata:
      name: '{{name}}'
      annotations:
        argocd.argoproj.io/manifests-generate-paths: .
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/unknown-annotation
    spec:
      project: default
      destination: {name: '{{name}}'}
      source: {repoURL: https://example.com/a.git, path: a}
`));
  test("hits in JSON patches, at the name in the pointer", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [a.yaml]
patches:
- target: {kind: ConfigMap}
  patch: |-
    - op: add
      path: /metadata/annotations/argocd.argoproj.io~1hook
      value: presync
#            ^^^^^^^ error argocd/unknown-hook
- path: p.yaml
  target: {kind: ConfigMap}
#- p.yaml
- op: add
  path: /metadata/annotations/argocd.argoproj.io~1hooks
#                             ^^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/unknown-annotation
  value: PreSync
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  annotations: {a: b}
`));
  test("fix: writes what was meant, where the domain is wrong, too", async () => {
    const wrong = annotated('    argo.argoproj.io/sync-wave: "1"');
    const right = annotated('    argocd.argoproj.io/sync-wave: "1"');
    await checkFix(wrong, "argocd/unknown-annotation", "Change to 'argocd.argoproj.io/sync-wave'", right);
  });
  test("says nothing of a key that is being typed elsewhere", () => checkDiagnostics(annotated("    argocd.arg: x")));
});

describe("argocd/invalid-sync-wave", () => {
  test("hits what is no whole number", () =>
    checkDiagnostics(
      annotated(
        '    argocd.argoproj.io/sync-wave: "1.5"',
        "#                                 ^^^^^ warning argocd/invalid-sync-wave: `1.5` is no sync wave: it counts as 0.",
      ),
    ));
  test.each(['"-5"', '"+1"', "'0'", '"{{ .wave }}"'])("takes %s", (wave) =>
    checkDiagnostics(annotated(`    argocd.argoproj.io/sync-wave: ${wave}`)),
  );
  test("leaves a number without quotes to the schema", () =>
    checkDiagnostics(
      annotated("    argocd.argoproj.io/sync-wave: 5", "#                                 ^ error schema/wrong-type"),
    ));
  test("leaves a wave alone that is not written yet", async () => {
    expect((await findFixes(annotated("    argocd.argoproj.io/sync-wave:"), "argocd/invalid-sync-wave")).size).toBe(0);
  });
  test("fix: takes blanks away", () =>
    checkFix(
      annotated('    argocd.argoproj.io/sync-wave: "5 "'),
      "argocd/invalid-sync-wave",
      'Change to "5"',
      annotated('    argocd.argoproj.io/sync-wave: "5"'),
    ));
});

describe("argocd/unknown-hook", () => {
  test("is an error where no word of it is known, else a warning", () =>
    checkDiagnostics(
      `${annotated(
        "    argocd.argoproj.io/hook: presync",
        "#                            ^^^^^^^ error argocd/unknown-hook: `presync` is no type of hook, so Argo CD never applies the object.",
      )}${annotated(
        "    argocd.argoproj.io/hook: PreSync, Postsync",
        "#                                     ^^^^^^^^ warning argocd/unknown-hook: `Postsync` is no type of hook.",
      ).replace("a.yaml", "b.yaml")}${annotated(
        "    argocd.argoproj.io/hook: pre-sync",
        "#                            ^^^^^^^^ warning argocd/unknown-hook",
        "    helm.sh/hook: pre-install",
      ).replace("a.yaml", "c.yaml")}${annotated(
        '    argocd.argoproj.io/hook: ""',
        "#                            ^^ error argocd/unknown-hook",
      ).replace("a.yaml", "d.yaml")}`,
    ));
  test("takes all types, several, and parameters", () =>
    checkDiagnostics(
      annotated("    argocd.argoproj.io/hook: PreSync,Sync , PostSync,SyncFail,PreDelete,PostDelete,Skip") +
        annotated("    argocd.argoproj.io/hook: '{{ .hook }}'").replace("a.yaml", "b.yaml"),
    ));
  test("fix: writes the type that was meant, and only it", () =>
    checkFix(
      annotated('    argocd.argoproj.io/hook: "PreSync, postsync"'),
      "argocd/unknown-hook",
      "Change to 'PostSync'",
      annotated('    argocd.argoproj.io/hook: "PreSync, PostSync"'),
    ));
});

describe("argocd/unknown-delete-policy and argocd/delete-policy-without-hook", () => {
  test("hit a wrong word, and a policy on what is no hook", () =>
    checkDiagnostics(
      `${annotated(
        "    argocd.argoproj.io/hook: Sync",
        "    argocd.argoproj.io/hook-delete-policy: hook-succeeded",
        "#                                          ^^^^^^^^^^^^^^ warning argocd/unknown-delete-policy",
      )}${annotated(
        "    argocd.argoproj.io/hook-delete-policy: HookFailed",
        "#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/delete-policy-without-hook",
      ).replace("a.yaml", "b.yaml")}`,
    ));
  test("leave hooks of Helm, and patches, alone", () =>
    checkDiagnostics(
      `${annotated(
        "    helm.sh/hook: pre-install",
        "    argocd.argoproj.io/hook-delete-policy: HookFailed,BeforeHookCreation",
      )}${annotated("    argocd.argoproj.io/hook-delete-policy: HookFailed").replace("a.yaml", "patch.yaml")}`,
    ));
  test("fix: removes the policy", () =>
    checkFix(
      annotated("    a: b", "    argocd.argoproj.io/hook-delete-policy: HookFailed"),
      "argocd/delete-policy-without-hook",
      "Remove 'argocd.argoproj.io/hook-delete-policy'",
      annotated("    a: b"),
    ));
});

describe("argocd/generated-hook-stays", () => {
  const job = (policy: string) =>
    `#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  generateName: a-\n  annotations:\n    argocd.argoproj.io/hook: Sync\n${policy}spec: {containers: [{name: a, image: a}]}\n`;
  test("hits a generated name without a policy that deletes", () =>
    checkDiagnostics(job("").replace("a-\n", "a-\n#               ^^ information argocd/generated-hook-stays\n")));
  test("leaves one with a policy alone", () =>
    checkDiagnostics(job("    argocd.argoproj.io/hook-delete-policy: HookSucceeded\n")));
});

describe("argocd/unknown-sync-option", () => {
  test("hits unknown words, wrong letters, and options of Applications", () =>
    checkDiagnostics(
      annotated(
        "    argocd.argoproj.io/sync-options: prune=false,Prune=no, CreateNamespace=true",
        "#                                    ^^^^^^^^^^^ warning argocd/unknown-sync-option: `prune=false` is no sync option",
        "#                                                ^^^^^^^^ warning argocd/unknown-sync-option",
        "#                                                          ^^^^^^^^^^^^^^^^^^^^ warning argocd/unknown-sync-option: `CreateNamespace` is an option of Applications: here it is ignored.",
      ),
    ));
  test("takes what Argo CD knows, and what says that something is not so", () =>
    checkDiagnostics(
      annotated(
        "    argocd.argoproj.io/sync-options: Prune=confirm, Delete=false,SkipDryRunOnMissingResource=true,Validate=true",
      ),
    ));
  const application = (option: string, found = "") =>
    `#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a, namespace: argocd}\nspec:\n  project: default\n  destination: {name: in-cluster}\n  source: {repoURL: https://example.com/a.git, path: a}\n  syncPolicy:\n    syncOptions:\n    - ${option}\n${found}`;
  test("hits in Applications", async () => {
    await checkDiagnostics(
      application("CreateNamespaces=true", "#     ^^^^^^^^^^^^^^^^^^^^^ warning argocd/unknown-sync-option\n"),
    );
    await checkDiagnostics(application("Force=true", "#     ^^^^^^^^^^ warning argocd/unknown-sync-option\n"));
    await checkDiagnostics(application("PrunePropagationPolicy=orphan"));
    await checkDiagnostics(application("'{{option}}'"));
    await checkDiagnostics(application(""));
  });
  test("fix: writes the option that was meant", () =>
    checkFix(
      application("createNamespace=true"),
      "argocd/unknown-sync-option",
      "Change to 'CreateNamespace=true'",
      application("CreateNamespace=true"),
    ));
});

describe("argocd/unknown-compare-option", () => {
  test("hits a wrong word, and a value that the option does not take", () =>
    checkDiagnostics(
      annotated(
        "    argocd.argoproj.io/compare-options: IgnoreExtraneous=true, ServerSideDif=true",
        "#                                       ^^^^^^^^^^^^^^^^^^^^^ warning argocd/unknown-compare-option",
        "#                                                              ^^^^^^^^^^^^^^^^^^ warning argocd/unknown-compare-option",
      ),
    ));
  test("takes what Argo CD knows", () =>
    checkDiagnostics(annotated("    argocd.argoproj.io/compare-options: IgnoreExtraneous,ServerSideDiff=true")));
  test("fix: takes the value away", () =>
    checkFix(
      annotated("    argocd.argoproj.io/compare-options: IgnoreExtraneous=true"),
      "argocd/unknown-compare-option",
      "Change to 'IgnoreExtraneous'",
      annotated("    argocd.argoproj.io/compare-options: IgnoreExtraneous"),
    ));
});

describe("argocd/invalid-annotation", () => {
  test("hits values of booleans, words, addresses and links", () =>
    checkDiagnostics(
      application(
        "    argocd.argoproj.io/ignore-healthcheck: 'yes'",
        "#                                          ^^^^^ warning argocd/invalid-annotation",
        "    argocd.argoproj.io/refresh: harder",
        "#                               ^^^^^^ warning argocd/invalid-annotation",
        "    argocd.argoproj.io/managed-by-url: example.com",
        "#                                      ^^^^^^^^^^^ warning argocd/invalid-annotation",
        "    link.argocd.argoproj.io/docs: the docs",
        "#                                 ^^^^^^^^ warning argocd/invalid-annotation",
      ),
    ));
  test("takes what Argo CD takes", () =>
    checkDiagnostics(
      application(
        "    argocd.argoproj.io/ignore-healthcheck: 'true'",
        "    argocd.argoproj.io/refresh: hard",
        "    argocd.argoproj.io/managed-by-url: https://argocd.example.com",
        "    argocd.argoproj.io/manifest-generate-paths: .;/shared",
        "    pref.argocd.argoproj.io/default-view: '{{view}}'",
        "    link.argocd.argoproj.io/docs: https://example.com",
      ),
    ));
  test("fix: writes the word that was meant", () =>
    checkFix(
      application("    pref.argocd.argoproj.io/default-view: tre"),
      "argocd/invalid-annotation",
      "Change to 'tree'",
      application("    pref.argocd.argoproj.io/default-view: tree"),
    ));
});

describe("argocd/annotation-on-wrong-kind", () => {
  test("hits an annotation for Applications on something else", async () => {
    const text = annotated("    a: b", "    argocd.argoproj.io/refresh: hard");
    await checkDiagnostics(
      `${text}#   ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/annotation-on-wrong-kind: Argo CD reads this annotation of kind \`Application\``,
    );
    await checkFix(
      text,
      "argocd/annotation-on-wrong-kind",
      "Remove 'argocd.argoproj.io/refresh'",
      annotated("    a: b"),
    );
  });
});

describe("argocd/unknown-secret-type", () => {
  const secret = (type: string) =>
    `#- a.yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n  labels:\n    argocd.argoproj.io/secret-type: ${type}\n`;
  test("hits a type that is like one, and takes those that are", async () => {
    const found = "\n#                                   ^^^^^^^^ warning argocd/unknown-secret-type";
    await checkDiagnostics(secret(`clusters${found}`));
    await checkFix(secret("clusters"), "argocd/unknown-secret-type", "Change to 'cluster'", secret("cluster"));
    await checkDiagnostics(secret("repo-creds"));
  });
});

describe("argocd/tracking-annotation and argocd/annotation-as-label", () => {
  test("hit what Argo CD writes, and what stands among the labels", () =>
    checkDiagnostics(`
#- a.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: a
  labels:
    argocd.argoproj.io/sync-wave: "1"
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/annotation-as-label
    argocd.argoproj.io/instance: a
  annotations:
    argocd.argoproj.io/tracking-id: a:/ConfigMap:b/a
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/tracking-annotation
`));
  test("fix: removes it", () =>
    checkFix(
      annotated("    a: b", "    argocd.argoproj.io/tracking-id: a:/ConfigMap:b/a"),
      "argocd/tracking-annotation",
      "Remove 'argocd.argoproj.io/tracking-id'",
      annotated("    a: b"),
    ));
});
