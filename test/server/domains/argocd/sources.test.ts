import { describe, test } from "vitest";
import {
  applicationText,
  configText,
  repositorySample,
  type SampleApplication,
} from "../../../../server/src/domains/argocd/deployedSamples";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";

/** The Application `book-dev` in the workspace of its own repository, bound so that nothing is said of its rights. */
function workspace(
  files: string,
  application: SampleApplication = {},
  change = (text: string): string => text,
): string {
  const text = change(applicationText({ ...application, namespace: "argocd" }));
  return `${repositorySample}${files}#- apps/application.yaml\n${text}`;
}

const overlay = `#- overlays/dev/kustomization.yaml
namespace: book-dev
resources:
- config.yaml
#- overlays/dev/config.yaml
${configText("settings")}`;

describe("argocd/source-path-not-found", () => {
  test("hits a slip and corrects it", async () => {
    const wrong = workspace(overlay, { path: "overlay/dev" });
    await checkDiagnostics(
      wrong.replace(
        "    path: overlay/dev\n",
        "    path: overlay/dev\n#         ^^^^^^^^^^^ error argocd/source-path-not-found: The repository has no directory\n",
      ),
    );
    const right = wrong.replace("path: overlay/dev", "path: overlays/dev");
    await checkFix(wrong, "argocd/source-path-not-found", "Change to 'overlays/dev'", right);
  });
  test("a file is no source", () =>
    checkDiagnostics(
      workspace(overlay, { path: "overlays/dev/config.yaml" }).replace(
        "dev/config.yaml\n  destination",
        "dev/config.yaml\n#         ^^^^^^^^^^^^^^^^^^^^^^^^ error argocd/source-path-not-found\n  destination",
      ),
    ));
  test("leaves other repositories, other branches and placeholders alone", async () => {
    const path = "somewhere/else";
    await checkDiagnostics(workspace(overlay, { path }, (text) => text.replace("book.git", "shop.git")));
    await checkDiagnostics(
      workspace(overlay, { path }, (text) => text.replace("    path", "    targetRevision: v1\n    path")),
    );
    await checkDiagnostics(workspace(overlay, { path: '"{{path}}"' }));
  });
  test("the branch that is checked out counts, and any form of the URL", () =>
    checkDiagnostics(
      workspace(overlay, { path: "nowhere" }, (text) =>
        text
          .replace("https://example.com/book.git", "git@example.com:Book")
          .replace("    path", "    targetRevision: next\n    path"),
      )
        .replace("refs/heads/main", "refs/heads/next")
        .replace("path: nowhere\n", "path: nowhere\n#         ^^^^^^^ error argocd/source-path-not-found\n"),
    ));
  test("one of several sources", () =>
    checkDiagnostics(
      workspace(overlay, {}, (text) =>
        text.replace(
          / {2}source:\n(.*\n.*\n)/,
          `  sources:
  - repoURL: https://charts.example.com
    chart: web
    targetRevision: 1.0.0
    helm:
      valueFiles:
      - $values/overlays/dev/values.yaml
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error argocd/value-file-not-found
      - $values/overlays/dev/config.yaml
  - repoURL: https://example.com/book.git
    ref: values
`,
        ),
      ),
    ));
});

test("argocd/source-path-outside hits absolute paths and those that climb out", () =>
  checkDiagnostics(`#- a.yaml
${applicationText({ path: "/overlays/dev", namespace: "argocd" }).replace("/overlays/dev\n", "/overlays/dev\n#         ^^^^^^^^^^^^^ error argocd/source-path-outside\n")}---
${applicationText({ name: "other", path: "a/../../b", namespace: "argocd" }).replace("a/../../b\n", "a/../../b\n#         ^^^^^^^^^ error argocd/source-path-outside\n")}---
${applicationText({ name: "right", path: "a/../b/./c", namespace: "argocd" })}`));

describe("argocd/source-without-manifests", () => {
  const deep = workspace(`#- overlays/dev/web/config.yaml\n${configText("settings")}`);
  test("hits a directory whose manifests lie deeper, and reads those", async () => {
    await checkDiagnostics(
      deep.replace(
        "    path: overlays/dev\n",
        "    path: overlays/dev\n#         ^^^^^^^^^^^^ warning argocd/source-without-manifests\n",
      ),
    );
    const right = deep.replace(
      "    path: overlays/dev\n",
      "    path: overlays/dev\n    directory:\n      recurse: true\n",
    );
    await checkFix(deep, "argocd/source-without-manifests", "Read the sub-directories too", right);
    await checkDiagnostics(right);
  });
  test("leaves plugins and other tools alone", async () => {
    await checkDiagnostics(
      workspace(`#- overlays/dev/web/config.yaml\n${configText("settings")}`, {}, (text) =>
        text.replace("    path", "    plugin:\n      name: mine\n    path"),
      ),
    );
    await checkDiagnostics(workspace("#- overlays/dev/main.jsonnet\n{}\n"));
  });
});

test("argocd/source-type-mismatch hits options of a tool that finds nothing, and removes them", async () => {
  const wrong = workspace(overlay, {}, (text) =>
    text.replace("    path", "    helm:\n      releaseName: book\n    path"),
  );
  await checkDiagnostics(wrong.replace("    helm:\n", "    helm:\n#   ^^^^ error argocd/source-type-mismatch\n"));
  const right = wrong.replace("    helm:\n      releaseName: book\n", "");
  await checkFix(wrong, "argocd/source-type-mismatch", "Remove 'helm'", right);
  await checkDiagnostics(
    workspace(overlay, {}, (text) => text.replace("    path", "    kustomize:\n      namePrefix: a-\n    path")),
  );
});

test("an Application that is half typed is left alone", () =>
  checkDiagnostics(
    workspace(overlay, {}, (text) =>
      text.replace("    path: overlays/dev\n", "    path:\n    chart: a\n    targetRevision: 1.0.0\n"),
    ),
  ));
