import { describe, expect, test } from "vitest";
import type { Finding } from "../../server/src/analysis/finding";
import { checkFix, findFixes } from "../support/checkFix";
import { parseFixture } from "../support/fixture";
import { inspect } from "../support/inspect";

/*
 * The files of a well-known tutorial that go wrong, written anew in its shape: an application repository that holds what an administrator
 * applies, and a configuration repository whose overlays Argo CD follows.
 */

const repository = (folder: string, name: string): string => `#- ${folder}/.git/HEAD
ref: refs/heads/main
#- ${folder}/.git/config
[remote "origin"]
	url = git@github.com:bookshop/${name}.git
`;

function application(stage: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: book-${stage}
  namespace: openshift-gitops
  finalizers:
    - resources-finalizer.argocd.argoproj.io
spec:
  destination:
    namespace: book-${stage}
    server: https://kubernetes.default.svc
  project: default
  source:
    path: config/overlays/${stage}
    repoURL: https://github.com/bookshop/person-service-config.git
    targetRevision: HEAD
  syncPolicy:
    automated:
      prune: true
    syncOptions:
    - PruneLast=true
`;
}

function binding(stage: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: argocd-may-deploy
  namespace: book-${stage}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: admin
subjects:
- kind: ServiceAccount
  name: openshift-gitops-argocd-application-controller
  namespace: openshift-gitops
`;
}

const namespace = (stage: string): string => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: book-${stage}\n`;

/** What the administrator applies for some stages. */
function bootstrap(stages: readonly string[], rights: string): string {
  return `#- book-example/gitops/argocd/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization

resources:
- ns.yaml
${rights === "" ? "" : "- roles.yaml\n"}- book-apps.yaml
#- book-example/gitops/argocd/ns.yaml
${stages.map(namespace).join("---\n")}#- book-example/gitops/argocd/book-apps.yaml
${stages.map(application).join("---\n")}${rights === "" ? "" : `#- book-example/gitops/argocd/roles.yaml\n${rights}`}`;
}

const digest = "sha256:ef260e9aa3c673af240d17a2660480361a8e081d1ffeca2a5ed0e3219fc18567";

/** The configuration repository, with the metadata of its hook as they may be. */
function configuration(hook = "  name: my-final-run\n"): string {
  const overlay = (stage: string): string => `#- person-service-config/config/overlays/${stage}/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: book-${stage}
resources:
- ../../base
images:
- name: quay.io/bookshop/person-service
  digest: ${digest}
`;
  return `#- person-service-config/config/base/kustomization.yaml
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
- deployment.yaml
- service.yaml
- post-sync-hook.yaml
#- person-service-config/config/base/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: person-service
spec:
  selector:
    matchLabels:
      app: person-service
  template:
    metadata:
      labels:
        app: person-service
    spec:
      containers:
      - name: person-service
        image: quay.io/bookshop/person-service:latest
        ports:
        - containerPort: 8080
#- person-service-config/config/base/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: person-service
spec:
  ports:
  - port: 8080
    targetPort: 8080
  selector:
    app: person-service
#- person-service-config/config/base/post-sync-hook.yaml
apiVersion: batch/v1
kind: Job
metadata:
${hook}  annotations:
    argocd.argoproj.io/hook: PostSync
    argocd.argoproj.io/hook-delete-policy: HookSucceeded
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: fill
        image: quay.io/bookshop/fill@${digest}
