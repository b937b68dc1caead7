import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

const task = (name: string, more = ""): string => `#- ${name}.yaml
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: ${name}
spec:
  results:
  - name: commit
  - name: image
    type: object
    properties:
      digest: {type: string}
  steps:
  - name: run
    image: alpine:3.22
    args: [run]
${more}`;

const pipeline = (lines: string): string => `#- pipeline.yaml
apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: dev
spec:
  tasks:
${lines}`;

describe("results", () => {
  const two = (value: string): string =>
    `${task("git-clone")}${pipeline(`  - name: clone
    taskRef: {name: git-clone}
  - name: show
    taskSpec:
      results: [{name: log}]
      steps:
      - image: alpine:3.22
        args:
        - ${value}
`)}`;

  test("one that the Task does not have", () =>
    checkDiagnostics(
      two(`$(tasks.clone.results.comit)
#                               ^^^^^ warning tekton/unknown-result: There is no result \`comit\` in the Task \`git-clone\`.`),
    ));

  test("a key that the result does not have", () =>
    checkDiagnostics(
      two(`$(tasks.clone.results.image.tag)
#                                     ^^^ warning tekton/unknown-result: The result \`image\` has no key \`tag\`.`),
    ));

  test("those that are there", async () => {
    await checkDiagnostics(two("$(tasks.clone.results.commit)"));
    await checkDiagnostics(two("$(tasks.clone.results.image.digest)"));
  });

  test("the one that was meant", () =>
    checkFix(
      two("$(tasks.clone.results.comit)"),
      "tekton/unknown-result",
      "Change to 'commit'",
      two("$(tasks.clone.results.commit)"),
    ));

  test("in the results of the pipeline, of embedded tasks, in `finally` and in conditions", () =>
    checkDiagnostics(
      pipeline(`  - name: show
    taskSpec:
      results: [{name: log}]
      steps:
      - image: alpine:3.22
  finally:
  - name: tell
    taskRef: {name: elsewhere}
    when:
    - input: $(tasks.show.results.lgo)
#                                 ^^^ warning tekton/unknown-result: There is no result \`lgo\` in its \`taskSpec\`.
      operator: in
      values: [a]
  results:
  - name: log
    value: $(tasks.show.results.log)
  - name: told
    value: $(finally.tell.results.anything)
  - name: other
    value: $(tasks.tell.results.anything)
#                  ^^^^ error tekton/unknown-variable: There is no task \`tell\` here.
`),
    ));

  test("those of a matrix are lists", async () => {
    const text = (value: string): string =>
      pipeline(`  - name: test
    matrix:
      params:
      - {name: platform, value: [linux, mac]}
    taskRef: {name: elsewhere}
  - name: show
    taskRef: {name: elsewhere}
    params:
    - name: all
      value: ${value}
`);
    await checkDiagnostics(
      text(
        "$(tasks.test.results.log)\n#            ^^^^^^^^^^^^^^^^^^^^^^^^^ error tekton/wrong-variable-type: The task `test` runs once for each",
      ),
    );
    await checkFix(
      text("$(tasks.test.results.log)"),
      "tekton/wrong-variable-type",
      "Change to '$(tasks.test.results.log[*])'",
      text("$(tasks.test.results.log[*])"),
    );
  });
});

describe("a Task that is named", () => {
  const named = "  - name: clone\n    taskRef: {name: git-cloen}\n";
  const near =
    "  - name: clone\n    taskRef: {name: git-cloen}\n#                   ^^^^^^^^^ warning tekton/missing-task: There is no Task `git-cloen`. The run fails.\n";

  test("nearly as one that is there", async () => {
    await checkDiagnostics(task("git-clone") + pipeline(near));
    await checkFix(
      task("git-clone") + pipeline(named),
      "tekton/missing-task",
      "Change to 'git-clone'",
      pipeline(named.replace("cloen", "clone")),
    );
  });

  test("otherwise, beside Tasks that are deployed together with it", () =>
    checkDiagnostics(`${task("build")}${pipeline(`  - name: clone
    taskRef: {name: git-clone}
#                   ^^^^^^^^^ information tekton/missing-task: There is no Task \`git-clone\` in the workspace.
`)}#- kustomization.yaml
resources: [build.yaml, pipeline.yaml]
`));

  test("otherwise, where nothing says that it should be here", async () => {
    await checkDiagnostics(task("build") + pipeline("  - name: clone\n    taskRef: {name: git-clone}\n"));
    await checkDiagnostics(
      `${task("git-clone")}${pipeline("  - name: clone\n    taskRef: {resolver: hub, params: [{name: name, value: git-cloen}, {name: version, value: '0.1'}]}\n")}`,
    );
  });

  test("by another name that Kustomize gives it", () =>
    checkDiagnostics(`${task("git-clone")}${pipeline("  - name: clone\n    taskRef: {name: ci-git-clone}\n")}#- kustomization.yaml
namePrefix: ci-
resources: [git-clone.yaml, pipeline.yaml]
`));
});

