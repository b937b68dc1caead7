import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";
import { parseFixture } from "../../../support/fixture";
import { inspect } from "../../../support/inspect";

/**
 * The slip of the tutorial: its text says that the Task has a parameter `KUSTOMIZE_PATH`, its script uses `KUSTOMIZATION_PATH`, and so
 * does whoever follows one of them.
 */
const task = (declared: string): string => `#- tasks/git-update-deployment.yaml
apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: git-update-deployment
spec:
  params:
  - name: CURRENT_IMAGE
    type: string
  - name: NEW_DIGEST
    type: string
  - name: ${declared}
    type: string
  workspaces:
  - name: workspace
  results:
  - name: commit
  steps:
  - name: update-digest
    image: registry.k8s.io/kustomize/kustomize:v5.8.1
    workingDir: $(workspaces.workspace.path)/the-config
    script: |
      cd $(params.KUSTOMIZATION_PATH)
      kustomize edit set image $(params.CURRENT_IMAGE)=$(params.CURRENT_IMAGE)@$(params.NEW_DIGEST)
  - name: git-commit
    image: docker.io/alpine/git:v2.49.1
    workingDir: $(workspaces.workspace.path)/the-config
    script: |
      git add $(params.KUSTOMIZATION_PATH)/kustomization.yaml
      git rev-parse HEAD | tr -d '\\n' > $(results.commit.path)
`;

const pipeline = (handed: string): string => `#- pipelines/dev-pipeline.yaml
apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: dev-pipeline
spec:
  params:
  - name: image-name
    default: quay.io/wpernath/person-service
  - name: digest
  - name: kustomize-dir
    default: config/overlays/dev
  workspaces:
  - name: source
  tasks:
  - name: git-update-config
    params:
    - name: CURRENT_IMAGE
      value: $(params.image-name)
    - name: NEW_DIGEST
      value: $(params.digest)
    - name: ${handed}
      value: $(params.kustomize-dir)
    taskRef:
      kind: Task
      name: git-update-deployment
    workspaces:
    - name: workspace
      workspace: source
`;

const kustomization = `#- kustomization.yaml
namespace: book-ci
resources:
- tasks/git-update-deployment.yaml
- pipelines/dev-pipeline.yaml
`;

async function findingsIn(text: string): Promise<readonly string[]> {
  return (await inspect(parseFixture(text))).findings.map(({ code, place }) => {
    return `${code} ${place.file.path.replace("/ws/", "")} '${place.file.text.slice(place.start, place.end)}'`;
  });
}

describe("KUSTOMIZE_PATH for KUSTOMIZATION_PATH", () => {
  test.each([["as files"], ["in a kustomization"]])(
    "%s: the pipeline hands over a name that the Task lacks",
    async (how) => {
      const text = task("KUSTOMIZATION_PATH") + pipeline("KUSTOMIZE_PATH") + (how === "as files" ? "" : kustomization);
      expect(await findingsIn(text)).toEqual([
        "tekton/parameter-mismatch pipelines/dev-pipeline.yaml 'KUSTOMIZE_PATH'",
      ]);
      await checkFix(
        text,
        "tekton/parameter-mismatch",
        "Change to 'KUSTOMIZATION_PATH'",
        task("KUSTOMIZATION_PATH") + pipeline("KUSTOMIZATION_PATH"),
      );
    },
  );

  test.each([["KUSTOMIZATION_PATH"], ["KUSTOMIZE_PATH"]])(
    "the Task declares a name that its own scripts do not use, and the pipeline says %s",
    async (handed) => {
      const text = task("KUSTOMIZE_PATH") + pipeline(handed) + kustomization;
      expect(await findingsIn(text)).toContainEqual(
        "tekton/unknown-parameter tasks/git-update-deployment.yaml 'KUSTOMIZE_PATH'",
      );
      await checkFix(
        text,
        "tekton/unknown-parameter",
        "Rename the parameter to 'KUSTOMIZATION_PATH'",
        task("KUSTOMIZATION_PATH") + pipeline(handed),
      );
      await checkFix(
        text,
        "tekton/unknown-parameter",
        "Use 'KUSTOMIZE_PATH' instead",
        task("KUSTOMIZE_PATH").replaceAll("params.KUSTOMIZATION_PATH", "params.KUSTOMIZE_PATH") + pipeline(handed),
      );
    },
  );

  test("is one finding in a Task alone, and in a Task whose caller follows the script", async () => {
    const found = ["tekton/unknown-parameter tasks/git-update-deployment.yaml 'KUSTOMIZE_PATH'"];
    expect(await findingsIn(task("KUSTOMIZE_PATH"))).toEqual(found);
    expect(await findingsIn(task("KUSTOMIZE_PATH") + pipeline("KUSTOMIZATION_PATH"))).toEqual(found);
  });

  test("is none where all agree", () => checkDiagnostics(task("KUSTOMIZATION_PATH") + pipeline("KUSTOMIZATION_PATH")));
});
