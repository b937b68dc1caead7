import { describe, expect, test } from "vitest";
import type { CompletionItem, MarkupContent } from "vscode-languageserver-types";
import { completionFeature } from "../../../../server/src/features/completion";
import { completionResolveFeature } from "../../../../server/src/features/completionResolve";
import { checkCompletion } from "../../../support/checkCompletion";
import { openEditor } from "../../../support/editor";
import { choose, openTypist } from "../../../support/typing";

const deployment = "apiVersion: apps/v1\nkind: Deployment\n";
const container = `${deployment}spec:\n  template:\n    spec:\n      containers:\n      - name: web\n`;
const web = (text: string): string => `#- web.yaml\n${text}`;

describe("a new object", () => {
  test("is offered whole, with what its kind demands and one name for all that must agree", async () => {
    const editor = await openEditor(web("<|>\n"));
    const items = await editor.askAtCursor<readonly CompletionItem[]>(completionFeature);
    const found = items.find(
      ({ label, labelDetails }) => `${label} ${labelDetails?.description}` === "Deployment apps/v1",
    );
    expect(found?.textEdit?.newText).toBe(`apiVersion: apps/v1
kind: Deployment
metadata:
  name: \${1:name}
spec:
  selector:
    matchLabels:
      app: \${1:name}
  template:
    metadata:
      labels:
        app: \${1:name}
    spec:
      containers:
      - name: $2
        image: $3
`);
    const labels = items.map(({ label }) => label);
    for (const label of ["Application", "Pipeline", "RoleBinding", "Route", "HTTPRoute"])
      expect(labels).toContain(label);
    // Gone from Kubernetes, and Kustomize's own files.
    for (const label of ["PodSecurityPolicy", "Component"]) expect(labels).not.toContain(label);
  });

  test("has no tab stops where the editor knows none", async () => {
    const typist = await openTypist("#- README.md\n", "a.yaml");
    const item = (await typist.complete("", 0)).find(({ label }) => label === "RoleBinding");
    expect(item && choose("", item)).toBe(
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata:\n  name: name\nroleRef:\n  kind: ClusterRole\n  name: \n",
    );
  });

  test("gets its apiVersion together with its kind", async () => {
    const typist = await openTypist("#- README.md\n", "a.yaml");
    const text = "metadata: {}\n---\n# job\nkind: ";
    const item = (await typist.complete(text, text.length)).find(({ label }) => label === "CronJob");
    expect(item && choose(text, item)).toBe("metadata: {}\n---\n# job\napiVersion: batch/v1\nkind: CronJob");
    expect(item?.labelDetails?.description).toBe("batch/v1");
  });

  test("gets its kind together with its apiVersion", () =>
    checkCompletion(web("apiVersion: <|>\n"), {
      choose: ["batch/v1 CronJob", "apiVersion: batch/v1\nkind: CronJob\n"],
    }));

  test("may be of the kinds of its apiVersion", () =>
    checkCompletion(web("apiVersion: batch/v1\nkind: <|>\n"), { labels: ["CronJob", "Job"] }));

  test("may have the apiVersions of its kind, the ones to use first", () =>
    checkCompletion(web("kind: CronJob\napiVersion: <|>\n"), {
      labels: ["batch/v1", "batch/v1beta1", "batch/v2alpha1"],
    }));

  test("is of a kind that the workspace defines", () =>
    checkCompletion(
      `#- crd.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: books.example.com}
spec:
  group: example.com
  names: {kind: Book, plural: books}
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            required: [isbn]
            properties:
              pages: {type: integer}
              isbn: {type: string}
${web("apiVersion: example.com/v1\nkind: Book\n<|>")}`,
      { labels: ["metadata", "spec"], choose: ["spec", "apiVersion: example.com/v1\nkind: Book\nspec:\n  isbn: $0"] },
    ));

  test.each([
    ["a group that nobody knows", "apiVersion: example.com/v1\nkind: Book\n<|>\n"],
    ["a kind that its group does not have", "apiVersion: v1\nkind: Book\n<|>\n"],
    ["a template", `${deployment}spec:\n  {{- if .Values.a }}\n  <|>\n`],
    ["a value of a template", "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n  <|>\n"],
    ["another tool's document", "services:\n  web:\n    image: a\n<|>\n"],
  ])("nothing in %s", (_, text) => checkCompletion(web(text), { labels: [] }));

  test("nothing in the templates of a chart", () =>
    checkCompletion(`#- app/Chart.yaml\nname: app\n#- app/templates/web.yaml\n${deployment}<|>\n`, { labels: [] }));
});

