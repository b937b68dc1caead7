import { describe, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";

const pod = (lines: string): string =>
  `#- base/a.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - name: web\n${lines}`;
const base = "#- base/kustomization.yaml\nresources: [a.yaml]\n";
const overlay = (lines: string): string => `#- over/kustomization.yaml\nresources: [../base]\n${lines}`;

describe("core/unpinned-image", () => {
  const hit = (image: string): string =>
    `    image: ${image}\n#          ${"^".repeat(image.length)} information core/unpinned-image\n`;
  test("hits no tag and latest, leaves tags, digests, variables and triggers alone", async () => {
    await checkDiagnostics(pod(hit("quay.io/a/web")));
    await checkDiagnostics(pod(hit("registry:5000/web:latest")));
    for (const image of ["web:1.2", "web@sha256:abc", "web:latest@sha256:abc", "$" + "{IMAGE}", "auto"]) {
      await checkDiagnostics(pod(`    image: "${image}"\n`));
    }
    await checkDiagnostics(
      pod("    image: web\n").replace("name: web}", "name: web, annotations: {image.openshift.io/triggers: '[]'}}"),
    );
  });
  test("a base may leave the version to its overlays", async () => {
    const pinned = overlay("images:\n- name: web\n  newTag: v1\n");
    await checkDiagnostics(`${base}${pod("    image: web\n")}${pinned}`);
    await checkDiagnostics(
      `${base}${pod(hit("web"))}${pinned}${pinned.replace("over/", "bad/").replace(/images:[^#]*/, "")}`,
    );
  });
});

describe("core/container-without-image", () => {
  const patch = (name: string, more = "", mark = ""): string =>
    overlay(
      `patches:\n- patch: |-\n    apiVersion: v1\n    kind: Pod\n    metadata: {name: web}\n    spec:\n      containers:\n      - name: ${name}\n${mark}        stdin: true\n${more}`,
    );
  const hit = (carets: string, severity: string, name: string): string =>
    `#             ${carets} ${severity} core/container-without-image: No container is called \`${name}\`\n`;
  const whole = `${base}${pod("    image: web:1.2\n")}`;
  test("hits a patch whose name no container has, and corrects it", async () => {
    await checkDiagnostics(`${whole}${patch("wbe", "", hit("^^^", "warning", "wbe"))}`);
    const fixed = `${whole}${patch("web")}`;
    await checkFix(`${whole}${patch("wbe")}`, "core/container-without-image", "Change to 'web'", fixed);
  });
  test("is sure of a slip in a name", async () => {
    const named = whole.replace("- name: web\n    image", "- name: person-service\n    image");
    await checkDiagnostics(`${named}${patch("persn-service", "", hit("^^^^^^^^^^^^^", "error", "persn-service"))}`);
  });
  test("leaves alone what has an image, what a mesh adds and what is written so", async () => {
    await checkDiagnostics(`${whole}${patch("web")}`);
    await checkDiagnostics(`${whole}${patch("proxy", "        image: proxy:2.0\n")}`);
    await checkDiagnostics(`${whole}${patch("istio-proxy")}`);
    await checkDiagnostics(`${base}${pod("    stdin: true\n")}${overlay("")}`);
  });
  test("waits for a name that is still to be written", () =>
    checkDiagnostics(`${whole}${patch('""')}`.replace('- name: ""', "-")));
});

describe("core/limits-below-requests", () => {
  const resources = (request: string, limit: string): string =>
    `    image: web:1.2\n    resources:\n      requests:\n        memory: ${request}\n      limits: {memory: ${limit}}\n`;
  test("hits what a patch makes, and leaves equal and foreign values alone", async () => {
    await checkDiagnostics(pod(resources("1Gi", "1024Mi")));
    await checkDiagnostics(pod(resources("1Gi", "$" + "{LIMIT}").replace("$" + "{LIMIT}", "'$" + "{LIMIT}'")));
    const patch = `- patch: |-\n    apiVersion: v1\n    kind: Pod\n    metadata: {name: web}\n    spec:\n      containers:\n      - name: web\n        resources:\n          requests:\n            memory: 2Gi\n#                   ^^^ error core/limits-below-requests: The container requests \`2Gi\` of memory, and its limit is \`1Gi\`.\n`;
    await checkDiagnostics(`${base}${pod(resources("1Gi", "1Gi"))}${overlay(`patches:\n${patch}`)}`);
  });
});

describe("parts of a pod", () => {
  const mount = (name: string, mark = ""): string =>
    `    image: web:1.2\n    volumeMounts:\n    - name: ${name}\n${mark}      mountPath: /data\n  volumes: [{name: data, emptyDir: {}}]\n`;
  test("core/missing-volume", async () => {
    await checkDiagnostics(`${base}${pod(mount("dta", "#           ^^^ error core/missing-volume\n"))}`);
    await checkDiagnostics(pod(mount("dta", "#           ^^^ warning core/missing-volume\n")));
    await checkDiagnostics(`${base}${pod(mount("data"))}`);
    await checkFix(pod(mount("dta")), "core/missing-volume", "Change to 'data'", pod(mount("data")));
  });
  test("core/missing-probe-port", async () => {
    const probe = (port: string): string =>
      `    image: web:1.2\n    ports: [{name: http, containerPort: 80}]\n    readinessProbe:\n      httpGet:\n        port: ${port}\n`;
    await checkDiagnostics(pod(`${probe("htpp")}#             ^^^^ warning core/missing-probe-port\n`));
    for (const port of ["http", "81"]) await checkDiagnostics(pod(probe(port)));
    await checkFix(pod(probe("htpp")), "core/missing-probe-port", "Change to 'http'", pod(probe("http")));
  });
  test("core/duplicate-pod-part", async () => {
    const second = (name: string, mark = ""): string =>
      `    image: web:1.2\n  - name: ${name}\n${mark}    image: web:1.2\n`;
    await checkDiagnostics(
      pod(second("web", "#         ^^^ error core/duplicate-pod-part: The pod has two containers called `web`.\n")),
    );
    await checkDiagnostics(pod(second("proxy")));
  });
});
