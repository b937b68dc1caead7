import { describe, expect, test } from "vitest";
import {
  applicationText,
  bindingText,
  configText,
  namespaceText,
  projectText,
  repositorySample,
  type SampleApplication,
  serviceText,
} from "../../../../server/src/domains/argocd/deployedSamples";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";
import { parseFixture } from "../../../support/fixture";
import { inspect } from "../../../support/inspect";

const overlay = `#- overlays/dev/kustomization.yaml
namespace: book-dev
resources:
- config.yaml
#- overlays/dev/config.yaml
${configText("settings")}`;

/** An Application whose controller has its rights by default. */
const upstream = (more: SampleApplication = {}): string => applicationText({ namespace: "argocd", ...more });

describe("projects", () => {
  const own = "https://kubernetes.default.svc";
  const project = projectText(
    "sourceRepos:",
    "- https://example.com/*",
    "destinations:",
    `- server: ${own}`,
    "  namespace: book-*",
  ).replace("openshift-gitops", "argocd");
  const workspace = (text: string): string =>
    `${repositorySample}${overlay}#- apps/project.yaml\n${project}#- apps/a.yaml\n${text}`;

  test("permit what they list", () => checkDiagnostics(workspace(upstream({ project: "book" }))));
  test("argocd/project-not-found hits a slip and corrects it", async () => {
    const wrong = workspace(upstream({ project: "boook" }));
    await checkDiagnostics(wrong.replace("boook\n", "boook\n#          ^^^^^ warning argocd/project-not-found\n"));
    await checkFix(wrong, "argocd/project-not-found", "Change to 'book'", wrong.replace("boook", "book"));
  });
  test("argocd/source-not-permitted hits another repository", () =>
    checkDiagnostics(
      workspace(
        upstream({ project: "book" }).replace(
          "https://example.com/book.git\n",
          "https://elsewhere.com/book.git\n#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error argocd/source-not-permitted\n",
        ),
      ),
    ));
  test("argocd/destination-not-permitted hits a namespace and a cluster", () =>
    checkDiagnostics(
      workspace(`${upstream({ project: "book", destination: "shop", path: "elsewhere" }).replace(
        "book.git",
        "other.git",
      )}#              ^^^^ error argocd/destination-not-permitted: The project \`book\` does not permit the namespace
---
${upstream({ name: "edge", project: "book" })
  .replace("book.git", "other.git")
  .replace(
    `server: ${own}\n`,
    "server: https://edge:6443\n#           ^^^^^^^^^^^^^^^^^ error argocd/destination-not-permitted: The project `book` does not permit this cluster\n",
  )}`),
    ));
  test("argocd/destination-not-permitted hits the namespace of an object that is rendered", () =>
    checkDiagnostics(
      workspace(upstream({ project: "book" }))
        .replace(
          "  name: settings\n",
          "  name: settings\n  namespace: shop\n#            ^^^^ error argocd/destination-not-permitted: `book-dev` deploys\n",
        )
        .replace("namespace: book-dev\nresources", "resources"),
    ));
  test("argocd/kind-not-permitted hits what lives in no namespace", () =>
    checkDiagnostics(
      `${workspace(upstream({ project: "book" })).replace("- config.yaml\n", "- config.yaml\n- namespace.yaml\n")}#- overlays/dev/namespace.yaml
${namespaceText("book-dev").replace("kind: Namespace\n", "kind: Namespace\n#     ^^^^^^^^^ error argocd/kind-not-permitted\n")}`,
    ));
  test("are less sure where projects may inherit, and silent where they do", async () => {
    const labelled = workspace(
      upstream({ project: "book", destination: "shop" }).replace("book.git", "other.git"),
    ).replace("  name: book\n", "  name: book\n  labels: {team: book}\n");
    await checkDiagnostics(`${labelled}#              ^^^^ warning argocd/destination-not-permitted\n`);
    await checkDiagnostics(
      `${labelled}#- apps/cm.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\ndata:\n  globalProjects: "[]"\n`,
    );
  });
});