describe("what a run needs", () => {
  const account = "#- account.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: pipeline-robot\n";
  const run = (account: string, more = ""): string => `#- run.yaml
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  generateName: dev-
spec:
  taskRunTemplate:
    serviceAccountName: ${account}
  pipelineRef:
    name: dev
${more}`;
  const clone = pipeline("  - name: clone\n    taskRef: {name: git-clone}\n");

  test("a ServiceAccount that is nearly another one", async () => {
    await checkDiagnostics(
      `${account}${run("pipeline-robto\n#                       ^^^^^^^^^^^^^^ warning tekton/missing-run-object: There is no ServiceAccount `pipeline-robto`. Pods")}`,
    );
    await checkFix(
      account + run("pipeline-robto"),
      "tekton/missing-run-object",
      "Change to 'pipeline-robot'",
      run("pipeline-robot"),
    );
  });

  test("a ServiceAccount that a script may make", () =>
    checkDiagnostics(
      `${account}${clone}${run("builder\n#                       ^^^^^^^ information tekton/missing-run-object: There is no ServiceAccount `builder` in the workspace.")}`,
    ));

  test("those that every namespace has, and those of a run whose Pipeline is elsewhere", async () => {
    await checkDiagnostics(account + clone + run("pipeline"));
    await checkDiagnostics(account + run("builder"));
  });

  test("a Secret that a SealedSecret or ExternalSecret makes", () =>
    checkDiagnostics(`${clone}${run("default", "  workspaces:\n  - name: a\n    secret: {secretName: git-token}\n")}#- secrets.yaml
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: from-vault
spec:
  secretStoreRef: {name: vault, kind: ClusterSecretStore}
  target: {name: git-token}
  dataFrom:
  - extract: {key: git}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: git-tokens
spec:
  secretStoreRef: {name: vault, kind: ClusterSecretStore}
  dataFrom:
  - extract: {key: git}
`));
});

