import { describe, expect, test } from "vitest";
import { holdsOurKind, isKustomizationFile } from "../../client/src/ourDocuments";
import { schemaBundle } from "../support/schemaBundle";

describe("holdsOurKind", () => {
  test.each([
    ["a core object", "apiVersion: v1\nkind: Service\n"],
    ["a built-in group", "apiVersion: apps/v1\nkind: Deployment\n"],
    ["kind before apiVersion", "kind: Deployment\napiVersion: apps/v1\n"],
    ["quotes and comments", 'apiVersion: "batch/v1" # jobs\nkind: Job\n'],
    ["RBAC", "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\n"],
    ["a kustomization under any name", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Component\n"],
    ["Argo CD", "apiVersion: argoproj.io/v1alpha1\nkind: Application\n"],
    ["a group below a known one", "apiVersion: triggers.tekton.dev/v1beta1\nkind: EventListener\n"],
    ["OpenShift", "apiVersion: route.openshift.io/v1\nkind: Route\n"],
    ["carriage returns", "apiVersion: apps/v1\r\nkind: Deployment\r\n"],
    ["a later document", "services: {}\n---\napiVersion: apps/v1\nkind: Deployment\n"],
    ["a text that is still broken", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: [\n"],
  ])("takes %s", (_, text) => expect(holdsOurKind(text)).toBe(true));

  test("takes every kind that we have a schema of", () => {
    const apiVersions = new Set([...schemaBundle.kinds()].map((known) => known.apiVersion));
    // Configurations of Kustomize's built-in plugins are no objects of a cluster.
    apiVersions.delete("builtin");
    expect([...apiVersions].filter((each) => !holdsOurKind(`apiVersion: ${each}\nkind: Any\n`))).toEqual([]);
    expect(apiVersions.size).toBeGreaterThan(100);
  });

  test.each([
    ["nothing", ""],
    ["a compose file", "services:\n  web:\n    image: nginx\n"],
    ["a chart, which has no kind", "apiVersion: v2\nname: chart\n"],
    ["a foreign group", "apiVersion: backstage.io/v1alpha1\nkind: Component\n"],
    ["a group that only ends alike", "apiVersion: nottekton.dev/v1\nkind: Task\n"],
    ["an object inside another value", "objects:\n  - apiVersion: v1\n    kind: Service\n"],
    ["words that only begin alike", "apiVersions: v1\nkinds: Service\n"],
    ["a commented-out object", "# apiVersion: v1\n# kind: Service\n"],
  ])("leaves %s", (_, text) => expect(holdsOurKind(text)).toBe(false));

  test("looks at the beginning of a large text only", () => {
    const filler = "# comment\n".repeat(10_000);
    expect(holdsOurKind(`${filler}apiVersion: v1\nkind: Service\n`)).toBe(false);
  });
});

describe("isKustomizationFile", () => {
  test.each(["/a/kustomization.yaml", "file:///a/kustomization.yml", "Kustomization"])("takes %s", (path) =>
    expect(isKustomizationFile(path)).toBe(true),
  );
  test.each(["/a/kustomization.yaml.orig", "/kustomization.yaml/other", "/a/kustomization", "/a/Kustomization.yaml"])(
    "leaves %s",
    (path) => expect(isKustomizationFile(path)).toBe(false),
  );
});