describe("namespaces", () => {
  test("argocd/namespace-mismatch hits a destination that the overlay does not use, and corrects it", async () => {
    const wrong = `${repositorySample}${overlay}#- apps/a.yaml\n${upstream({ destination: "book-test" })}`;
    await checkDiagnostics(`${wrong}#              ^^^^^^^^^ warning argocd/namespace-mismatch\n`);
    const right = wrong.replace("namespace: book-test", "namespace: book-dev");
    await checkFix(wrong, "argocd/namespace-mismatch", "Change to 'book-dev'", right);
  });
  test("argocd/object-without-namespace hits objects that nothing puts anywhere", () =>
    checkDiagnostics(
      `${repositorySample}#- overlays/dev/config.yaml\n${configText("settings")}#- apps/a.yaml\n${upstream()
        .replace("    namespace: book-dev\n", "")
        .replace("  destination:\n", "  destination:\n# ^^^^^^^^^^^ error argocd/object-without-namespace\n")}`,
    ));
  test("argocd/namespace-not-created hits one that only this Application needs, and lets Argo CD create it", async () => {
    const wrong = `#- apps/ns.yaml\n${namespaceText("other")}#- apps/a.yaml\n${upstream({ destination: "shop" })}`;
    await checkDiagnostics(`${wrong}#              ^^^^ warning argocd/namespace-not-created\n`);
    const right = `${wrong}  syncPolicy:\n    syncOptions:\n    - CreateNamespace=true\n`;
    await checkFix(wrong, "argocd/namespace-not-created", "Add the sync option 'CreateNamespace=true'", right);
    await checkDiagnostics(right);
  });
  test("argocd/namespace-not-created is silent where no Namespaces are kept, or for those that are always there", async () => {
    await checkDiagnostics(`#- apps/a.yaml\n${upstream()}`);
    await checkDiagnostics(
      `#- apps/ns.yaml\n${namespaceText("other")}#- apps/a.yaml\n${upstream({ destination: "kube-system" })}`,
    );
  });
  test("argocd/namespace-not-created leaves a namespace alone that stands in a file with a mistake", async () => {
    const broken = `${namespaceText("more")}foo---\n${namespaceText("shop")}`;
    const text = `#- apps/ns.yaml\n${namespaceText("other")}#- apps/b.yaml\n${broken}#- apps/a.yaml\n${upstream({ destination: "shop" })}`;
    const { findings } = await inspect(parseFixture(text));
    expect(findings.filter(({ code }) => !code.startsWith("yaml/"))).toEqual([]);
  });
  test("argocd/outside-argocd-namespace hits an Application beside its objects, and moves it", async () => {
    const wrong = `${repositorySample}${overlay}#- apps/a.yaml\n${upstream({ namespace: "book-dev" })}`;
    await checkDiagnostics(
      wrong.replace(
        "  namespace: book-dev\nspec",
        "  namespace: book-dev\n#            ^^^^^^^^ warning argocd/outside-argocd-namespace\nspec",
      ),
    );
    const right = wrong.replace("  namespace: book-dev\nspec", "  namespace: argocd\nspec");
    await checkFix(wrong, "argocd/outside-argocd-namespace", "Move it into the namespace 'argocd'", right);
  });
  test("argocd/outside-argocd-namespace is a hint where the project lets it be there, and believes the settings", async () => {
    const text = `#- apps/project.yaml
${projectText("sourceRepos: ['*']", "destinations: [{server: '*', namespace: '*'}]", "sourceNamespaces: [team-*]")}#- apps/a.yaml
${upstream({ namespace: "team-a", project: "book" })}`;
    await checkDiagnostics(
      text.replace(
        "  namespace: team-a\n",
        "  namespace: team-a\n#            ^^^^^^ hint argocd/outside-argocd-namespace\n",
      ),
    );
    await checkDiagnostics(`${text}#- .gitops-author.yaml\nargocd:\n  namespaces: [openshift-gitops, team-a]\n`);
  });
});

describe("argocd/shared-object", () => {
  const twice = (second: string): string => `${repositorySample}${overlay}#- apps/a.yaml\n${upstream()}---\n${second}`;
  const again = upstream({ name: "again" });
  test("hits what two Applications deploy into the same place", () => {
    const path = "    path: overlays/dev\n";
    return checkDiagnostics(twice(again.replace(path, `${path}#         ^^^^^^^^^^^^ warning argocd/shared-object\n`)));
  });
  test("leaves other clusters alone", () =>
    checkDiagnostics(twice(again.replace("https://kubernetes.default.svc", "https://edge:6443"))));
});

