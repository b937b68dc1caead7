import { describe, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";

const service =
  "#- service.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80\n";
const route = (after = ""): string =>
  `#- route.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: web\nspec:\n  to:\n    kind: Service\n    name: web\n${after}  tls:\n    termination: edge\n    insecureEdgeTerminationPolicy: Redirect\n`;
const deployment = (name: string, label = name): string =>
  `#- ${name}.yaml\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    matchLabels:\n      app: ${label}\n  template:\n    metadata:\n      labels:\n        app: ${label}\n    spec:\n      containers:\n      - name: main\n        image: quay.io/team/${name}:v1\n`;
const at = (directory: string, files: string): string => files.replace(/^#- /gm, `#- ${directory}/`);

describe("kustomization/name-not-followed", () => {
  test("hits the Route in the base, once for all overlays, not the base itself", () =>
    checkDiagnostics(`
#- dev/kustomization.yaml
resources: [../base]
namePrefix: dev-
#- prod/kustomization.yaml
resources: [../base]
nameSuffix: -prod
#- base/kustomization.yaml
resources: [service.yaml, route.yaml]
${at("base", service)}${at("base", route("#         ^^^ warning kustomization/name-not-followed: The Service `web` is called `dev-web` in the build, and Kustomize does not follow the name in `spec.to.name` of a Route.\n"))}`));
  test("leaves it alone where a configuration, a patch or another Service of the old name helps", () =>
    checkDiagnostics(`
#- a/kustomization.yaml
resources: [service.yaml, route.yaml]
namePrefix: dev-
configurations: [route-references.yaml]
#- a/route-references.yaml
nameReference:
- kind: Service
  version: v1
  fieldSpecs:
  - kind: Route
    group: route.openshift.io
    path: spec/to/name
${at("a", service)}${at("a", route())}#- b/kustomization.yaml
resources: [service.yaml, route.yaml]
namePrefix: dev-
patches:
- target: {kind: Route}
  patch: '[{"op": "replace", "path": "/spec/to/name", "value": "dev-web"}]'
${at("b", service)}${at("b", route())}`));
  test("follows a hash, and leaves Kustomize's own fields alone", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [task.yaml]
configMapGenerator:
- name: settings
  literals: [A=1]
#- task.yaml
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  name: run
spec:
  pipelineRef:
    name: build
  workspaces:
  - name: settings
    configMap:
      name: settings
#           ^^^^^^^^ warning kustomization/name-not-followed: The ConfigMap \`settings\` is called
`));
  test("says so where Kustomize knows the field, and the namespace of a base keeps the two apart", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources: [base]
configMapGenerator:
- name: settings
  literals: [A=1]
patches:
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          volumes:
          - name: settings
            configMap:
              name: settings
#                   ^^^^^^^^ warning kustomization/name-not-followed: The ConfigMap \`settings\` is called \`settings-89g4tffbfk\` in the build, and this still says the old name
#- base/kustomization.yaml
resources: [web.yaml]
namespace: team
${at("base", deployment("web"))}`));
  const files = (fields: string): string =>
    `#- kustomization.yaml\nresources: [service.yaml, route.yaml]\nnamePrefix: dev-\n${fields}`;
  test("fix: a configuration that lets Kustomize follow", () =>
    checkFix(
      `${files("")}${service}${route()}`,
      "kustomization/name-not-followed",
      "Let Kustomize follow this field, with 'route-references.yaml'",
      `${files("configurations:\n- route-references.yaml\n")}#- route-references.yaml\nnameReference:\n- kind: Service\n  version: v1\n  fieldSpecs:\n  - kind: Route\n    group: route.openshift.io\n    path: spec/to/name\n`,
    ));
});

describe("kustomization/changed-selector", () => {
  const labelled = (pairs: string, rest = "  includeSelectors: true\n"): string =>
    `#- kustomization.yaml\nresources: [web.yaml, api.yaml]\nlabels:\n- pairs:\n${pairs}${rest}${deployment("web")}${deployment("api")}`;
  test("warns where two workloads become one, and of versions; is a hint otherwise", () =>
    checkDiagnostics(
      labelled(`    app: shop
#        ^^^^ warning kustomization/changed-selector: \`app: shop\` takes the place of the label that told the Deployments api and web apart
    version: v1.2.3
#            ^^^^^^ warning kustomization/changed-selector: \`version\` also goes into selectors, and those cannot change once they are deployed. With the next value
    team: shop
#         ^^^^ hint kustomization/changed-selector
`),
    ));
  test("is one hint for all labels of a file", () =>
    checkDiagnostics(
      labelled(`    team: shop
#         ^^^^ hint kustomization/changed-selector: \`part\`, \`team\` also go into selectors,
    part: shop
`),
    ));
  test("leaves labels without selectors alone", () => checkDiagnostics(labelled("    app: shop\n", "")));
  test("leaves a half-typed label alone", () => checkDiagnostics(labelled("    app:\n")));
});

describe("kustomization/orphan-manifest", () => {
  const a = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
  const b = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n";
  const hit = `${b}#       ^ hint kustomization/orphan-manifest: No kustomization lists this manifest.`;
  test("hits a manifest beside those that are listed, and says so when a comment mentions it", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources:
- sub/a.yaml
# - c.yaml
#- sub/a.yaml
${a}#- sub/b.yaml
${hit}
#- c.yaml
${hit.replace("name: b", "name: c")} A comment of the kustomization mentions it.
`));
  test.each([
    [
      "what another overlay lists",
      `#- other/kustomization.yaml\nresources: [../x]\n#- x/kustomization.yaml\nresources: [b.yaml]\n#- x/b.yaml\n${b}`,
    ],
    ["a directory of which nothing is listed", `#- scripts/b.yaml\n${b}`],
    ["tests, samples and hidden folders", `#- tests/b.yaml\n${b}#- .tekton/b.yaml\n${b}#- samples/b.yaml\n${b}`],
    ["what the configuration of a plugin names", `#- secrets.yaml\nfiles: [b.yaml]\n#- b.yaml\n${b}`],
    ["a chart", `#- Chart.yaml\nname: c\n#- b.yaml\n${b}`],
    [
      "runs that are made by hand, and what is encrypted",
      `#- run.yaml\napiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata:\n  name: b\nspec:\n  pipelineRef:\n    name: b\n#- secret.yaml\n${b}sops:\n  mac: x\n`,
    ],
    ["a file that is half typed", "#- b.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n"],
    ["what is excluded", `#- .gitops-author.yaml\nexclude: [b.yaml]\n#- b.yaml\n${b}`],
  ])("leaves alone %s", (_, more) =>
    checkDiagnostics(`#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\n${a}${more}`),
  );
  test("leaves a directory alone that an Application deploys as it is", () =>
    checkDiagnostics(`
#- apps/kustomization.yaml
resources: [plain/a.yaml, application.yaml]
#- apps/application.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: plain
  namespace: argocd
spec:
  project: default
  destination: {server: "https://kubernetes.default.svc", namespace: plain}
  source:
    repoURL: https://github.com/team/config
    targetRevision: v1
    path: apps/plain
#- apps/plain/a.yaml
${a}#- apps/plain/b.yaml
${b}`));
  const listed = (rest: string): string => `#- kustomization.yaml\nresources:\n- a.yaml # c\n${rest}`;
  test("fix: list it", () =>
    checkFix(
      `${listed("")}#- a.yaml\n${a}#- b.yaml\n${b}`,
      "kustomization/orphan-manifest",
      "Add it to the kustomization",
      listed("- b.yaml\n"),
    ));
});

describe("kustomization/unlisted-hook", () => {
  const a = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
  const hook = (mark: string): string =>
    `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: fill\n${mark}  annotations:\n    argocd.argoproj.io/hook: PostSync\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - name: fill\n        image: quay.io/team/fill:v1\n`;
  test("is an information, and a warning where an Application deploys the kustomization", () =>
    checkDiagnostics(`
#- one/kustomization.yaml
resources: [a.yaml]
#- one/a.yaml
${a}#- one/hooks/fill.yaml
${hook("#       ^^^^ information kustomization/unlisted-hook\n")}#- base/kustomization.yaml
resources: [a.yaml]
#- base/a.yaml
${a}#- base/fill.yaml
${hook("#       ^^^^ warning kustomization/unlisted-hook: No kustomization lists this hook, so Argo CD never runs it.\n")}#- dev/kustomization.yaml
resources: [../base]
#- application.yaml
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: dev
  namespace: argocd
spec:
  project: default
  destination: {server: "https://kubernetes.default.svc", namespace: dev}
  source:
    repoURL: https://github.com/team/config
    targetRevision: v1
    path: dev
`));
});
