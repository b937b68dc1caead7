import { describe, expect, test } from "vitest";
import { newApplicationFeature } from "../../../server/src/features/newApplication";
import { newBindingFeature } from "../../../server/src/features/newBinding";
import { objectChoicesFeature } from "../../../server/src/features/objectChoices";
import type { NewApplicationParameters, NewManifest, ObjectChoices } from "../../../server/src/protocol/newObjects";
import { openEditor } from "../../support/editor";
import { folder } from "../../support/fixture";

const repository = `
#- .git/HEAD
ref: refs/heads/main
#- .git/config
[remote "origin"]
	url = https://example.com/book.git
[remote "fork"]
	url = git@example.com:ada/book.git
`;

const overlays = `
#- config/base/kustomization.yaml
resources: [service.yaml]
#- config/base/service.yaml
{apiVersion: v1, kind: Service, metadata: {name: web}}
#- config/overlays/dev/kustomization.yaml
namespace: book-dev
resources: [../../base]
#- config/overlays/prod/kustomization.yaml
resources: [../../base]
`;

const argocd = `
#- argocd/kustomization.yaml
resources:
- namespaces.yaml
- applications.yaml
#- argocd/namespaces.yaml
{apiVersion: v1, kind: Namespace, metadata: {name: book-dev}}
#- argocd/applications.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: book-dev, namespace: argocd}
spec:
  project: book
  source: {repoURL: https://example.com/book.git, path: config/overlays/dev}
  destination: {server: https://kubernetes.default.svc, namespace: book-dev}
#- argocd/project.yaml
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: book, namespace: argocd}
`;

const controller = { namespace: "openshift-gitops", name: "openshift-gitops-argocd-application-controller" };

async function ask<T>(files: string, feature: Parameters<Awaited<ReturnType<typeof openEditor>>["ask"]>[0], more = {}) {
  const editor = await openEditor(files);
  return await editor.ask<T>(feature, { kind: "source", path: folder }, more);
}

describe("the choices for new objects", () => {
  test("are what files and settings say", async () => {
    const choices = await ask<ObjectChoices>(repository + overlays + argocd, objectChoicesFeature);
    const remotes = [
      { name: "origin", url: "https://example.com/book.git" },
      { name: "fork", url: "git@example.com:ada/book.git" },
    ];
    const found = choices.sources.map(({ path, role, namespace, deployedBy }) => [path, role, namespace, deployedBy]);
    expect(found).toEqual([
      ["argocd", "standalone", undefined, []],
      ["config/overlays/dev", "overlay", "book-dev", ["book-dev"]],
      ["config/overlays/prod", "overlay", undefined, []],
      ["config/base", "base", undefined, []],
    ]);
    expect(choices.sources[1]).toMatchObject({ remotes, branch: "main", root: `file://${folder}/config/overlays/dev` });
    expect(choices).toMatchObject({
      projects: ["book"],
      argocdNamespaces: ["argocd", "openshift-gitops"],
      destinations: [{ server: "https://kubernetes.default.svc" }],
      namespaces: ["book-dev"],
      applications: [{ name: "book-dev", namespace: "argocd" }],
      controllers: [{ namespace: "argocd", name: "argocd-application-controller" }, controller],
    });
  });

  test("offer no overlay where no remote is known", async () => {
    expect((await ask<ObjectChoices>(overlays, objectChoicesFeature)).sources).toEqual([]);
  });
});

const wanted: NewApplicationParameters = {
  name: "book-prod",
  namespace: "argocd",
  project: "book",
  source: { repoURL: "https://example.com/book.git", path: "config/overlays/prod", targetRevision: "main" },
  destination: { name: "prod", namespace: "book-prod" },
  sync: "selfHealing",
};

describe("a new Application", () => {
  const make = (files: string, more: Partial<NewApplicationParameters> = {}) =>
    ask<NewManifest>(files, newApplicationFeature, { ...wanted, ...more });

  test("goes beside the others, and is listed where they are", async () => {
    const made = await make(repository + overlays + argocd);
    expect(made.title).toBe("Write the Application into 'book-prod.yaml' and list it in 'kustomization.yaml'");
    expect(made.edits.creates).toEqual([
      {
        uri: `file://${folder}/argocd/book-prod.yaml`,
        text: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: book-prod
  namespace: argocd
  finalizers:
  - resources-finalizer.argocd.argoproj.io
spec:
  project: book
  source:
    repoURL: https://example.com/book.git
    targetRevision: main
    path: config/overlays/prod
  destination:
    name: prod
    namespace: book-prod
  syncPolicy:
    automated:
      prune: true
      selfHeal: true
`,
      },
    ]);
    expect(made.edits.changes).toMatchObject([
      { uri: `file://${folder}/argocd/kustomization.yaml`, text: expect.stringContaining("- book-prod.yaml") },
    ]);
  });

  test("is the first in the directory argocd, which may have a kustomization already", async () => {
    const first = await make(repository + overlays);
    expect(first.edits).toMatchObject({ creates: [{ uri: `file://${folder}/argocd/book-prod.yaml` }], changes: [] });
    const listed = await make(`${repository}${overlays}#- argocd/kustomization.yaml\nresources:\n- a.yaml\n`);
    expect(listed.edits.changes).toMatchObject([{ uri: `file://${folder}/argocd/kustomization.yaml` }]);
  });

  test("takes another name when there is such a file, and never lies in what it deploys itself", async () => {
    const taken = await make(`${repository}${overlays}${argocd}#- argocd/book-prod.yaml\na: 1\n`);
    expect(taken.edits.creates[0]?.uri).toBe(`file://${folder}/argocd/book-prod-application.yaml`);
    const source = { ...wanted.source, path: "argocd" };
    const own = await make(`${repository}${overlays}${argocd}`, { source, sync: "manual" });
    expect(own.edits.creates[0]?.uri).toBe(`file://${folder}/book-prod.yaml`);
    expect(own.object).not.toHaveProperty("spec.syncPolicy");
  });
});

describe("a new RoleBinding for an Argo CD", () => {
  const make = (files: string, namespace = "book-dev") =>
    ask<NewManifest>(files, newBindingFeature, { namespace, controller });

  test("is written as the fix of the rule writes it", async () => {
    const { object, edits, title } = await make(repository + overlays + argocd);
    expect(title).toBe("Write a RoleBinding into 'argocd-role-binding.yaml' and list it in 'kustomization.yaml'");
    expect(object).toMatchObject({ metadata: { name: "argocd-may-deploy", namespace: "book-dev" } });
    expect(edits.creates).toEqual([
      { uri: `file://${folder}/argocd/argocd-role-binding.yaml`, text: expect.stringContaining("kind: RoleBinding\n") },
    ]);
    expect(edits.changes).toMatchObject([{ uri: `file://${folder}/argocd/kustomization.yaml` }]);
  });

  test("says where one is already", async () => {
    const { edits } = await make(repository + overlays + argocd);
    const files = `${repository}${overlays}${argocd}#- argocd/rights.yaml\n${edits.creates[0]?.text}`;
    expect((await make(files)).existing).toBe(`file://${folder}/argocd/rights.yaml`);
    const other = await make(files, "book-prod");
    expect(other.existing).toBeUndefined();
    expect(other.title).toBe("Add a RoleBinding to 'rights.yaml'");
  });
});