describe("argocd/repeated-object", () => {
  const config = (namespace: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n${namespace}`;
  const directory = (second: string): string =>
    `${repositorySample}#- overlays/dev/a.yaml\n${config("")}#- overlays/dev/b.yaml\n${second}#- apps/a.yaml\n${upstream()}`;
  test("hits what one directory holds twice, said with its namespace or without", () =>
    checkDiagnostics(
      directory(
        config("  namespace: book-dev\n").replace(
          "name: settings\n",
          "name: settings\n#       ^^^^^^^^ warning argocd/repeated-object: `book-dev` deploys the ConfigMap `settings` twice\n",
        ),
      ),
    ));
  test("leaves another namespace alone, and what has no name yet", async () => {
    await checkDiagnostics(directory(config("  namespace: other\n")));
    await checkDiagnostics(directory("apiVersion: v1\nkind: ConfigMap\n"));
  });
});

describe("rights of the controller", () => {
  const base = `${repositorySample}#- overlays/dev/service.yaml\n${serviceText("book")}`;
  const finding = "#              ^^^^^^^^ warning argocd/controller-without-rights\n";

  test("are missing where the Namespace is kept, and get a file that the kustomization lists", async () => {
    const wrong = `${base}#- argocd/kustomization.yaml
resources:
- ns.yaml
- apps.yaml
#- argocd/ns.yaml
${namespaceText("book-dev")}#- argocd/apps.yaml
${applicationText()}`;
    await checkDiagnostics(wrong + finding);
    const title = "Write a RoleBinding into 'argocd-role-binding.yaml' and list it in 'kustomization.yaml'";
    const right = `${wrong.replace("- apps.yaml\n", "- apps.yaml\n- argocd-role-binding.yaml\n")}#- argocd/argocd-role-binding.yaml\n${bindingText("book-dev")}`;
    await checkFix(wrong, "argocd/controller-without-rights", title, right);
    await checkDiagnostics(right);
    const labelled = wrong.replace(
      "  name: book-dev\n#- argocd/apps",
      "  name: book-dev\n  labels:\n    argocd.argoproj.io/managed-by: openshift-gitops\n#- argocd/apps",
    );
    await checkFix(
      wrong,
      "argocd/controller-without-rights",
      "Label the Namespace 'book-dev' as managed by 'openshift-gitops'",
      labelled,
    );
    await checkDiagnostics(labelled);
  });
  test("are added to those of another namespace", async () => {
    const wrong = `${base}#- argocd/roles.yaml\n${bindingText("book-test")}#- argocd/apps.yaml\n${applicationText()}`;
    await checkDiagnostics(wrong + finding);
    const right = wrong.replace("#- argocd/apps.yaml\n", `---\n${bindingText("book-dev")}#- argocd/apps.yaml\n`);
    await checkFix(wrong, "argocd/controller-without-rights", "Add a RoleBinding to 'roles.yaml'", right);
  });
  test("for information only where nothing is known of the namespace", () =>
    checkDiagnostics(`${base}#- argocd/apps.yaml\n${applicationText()}${finding.replace("warning", "information")}`));
  test("are not missing upstream, in its own namespace, in another cluster, or where objects of the cluster are deployed", async () => {
    const ns = `${base}#- argocd/ns.yaml\n${namespaceText("book-dev")}#- argocd/apps.yaml\n`;
    await checkDiagnostics(ns + upstream());
    await checkDiagnostics(ns + applicationText({ destination: "openshift-gitops" }));
    await checkDiagnostics(ns + applicationText().replace("https://kubernetes.default.svc", "https://edge:6443"));
    await checkDiagnostics(
      ns
        .replace("overlays/dev/service.yaml", "elsewhere/service.yaml")
        .replace("#- elsewhere", `#- overlays/dev/cm.yaml\n${configText("a")}#- elsewhere`) + applicationText(),
    );
  });
  test("are missing for a controller that the settings name", () =>
    checkDiagnostics(`${base}#- .gitops-author.yaml
argocd:
  namespaces: [argocd]
  controllers: [argocd/argocd-application-controller]
#- argocd/ns.yaml
${namespaceText("book-dev")}#- argocd/apps.yaml
${upstream()}${finding}`));
  test("one finding for the Applications of a file", () =>
    checkDiagnostics(`${base}#- argocd/ns.yaml
${namespaceText("book-dev")}---
${namespaceText("book-test")}#- argocd/apps.yaml
${applicationText()}${finding}---
${applicationText({ name: "book-late", destination: "book-test" })}`));
  test("argocd/rights-in-own-source hits a binding that needs itself", () =>
    checkDiagnostics(`${base}#- overlays/dev/rights.yaml
${bindingText("book-dev").replace("  name: argocd-may-deploy\n", "  name: argocd-may-deploy\n#       ^^^^^^^^^^^^^^^^^ warning argocd/rights-in-own-source\n")}#- argocd/apps.yaml
${applicationText()}`));
  test("argocd/controller-is-cluster-admin hits, and nothing else says it again", () =>
    checkDiagnostics(`#- a.yaml
${bindingText("book-dev", "cluster-admin")
  .replace("kind: RoleBinding", "kind: ClusterRoleBinding")
  .replace("  namespace: book-dev\n", "")
  .replace(
    "  name: cluster-admin\n",
    "  name: cluster-admin\n#       ^^^^^^^^^^^^^ warning argocd/controller-is-cluster-admin\n",
  )}`));
});

test("argocd/unpinned-stage hints at stages that follow whatever comes", () =>
  checkDiagnostics(`#- a.yaml
${upstream({
  name: "book-prod",
  destination: "book",
  path: "a",
  more: ["syncPolicy:", "  automated:", "    prune: true"],
})
  .replace(
    "https://example.com/book.git\n",
    "https://example.com/book.git\n#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint argocd/unpinned-stage\n",
  )
  .replace("      prune: true\n", "      prune: true\n#     ^^^^^ hint argocd/unpinned-stage\n")}---
${upstream({ name: "reproduce", more: ["syncPolicy:", "  automated:", "    prune: true"] })}`));
