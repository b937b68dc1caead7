import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";
import { parseFixture } from "../../../support/fixture";
import { inspect } from "../../../support/inspect";

/** A Deployment whose pod ends with more lines; `#` lines of expectations may stand among them. */
const deployment = (lines: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web:1.2
${lines}`;
const kustomization = (resources: string, more = ""): string =>
  `#- kustomization.yaml\nresources: [${resources}]\n${more}`;
const configMap = (name: string, data = "{colour: blue}"): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: ${data}\n`;

describe("a ConfigMap that a build does not have", () => {
  const wrong = "        envFrom:\n        - configMapRef: {name: web-setings}\n";
  const right = wrong.replace("setings", "settings");
  const marked = (severity: string): string =>
    `${wrong}#                              ^^^^^^^^^^^ ${severity} core/missing-config-map\n`;
  test("is a warning beside one of nearly that name", () =>
    checkDiagnostics(
      `${kustomization("a.yaml, b.yaml")}#- a.yaml${deployment(marked("warning"))}#- b.yaml\n${configMap("web-settings")}`,
    ));
  test("is a warning beside a generator of nearly that name, whose name the source means", () =>
    checkDiagnostics(
      `${kustomization("a.yaml", "configMapGenerator:\n- name: web-settings\n  literals: [a=b]\n")}#- a.yaml${deployment(marked("warning"))}`,
    ));
  test("is an information where nobody else tells of it", () =>
    checkDiagnostics(`${kustomization("a.yaml")}#- a.yaml${deployment(marked("information"))}`));
  test.each([
    ["the right name of a generated one", "configMapGenerator:\n- name: web-settings\n  literals: [a=b]\n", right],
    ["an optional one", "", wrong.replace("setings}", "setings, optional: true}")],
    ["one that every namespace has", "", wrong.replace("web-setings", "kube-root-ca.crt")],
    ["a placeholder", "", wrong.replace("web-setings", "'$" + "{NAME}'")],
    ["one of a remote base", "", wrong, "https://example.com/base?ref=v1"],
  ])("says nothing of %s", async (_, more, lines, remote = "") => {
    const { findings } = await inspect(
      parseFixture(`${kustomization(`a.yaml, ${remote}`.replace(/, $/, ""), more)}#- a.yaml${deployment(lines)}`),
    );
    expect(findings.filter(({ code }) => code === "core/missing-config-map")).toEqual([]);
  });
  test("says nothing in a base: overlays may bring it", () =>
    checkDiagnostics(
      `#- base/kustomization.yaml\nresources: [a.yaml]\n#- base/a.yaml${deployment(right)}#- over/kustomization.yaml\nresources: [../base, b.yaml]\n#- over/b.yaml\n${configMap("web-settings")}`,
    ));
  test("names the overlays that lack it, once", async () => {
    const over = (name: string): string =>
      `#- ${name}/kustomization.yaml\nresources: [../base, b.yaml]\n#- ${name}/b.yaml\n${configMap("web-settings")}`;
    const { findings } = await inspect(
      parseFixture(
        `#- base/kustomization.yaml\nresources: [a.yaml]\n#- base/a.yaml${deployment(wrong)}${over("dev")}${over("prod")}`,
      ),
    );
    const found = findings.filter(({ code }) => code === "core/missing-config-map");
    expect(found.map(({ place, related }) => [place.file.path, related.length])).toEqual([["/ws/base/a.yaml", 2]]);
  });
  test("fix: the right name", () =>
    checkFix(
      `${kustomization("a.yaml, b.yaml")}#- a.yaml${deployment(wrong)}#- b.yaml\n${configMap("web-settings")}`,
      "core/missing-config-map",
      "Change to 'web-settings'",
      `#- a.yaml${deployment(right)}`,
    ));
});

