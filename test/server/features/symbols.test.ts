import { describe, test } from "vitest";
import {
  checkDefinition,
  checkHighlights,
  checkReferences,
  checkRenderedDefinition,
} from "../../support/checkDefinition";

/** Two applications of the same shape; what belongs to the one is never that of the other. */
const app = (name: string): string => `
#- ${name}/base/kustomization.yaml
resources:
- deployment.yaml
- service.yaml
- settings.yaml
#- ${name}/base/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
      - name: web
        envFrom:
        - configMapRef:
            name: settings
        env:
        - name: COLOUR
          valueFrom:
            configMapKeyRef:
              name: settings
              key: colour
#- ${name}/base/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
#- ${name}/base/settings.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  colour: blue
#- ${name}/dev/kustomization.yaml
namePrefix: dev-
resources:
- ../base
- ingress.yaml
patches:
- path: patch.yaml
#- ${name}/dev/patch.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  colour: red
#- ${name}/dev/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  defaultBackend:
    service:
      name: web
`;

const tree = app("one").trimStart() + app("two").trimStart();

/** The tree with a cursor in a text of a file. */
function at(path: string, text: string): string {
  const [before = "", after = ""] = tree.split(`#- ${path}\n`);
  const plain = text.replace("<|>", "");
  if (!after.includes(plain)) throw new Error(`'${plain}' is not in ${path}`);
  return `${before}#- ${path}\n${after.replace(plain, text)}`;
}

const settings = [
  "one/base/deployment.yaml:12 'settings'",
  "one/base/deployment.yaml:17 'settings'",
  "one/dev/patch.yaml:4 'settings'",
];

describe("definition", () => {
  test("of a name is the object of the same application, not a patch of it", () =>
    checkDefinition(at("one/base/deployment.yaml", "name: sett<|>ings"), ["one/base/settings.yaml:4 'settings'"]));
  test("reaches from an overlay into its base", () =>
    checkDefinition(at("two/dev/ingress.yaml", "      name: <|>web"), ["two/base/service.yaml:4 'web'"]));
  test("of a part is the part", () =>
    checkDefinition(at("one/base/deployment.yaml", "key: col<|>our"), ["one/base/settings.yaml:6 'colour'"]));
  test("of the name in a patch is the object that it changes", () =>
    checkDefinition(at("one/dev/patch.yaml", "name: settings<|>"), ["one/base/settings.yaml:4 'settings'"]));
  test("of a definition is itself", () =>
    checkDefinition(at("one/base/settings.yaml", "name: <|>settings"), ["one/base/settings.yaml:4 'settings'"]));
  test("of something that is nowhere is nothing", () =>
    checkDefinition(
      "#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  serviceAccountName: no<|>body\n",
      [],
    ));
  test("of a name in a rendered object is the text that gives it, and the object that it names", () =>
    checkRenderedDefinition(
      tree,
      "one/dev",
      "configMapRef:\n            name: dev-settings",
      "one/base/deployment.yaml:12 'settings'",
      "one/base/settings.yaml:4 'settings'",
    ));
  test("takes what is nearest where nothing is put together: the same directory, else anything", async () => {
    const pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  serviceAccountName: r<|>obot\n";
    const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: robot\n";
    await checkDefinition(`#- a/pod.yaml\n${pod}#- a/b.yaml\n${account}#- c/b.yaml\n${account}`, [
      "a/b.yaml:4 'robot'",
    ]);
    await checkDefinition(`#- a/pod.yaml\n${pod}#- b/b.yaml\n${account}#- c/b.yaml\n${account}`, [
      "b/b.yaml:4 'robot'",
      "c/b.yaml:4 'robot'",
    ]);
  });
});

test("a generated ConfigMap is defined by its generator, and its keys by their literals and files", async () => {
  const generated = (pod: string) => `#- kustomization.yaml
resources: [pod.yaml]
configMapGenerator:
- name: settings
  literals:
  - COLOUR=blue
  - "SIZE=large"
  files:
  - app.txt
  - key=other/path.txt
#- overlay/kustomization.yaml
resources: [..]
configMapGenerator:
- name: settings
  behavior: merge
  literals: [COLOUR=red]
#- pod.yaml
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
  - name: a
    envFrom:
    - configMapRef: {name: settings}
    env:
${pod}`;
  const wants = (key: string) => `    - {name: X, valueFrom: {configMapKeyRef: {name: settings, key: ${key}}}}\n`;
  const settings = "kustomization.yaml:3 'settings'";
  await checkDefinition(generated("").replace("{name: settings}", "{name: sett<|>ings}"), [settings]);
  await checkDefinition(generated(wants("COL<|>OUR")), ["kustomization.yaml:5 'COLOUR'"]);
  await checkDefinition(generated(wants("SI<|>ZE")), ["kustomization.yaml:6 'SIZE'"]);
  await checkDefinition(generated(wants("app<|>.txt")), ["kustomization.yaml:8 'app.txt'"]);
  await checkDefinition(generated(wants("k<|>ey")), ["kustomization.yaml:9 'key'"]);
  await checkReferences(generated(wants("SIZE")).replace("- name: settings", "- name: <|>settings"), [
    "overlay/kustomization.yaml:3 'settings'",
    "pod.yaml:8 'settings'",
    "pod.yaml:10 'settings'",
  ]);
});

describe("references", () => {
  test("of an object are its mentions and patches in the same application", () =>
    checkReferences(at("one/base/settings.yaml", "name: sett<|>ings"), settings));
  test("and, when asked for, the object", () =>
    checkReferences(
      at("one/base/settings.yaml", "name: sett<|>ings"),
      ["one/base/settings.yaml:4 'settings'", ...settings].sort(),
      { includeDeclaration: true },
    ));
  test("of a mention are the same", () =>
    checkReferences(at("one/base/deployment.yaml", "name: sett<|>ings"), settings));
  test("of a key are the mentions of the key, and the patches that set it", () =>
    checkReferences(at("one/base/settings.yaml", "col<|>our"), [
      "one/base/deployment.yaml:18 'colour'",
      "one/dev/patch.yaml:6 'colour'",
    ]));
  test("of something that is nowhere are the others that want it", () => {
    const pod = (name: string, account: string) =>
      `#- ${name}.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  serviceAccountName: ${account}\n`;
    return checkReferences(pod("a", "no<|>body") + pod("b", "nobody") + pod("c", "somebody"), [
      "a.yaml:6 'nobody'",
      "b.yaml:6 'nobody'",
    ]);
  });
});

describe("highlights", () => {
  test("mark what is named in the file, and where it is defined", async () => {
    await checkHighlights(at("one/base/deployment.yaml", "name: sett<|>ings"), ["12:19 R", "17:21 R"]);
    await checkHighlights(at("one/base/settings.yaml", "<|>colour"), ["6:3 W"]);
  });
  test("leave other words to the editor", () => checkHighlights(at("one/base/settings.yaml", "bl<|>ue"), null));
});