describe("fields", () => {
  test("at the top, without the status that nobody writes", () =>
    checkCompletion(web(`${deployment}<|>\n`), { labels: ["metadata", "spec"] }));

  test("the required ones first, then in canonical order", () =>
    checkCompletion(web(`${deployment}spec:\n  <|>\n  replicas: 1\n`), {
      labels: [
        ..."selector template strategy minReadySeconds paused progressDeadlineSeconds revisionHistoryLimit".split(" "),
      ],
    }));

  test("with the required part of their value", async () => {
    await checkCompletion(web(`${deployment}spec:\n  template:\n    spec:\n      <|>\n`), {
      choose: [
        "containers",
        `${deployment}spec:\n  template:\n    spec:\n      containers:\n      - name: $1\n        image: $2\n`,
      ],
    });
    await checkCompletion(web("kind: RoleBinding\napiVersion: rbac.authorization.k8s.io/v1\n<|>\n"), {
      choose: [
        "roleRef",
        `kind: RoleBinding\napiVersion: rbac.authorization.k8s.io/v1\nroleRef:\n  kind: \${1|ClusterRole,Role|}\n  name: $2\n`,
      ],
    });
  });

  test("with dashes as deep as those of the document", () =>
    checkCompletion(web(`${deployment}metadata:\n  finalizers:\n    - a\n  <|>\n`), {
      choose: [
        "ownerReferences",
        `${deployment}metadata:\n  finalizers:\n    - a\n  ownerReferences:\n    - apiVersion: $1\n      kind: $2\n      name: $3\n      uid: $4\n`,
      ],
    }));

  test("behind a dash, and a dash that lacks its space", async () => {
    await checkCompletion(web(`${container}        ports:\n        - <|>\n`), {
      includes: ["containerPort", "protocol"],
      choose: ["containerPort", `${container}        ports:\n        - containerPort: \n`],
    });
    await checkCompletion(web(`${container}        ports:\n        -<|>\n`), {
      choose: ["containerPort", `${container}        ports:\n        - containerPort: \n`],
    });
  });

  test("of a list's first item, where only its key stands: the item before the next key", () =>
    checkCompletion(web(`${container}        ports:\n        <|>\n`), {
      includes: ["- containerPort", "env"],
      choose: ["- containerPort", `${container}        ports:\n        - containerPort: \n`],
    }));

  test("all that an item must have, at once", () =>
    checkCompletion(web(`${container}        volumeMounts:\n        - <|>\n`), {
      choose: ["name, mountPath", `${container}        volumeMounts:\n        - name: $1\n          mountPath: $2\n`],
    }));

  test("in brackets", () =>
    checkCompletion(web(`${container}        ports: [{name: http, <|>}]\n`), {
      choose: ["containerPort", `${container}        ports: [{name: http, containerPort: }]\n`],
    }));

  test("while one is typed in a document that is broken above", () =>
    checkCompletion(web(`${deployment}metadata: {name: [\nspec:\n  repl<|>\n`), {
      choose: ["replicas", `${deployment}metadata: {name: [\nspec:\n  replicas: \n`],
    }));

  test("that are deprecated, only when their names are typed", async () => {
    const application = "apiVersion: tekton.dev/v1beta1\nkind: Task\nspec:\n  ";
    await checkCompletion(web(`${application}<|>\n`), { includes: ["steps"], excludes: ["resources"] });
    await checkCompletion(web(`${application}reso<|>\n`), { includes: ["resources"] });
  });

  test("of the objects in a List and in a template", async () => {
    const list = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  spec:\n    ";
    await checkCompletion(web(`${list}<|>\n`), { includes: ["ports", "selector"] });
    const template =
      "apiVersion: template.openshift.io/v1\nkind: Template\nobjects:\n- kind: Deployment\n  apiVersion: apps/v1\n  spec:\n    ";
    await checkCompletion(web(`${template}<|>\n`), { includes: ["replicas"] });
    await checkCompletion(web("apiVersion: v1\nkind: List\nitems:\n- kind: Service\n  apiVersion: <|>\n"), {
      includes: ["v1"],
    });
  });

  test("none between a list's key and its items but an item", () =>
    checkCompletion(web(`${deployment}metadata:\n  finalizers:\n  <|>\n  - a\n`), { labels: [] }));

  test("are documented when someone looks at them", async () => {
    const editor = await openEditor(web(`${container}        <|>\n`));
    const items = await editor.askAtCursor<readonly CompletionItem[]>(completionFeature);
    const item = items.find(({ label }) => label === "imagePullPolicy");
    expect(item?.documentation).toBeUndefined();
    const resolved = await editor.ask<CompletionItem>(completionResolveFeature, { kind: "source", path: "" }, item);
    expect((resolved.documentation as MarkupContent).value).toMatch(
      /^\*\*imagePullPolicy\*\* `string`\n\nImage pull policy\.(?:.|\n)*\n\n\*Deployment `apps\/v1`, Kubernetes [\d.]+\*$/,
    );
  });
});

