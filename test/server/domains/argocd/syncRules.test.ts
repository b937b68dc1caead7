import { describe, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";

const settings = (code: string): string => `#- .gitops-author.yaml\nrules:\n  ${code}: hint\n`;
const application = (spec: string, { kind = "Application", metadata = "" } = {}): string =>
  `#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: a\n  namespace: argocd\n${metadata}spec:\n  project: default\n  destination: {name: in-cluster, namespace: a}\n  source:\n    repoURL: https://example.com/a.git\n    path: a\n${spec}`;

describe("argocd/without-prune", () => {
  const on = settings("argocd/without-prune");
  const automated = (more: string): string => application(`  syncPolicy:\n    automated:\n${more}`);
  const silent = automated("      selfHeal: true\n");
  test("is off by default", () => checkDiagnostics(silent));
  test("hits an automated sync that says nothing of it, and adds it", async () => {
    const mark = "    automated:\n#   ^^^^^^^^^ hint argocd/without-prune\n";
    await checkDiagnostics(on + silent.replace("    automated:\n", mark));
    const right = automated("      selfHeal: true\n      prune: true\n");
    await checkFix(on + silent, "argocd/without-prune", "Add 'prune: true'", on + right);
  });
  test("leaves alone who has decided, who syncs by hand, and what is half typed", async () => {
    await checkDiagnostics(on + automated("      prune: false\n"));
    await checkDiagnostics(on + automated("      enabled: false\n"));
    await checkDiagnostics(on + application(""));
    await checkDiagnostics(on + automated(""));
  });
});

describe("argocd/without-finalizer", () => {
  const on = settings("argocd/without-finalizer");
  const finalizers = "  finalizers:\n  - resources-finalizer.argocd.argoproj.io\n";
  test("is off by default", () => checkDiagnostics(application("")));
  test("hits an Application without one, and adds it", async () => {
    await checkDiagnostics(
      on + application("").replace("name: a\n", "name: a\n#       ^ hint argocd/without-finalizer\n"),
    );
    await checkFix(
      on + application(""),
      "argocd/without-finalizer",
      "Add the finalizer",
      on + application("", { metadata: finalizers }),
    );
  });
  test("leaves one with a finalizer alone, and those of an ApplicationSet", async () => {
    await checkDiagnostics(on + application("", { metadata: finalizers }));
    await checkDiagnostics(
      `${on}#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: a, namespace: argocd}\nspec:\n  generators:\n  - list:\n      elements: [{name: a}]\n  template:\n    metadata: {name: "{{name}}"}\n    spec:\n      project: default\n      destination: {name: in-cluster, namespace: a}\n      source: {repoURL: "https://example.com/a.git", path: a}\n`,
    );
  });
});

describe("argocd/hook-expires", () => {
  const job = (lines: string, annotations = "{argocd.argoproj.io/hook: PostSync}"): string =>
    `#- a.yaml\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\n  annotations: ${annotations}\nspec:\n${lines}  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: a\n        image: quay.io/team/a:1.0\n`;
  const soon = "  ttlSecondsAfterFinished: 5\n";
  test("hits a hook that is deleted within seconds, and keeps it", async () => {
    await checkDiagnostics(job(`${soon}#                          ^ warning argocd/hook-expires\n`));
    await checkFix(job(soon), "argocd/hook-expires", "Remove 'ttlSecondsAfterFinished'", job(""));
  });
  test("leaves a long time alone, Jobs that are no hooks, and what is half typed", async () => {
    await checkDiagnostics(job("  ttlSecondsAfterFinished: 3600\n"));
    await checkDiagnostics(job(soon, "{}"));
    await checkDiagnostics(job("  ttlSecondsAfterFinished:\n"));
  });
});