describe("Secrets that are annotated for Tekton", () => {
  const secret = `#- secret.yaml
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: git-credentials
spec:
  secretStoreRef: {name: vault, kind: ClusterSecretStore}
  target:
    name: git-user-pass
#         ^^^^^^^^^^^^^ warning tekton/unlisted-secret: The Secret \`git-user-pass\` is annotated with \`tekton.dev/git-0\`, but
    template:
      metadata:
        annotations:
          tekton.dev/git-0: https://github.com
  dataFrom:
  - extract: {key: git}
`;
  const account = (more = ""): string =>
    `#- account.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: pipeline-bot\n${more}`;

  test("and that no ServiceAccount lists", async () => {
    await checkDiagnostics(secret + account());
    await checkFix(
      secret + account(),
      "tekton/unlisted-secret",
      "List it in the ServiceAccount 'pipeline-bot'",
      account("secrets:\n- name: git-user-pass\n"),
    );
  });

  test("and listed", () =>
    checkDiagnostics(secret.replace(/# {2}.*\n/, "") + account("secrets:\n- name: git-user-pass\n")));

  test("and whose ServiceAccount is made elsewhere", () => checkDiagnostics(secret.replace("warning", "information")));
});

describe("from the pipeline to the overlays", () => {
  const overlays = `#- config/base/kustomization.yaml
resources: [deployment.yaml]
#- config/base/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: quay.io/team/web:v1
#- config/overlays/dev/kustomization.yaml
resources: [../../base]
images:
- name: quay.io/team/web
  newName: quay.io/mirror/web
  newTag: v2
`;
  const update = (image: string, path: string): string => `#- update.yaml
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: update
spec:
  params: [{name: path}, {name: image}]
  steps:
  - image: registry.k8s.io/kustomize/kustomize:v5.8.1
    workingDir: $(params.path)
    env:
    - name: IMAGE
      value: $(params.image)
    script: |
      #!/bin/sh
      kustomize edit set image "$IMAGE=$IMAGE:v3"
${pipeline(`  - name: update
    taskRef: {name: update}
    params:
    - name: path
      value: $(params.overlay-path)
    - name: image
      value: $(params.image)
  params:
  - name: overlay-path
    default: ${path}
  - name: image
    default: ${image}
`)}`;

  test("an image that the overlay does not run", () =>
    checkDiagnostics(
      overlays +
        update(
          "quay.io/team/wbe\n#            ^^^^^^^^^^^^^^^^ warning tekton/image-not-in-overlay: Nothing in the overlay `config/overlays/dev` runs the image `quay.io/team/wbe`",
          "config/overlays/dev",
        ),
    ));

  test("the image that the base names, the one that the overlay puts in its place, or one with a tag", async () => {
    await checkDiagnostics(overlays + update("quay.io/team/web", "config/overlays/dev"));
    await checkDiagnostics(overlays + update("quay.io/mirror/web", "config/overlays/dev"));
    await checkDiagnostics(overlays + update("quay.io/team/web:latest", "config/overlays/dev"));
  });

  test("an overlay that is not there, beside those that are", async () => {
    const hit =
      "config/overlays/stage\n#            ^^^^^^^^^^^^^^^^^^^^^ information tekton/missing-overlay: There is no folder `config/overlays/stage`";
    await checkDiagnostics(overlays + update("quay.io/team/web", hit));
    await checkDiagnostics(overlays + update("quay.io/team/web", "deploy/overlays/stage"));
  });

  test("a slip in a folder above the overlay", async () => {
    const to = (path: string, mark = ""): string => overlays + update("quay.io/team/web", path + mark);
    const mark =
      "\n#            ^^^^^^^^^^^^^^^^^^ warning tekton/missing-overlay: There is no folder `config/overlay/dev`";
    await checkDiagnostics(to("config/overlay/dev", mark));
    await checkDiagnostics(to("config/regions/dev"));
  });

  test("the overlay that was meant", () => {
    const more = "#- config/overlays/production/kustomization.yaml\nresources: [../../base]\n";
    return checkFix(
      overlays + more + update("quay.io/team/web", "config/overlays/prodution"),
      "tekton/missing-overlay",
      "Change to 'config/overlays/production'",
      update("quay.io/team/web", "config/overlays/production"),
    );
  });
});

describe("files that the git resolver fetches", () => {
  const repository =
    '#- .git/config\n[remote "origin"]\n\turl = git@github.com:team/app.git\n#- .git/HEAD\nref: refs/heads/main\n';
  const run = (
    revision: string,
    path: string,
  ): string => `${repository}${task("tasks/build").replace("name: tasks/build", "name: build")}#- run.yaml
apiVersion: tekton.dev/v1
kind: TaskRun
metadata:
  name: build
spec:
  taskRef:
    resolver: git
    params:
    - name: url
      value: https://github.com/team/app
    - name: revision
      value: ${revision}
    - name: pathInRepo
      value: ${path}
`;
  const hit = "tasks/biuld.yaml\n#            ^^^^^^^^^^^^^^^^ warning tekton/missing-git-path: There is no file";

  test("in this repository", async () => {
    await checkDiagnostics(run("main", hit));
    await checkDiagnostics(run("main", "tasks/build.yaml"));
  });

  test("of another branch, or of another repository", async () => {
    await checkDiagnostics(run("v1.0", "tasks/biuld.yaml"));
    await checkDiagnostics(run("main", "tasks/biuld.yaml").replace("team/app\n", "team/other\n"));
  });
});

describe("what nothing uses", () => {
  test("parameters and workspaces of a Task", () =>
    checkDiagnostics(`#- task.yaml
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: build
spec:
  params:
  - name: used
  - name: other.used
  - name: unused
#         ^^^^^^ hint tekton/unused-parameter
  workspaces:
  - name: source
  - name: mounted
  - name: at
    mountPath: /home/user/.ssh
  - name: spare
#         ^^^^^ hint tekton/unused-workspace
  steps:
  - image: alpine:3.22
    args: [$(params.used), "$(params['other.used'])", $(workspaces.source.path), /workspace/mounted/a]
`));

  test("a parameter can be removed", async () => {
    const text = task("build", "  params:\n  - name: unused\n");
    expect([...(await findFixes(text, "tekton/unused-parameter")).keys()]).toContain("Remove the parameter");
  });
});