describe("values", () => {
  test("of an enumeration", () =>
    checkCompletion(web(`${container}        imagePullPolicy: <|>\n`), {
      labels: ["Always", "IfNotPresent", "Never"],
      choose: ["Never", `${container}        imagePullPolicy: Never\n`],
    }));

  test("of a boolean, with the space that is missing", () =>
    checkCompletion(web(`${deployment}spec:\n  paused:<|>\n`), {
      labels: ["true", "false"],
      choose: ["true", `${deployment}spec:\n  paused: true\n`],
    }));

  test("that is the default", () => checkCompletion(web(`${deployment}spec:\n  replicas: <|>\n`), { labels: ["1"] }));

  test("of the items of a list", () =>
    checkCompletion(web("apiVersion: v1\nkind: PersistentVolumeClaim\nspec:\n  accessModes:\n  - <|>\n"), {
      includes: ["ReadWriteOnce"],
    }));
});

describe("patches", () => {
  const patched = (patch: string, path = "dev"): string =>
    `#- ${path}/kustomization.yaml\npatches:\n- target:\n    kind: Deployment\n  patch: |-\n${patch}`;

  test("written in a kustomization are of their target's kind, and nothing is required of them", () =>
    checkCompletion(patched("    spec:\n      <|>\n"), {
      includes: ["replicas"],
      choose: [
        "template",
        "patches:\n- target:\n    kind: Deployment\n  patch: |-\n    spec:\n      template:\n        $0\n",
      ],
    }));

  test("name the items of a list by the key that tells them apart", () =>
    checkCompletion(patched("    spec:\n      template:\n        spec:\n          <|>\n"), {
      choose: [
        "containers",
        "patches:\n- target:\n    kind: Deployment\n  patch: |-\n    spec:\n      template:\n        spec:\n          containers:\n          - name: $0\n",
      ],
    }));

  test("of their own kind in a list of patches", () =>
    checkCompletion(
      `#- kustomization.yaml\npatchesStrategicMerge:\n- |-\n  apiVersion: v1\n  kind: Service\n  spec:\n    ty<|>\n`,
      { includes: ["type", "ports"] },
    ));

  test("in a file", () =>
    checkCompletion(`#- kustomization.yaml\npatches:\n- path: patch.yaml\n#- patch.yaml\n${deployment}spec:\n  <|>\n`, {
      includes: ["replicas"],
      choose: ["selector", `${deployment}spec:\n  selector:\n    matchLabels:\n      app: \${1:name}\n`],
    }));

  test("take directives", async () => {
    const patch = "    spec:\n      template:\n        spec:\n          containers:\n          - name: a\n            ";
    await checkCompletion(patched(`${patch}$<|>\n`), { includes: ["$patch"] });
    await checkCompletion(patched(`${patch}$patch: <|>\n`), { labels: ["delete", "replace", "merge"] });
  });

  test("of JSON have operations", async () => {
    await checkCompletion(patched("    - <|>\n"), { includes: ["op", "path", "value", "from"] });
    await checkCompletion(patched("    - op: <|>\n      path: /a\n"), {
      labels: ["replace", "add", "remove", "copy", "move", "test"],
    });
  });
});