describe("a Secret that a build does not have", () => {
  const reference = (name: string, mark = ""): string =>
    `        envFrom:\n        - secretRef: {name: ${name}}\n${mark}`;
  const secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: web-token}\n";
  test("is told only when nearly there", async () => {
    const mark = "#                           ^^^^^^^^^ warning core/missing-secret\n";
    await checkDiagnostics(
      `${kustomization("a.yaml, b.yaml")}#- a.yaml${deployment(reference("web-tokne", mark))}#- b.yaml\n${secret}`,
    );
    await checkDiagnostics(
      `${kustomization("a.yaml, b.yaml")}#- a.yaml${deployment(reference("other"))}#- b.yaml\n${secret}`,
    );
  });
  test.each([
    [
      "an ExternalSecret",
      "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: web-tokne}\nspec: {}\n",
    ],
    [
      "a Certificate",
      "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: a}\nspec: {secretName: web-tokne, issuerRef: {name: a}}\n",
    ],
    [
      "OpenShift's serving certificates",
      "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  annotations: {service.beta.openshift.io/serving-cert-secret-name: web-tokne}\nspec:\n  ports: [{port: 80}]\n",
    ],
  ])("says nothing when %s makes it", async (_, maker) => {
    const { findings } = await inspect(
      parseFixture(
        `${kustomization("a.yaml, b.yaml, c.yaml")}#- a.yaml${deployment(reference("web-tokne"))}#- b.yaml\n${secret}#- c.yaml\n${maker}`,
      ),
    );
    expect(findings.filter(({ code }) => code === "core/missing-secret")).toEqual([]);
  });
});

describe("core/missing-key", () => {
  const pod = (key: string, more = ""): string =>
    `        env:\n        - name: A\n          valueFrom:\n            configMapKeyRef: {name: settings, key: ${key}${more}}\n`;
  const generated = "configMapGenerator:\n- name: settings\n  literals: [colour=blue]\n";
  const mark =
    "#                                                  ^^^^^ warning core/missing-key: The ConfigMap `settings` has no key `color`\n";
  test("hits, in manifests and generators, leaves optional and right keys alone", async () => {
    await checkDiagnostics(`${kustomization("a.yaml", generated)}#- a.yaml${deployment(`${pod("color")}${mark}`)}`);
    await checkDiagnostics(
      `${kustomization("a.yaml, b.yaml")}#- a.yaml${deployment(`${pod("color")}${mark}`)}#- b.yaml\n${configMap("settings")}`,
    );
    await checkDiagnostics(`${kustomization("a.yaml", generated)}#- a.yaml${deployment(pod("colour"))}`);
    await checkDiagnostics(
      `${kustomization("a.yaml", generated)}#- a.yaml${deployment(pod("color", ", optional: true"))}`,
    );
  });
  test("hits the items of a volume", () =>
    checkDiagnostics(
      `${kustomization("a.yaml", generated)}#- a.yaml${deployment(`      volumes:
      - name: v
        configMap:
          name: settings
          items:
          - {key: color, path: x}
#                 ^^^^^ warning core/missing-key
`)}`,
    ));
  test("leaves a ConfigMap into which something writes alone", () =>
    checkDiagnostics(
      `${kustomization("a.yaml, b.yaml")}#- a.yaml${deployment(pod("ca-bundle.crt"))}#- b.yaml\n${configMap("settings").replace("settings}", "settings, labels: {config.openshift.io/inject-trusted-cabundle: 'true'}}")}`,
    ));
});

describe("workloads and what works on them", () => {
  test("an autoscaler, a claim, a ServiceAccount", () =>
    checkDiagnostics(`${kustomization("a.yaml, b.yaml")}#- a.yaml${deployment(`      serviceAccountName: web-robto
#                         ^^^^^^^^^ warning core/missing-service-account
      volumes:
      - name: data
        persistentVolumeClaim: {claimName: web-dta}
#                                          ^^^^^^^ information core/missing-claim
`)}#- b.yaml
apiVersion: v1
kind: ServiceAccount
metadata: {name: web-robot}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  maxReplicas: 3
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: wbe}
#                                                               ^^^ information core/missing-scale-target
`));
});