${overlay("dev")}${overlay("stage")}`;
}

const bothRepositories =
  repository("book-example", "book-example") + repository("person-service-config", "person-service-config");
const sound = bothRepositories + bootstrap(["dev", "stage"], `${binding("dev")}---\n${binding("stage")}`);

/** Findings that are more than a hint: hints tell of taste, such as a stage that follows `HEAD`. */
async function findingsOf(text: string, folders?: readonly string[]): Promise<readonly Finding[]> {
  const { findings } = await inspect(parseFixture(text), undefined, folders);
  return findings.filter(({ severity }) => severity !== "hint");
}

async function codesOf(text: string, folders?: readonly string[]): Promise<readonly string[]> {
  return (await findingsOf(text, folders)).map(({ code }) => code);
}

describe("both repositories together", () => {
  test("as folders of one workspace, nothing is wrong", async () => {
    const folders = ["/ws/book-example", "/ws/person-service-config"];
    expect(await codesOf(sound + configuration(), folders)).toEqual([]);
  });
  test("as one folder, nothing is wrong", async () => expect(await codesOf(sound + configuration())).toEqual([]));
  test("the path of an Application is looked up in the other repository", async () => {
    const folders = ["/ws/book-example", "/ws/person-service-config"];
    const moved = configuration().replaceAll("config/overlays/stage", "config/overlays/staging");
    expect(await codesOf(sound + moved, folders)).toEqual(["argocd/source-path-not-found"]);
    expect(await codesOf(sound + moved, ["/ws/book-example"])).toEqual([]);
  });
  test("the namespace of an overlay is compared with the destination of the Application", async () => {
    const moved = configuration().replace("namespace: book-stage", "namespace: book-production");
    expect(await codesOf(sound + moved)).toEqual(["argocd/namespace-mismatch"]);
  });
});

describe("each file that goes wrong has one finding and a fix", () => {
  test("a RoleBinding that was forgotten", async () => {
    const wrong = bothRepositories + bootstrap(["dev", "stage"], binding("dev")) + configuration();
    expect(await codesOf(wrong)).toEqual(["argocd/controller-without-rights"]);
    const right =
      bothRepositories + bootstrap(["dev", "stage"], `${binding("dev")}---\n${binding("stage")}`) + configuration();
    await checkFix(wrong, "argocd/controller-without-rights", "Add a RoleBinding to 'roles.yaml'", right);
  });
  test("a file of RoleBindings that was forgotten", async () => {
    const wrong = bothRepositories + bootstrap(["dev", "stage"], "") + configuration();
    expect(await codesOf(wrong)).toEqual(["argocd/controller-without-rights"]);
    const [[, changes] = []] = await findFixes(wrong, "argocd/controller-without-rights");
    const fixed = parseFixture(wrong);
    const { findings } = await inspect({ ...fixed, files: new Map([...fixed.files, ...(changes ?? [])]) });
    expect(findings.filter(({ severity }) => severity !== "hint")).toEqual([]);
  });
  test("an Application alone, as the tutorial shows it first", async () => {
    const wrong = `#- book-apps.yaml\n${application("dev")}`;
    expect(await codesOf(wrong)).toEqual(["argocd/controller-without-rights"]);
    expect([...(await findFixes(wrong, "argocd/controller-without-rights")).keys()]).not.toEqual([]);
  });
  test("a hook with a name and a generateName", async () => {
    const wrong = sound + configuration("  generateName: post-sync-run\n  name: my-final-run\n");
    expect(await codesOf(wrong)).toEqual(["core/name-and-generate-name"]);
    await checkFix(wrong, "core/name-and-generate-name", "Remove 'generateName'", sound + configuration());
  });
  test("an image name with a tag", async () => {
    const dev = /(overlays\/dev\/kustomization.yaml\n[\s\S]*?quay.io\/bookshop\/person-service)/;
    const wrong = sound + configuration().replace(dev, "$1:latest");
    expect(await codesOf(wrong)).toEqual(["kustomization/image-name-with-tag"]);
    const title = "Change to 'quay.io/bookshop/person-service'";
    await checkFix(wrong, "kustomization/image-name-with-tag", title, sound + configuration());
  });
  test("tabs in a ServiceAccount", async () => {
    const account =
      "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: pipeline-bot\nsecrets:\n- name: quay-push\n";
    const secret =
      "#- secret.yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: quay-push\n  annotations:\n    tekton.dev/docker-0: https://quay.io\ntype: kubernetes.io/basic-auth\n";
    const wrong = `${secret}#- sa.yaml\n${account.replace("  name: pipeline-bot", "\tname: pipeline-bot")}`;
    expect(await codesOf(wrong)).toEqual(["yaml/tab-indentation"]);
    expect(await codesOf(`${secret}#- sa.yaml\n${account}`)).toEqual([]);
    await checkFix(wrong, "yaml/tab-indentation", "Use spaces", `${secret}#- sa.yaml\n${account}`);
  });
});
