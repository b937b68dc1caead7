import { describe, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";

const pod = (labels: string, more = ""): string =>
  `#- pod.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: ${labels}\nspec:\n  containers:\n  - name: web\n    image: web:1.2\n    ports: [{name: http, containerPort: 8080}]\n${more}`;
const service = (selector: string, port: string): string =>
  `#- service.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector:\n${selector}  ports:\n${port}`;
const kustomization = "#- kustomization.yaml\nresources: [pod.yaml, service.yaml]\n";
const port = "  - {port: 80, targetPort: http}\n";

describe("core/selects-no-pods", () => {
  const hit = "    app: wbe\n#        ^^^ warning core/selects-no-pods\n";
  test("hits a label of nearly the pods", () =>
    checkDiagnostics(`${kustomization}${pod("{app: web}")}${service(hit, port)}`));
  test("leaves pods of other labels alone, and those that something labels while they run", async () => {
    await checkDiagnostics(`${kustomization}${pod("{app: web}")}${service("    app: web\n", port)}`);
    await checkDiagnostics(
      `${kustomization}${pod("{app: web, role: any}")}${service("    app: web\n    role: leader\n", port)}`,
    );
    await checkDiagnostics(
      `${kustomization}${pod("{app: database}").replace("name: web\n", "name: other\n")}${service("    app: web\n", port)}`,
    );
  });
  test("says nothing where an operator may make the pods", () =>
    checkDiagnostics(
      `${kustomization.replace("]", ", cluster.yaml]")}${pod("{app: web}")}${service("    app: wbe\n", port)}#- cluster.yaml\napiVersion: postgres.example.com/v1\nkind: Cluster\nmetadata: {name: web}\n`,
    ));
  test("tells of a slip of the keys where an operator may make other pods", () =>
    checkDiagnostics(
      `${kustomization.replace("]", ", cluster.yaml]")}${pod("{app: website}")}${service("    app: webiste\n#        ^^^^^^^ warning core/selects-no-pods\n", port)}#- cluster.yaml\napiVersion: postgres.example.com/v1\nkind: Cluster\nmetadata: {name: db}\n`,
    ));
  test("fix: the label that the pods have", () =>
    checkFix(
      `${kustomization}${pod("{app: web}")}${service("    app: wbe\n", port)}`,
      "core/selects-no-pods",
      "Change to 'web'",
      service("    app: web\n", port),
    ));
});

describe("core/missing-target-port", () => {
  const selector = "    app: web\n";
  const to = (target: string, mark = ""): string =>
    service(
      selector,
      `  - port: 80\n    targetPort: ${target}\n${mark && `#               ${mark} core/missing-target-port\n`}`,
    );
  test("a name that no container has is a warning, a number that none declares an information", async () => {
    await checkDiagnostics(`${kustomization}${pod("{app: web}")}${to("web", "^^^ warning")}`);
    await checkDiagnostics(`${kustomization}${pod("{app: web}")}${to("8081", "^^^^ information")}`);
  });
  test("leaves right ones, and pods with injected containers, alone", async () => {
    await checkDiagnostics(`${kustomization}${pod("{app: web}")}${to("http")}`);
    await checkDiagnostics(`${kustomization}${pod("{app: web}")}${to("8080")}`);
    await checkDiagnostics(`${kustomization}${pod("{app: web, sidecar.istio.io/inject: 'true'}")}${to("envoy")}`);
  });
  test("fix: the port that is there", () =>
    checkFix(
      `${kustomization}${pod("{app: web}")}${to("htpp")}`,
      "core/missing-target-port",
      "Change to 'http'",
      to("http"),
    ));
});

describe("core/missing-service-port and core/missing-service", () => {
  const ingress = (name: string, number: string): string =>
    `#- pod.yaml\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec:\n  defaultBackend:\n    service:\n      name: ${name}\n      port:\n        number: ${number}\n`;
  const target =
    "#- service.yaml\napiVersion: v1\nkind: Service\nmetadata: {name: web-front}\nspec:\n  ports: [{name: http, port: 80, targetPort: 8080}]\n";
  test("an Ingress", async () => {
    await checkDiagnostics(
      `${kustomization}${ingress("web-front", "81\n#               ^^ warning core/missing-service-port")}${target}`,
    );
    await checkDiagnostics(`${kustomization}${ingress("web-front", "80")}${target}`);
    await checkDiagnostics(
      `${kustomization}${ingress("web-fornt\n#           ^^^^^^^^^ warning core/missing-service", "80")}${target}`,
    );
  });
  test("a Route, which takes names of ports and numbers of pods", async () => {
    const route = (targetPort: string): string =>
      `#- pod.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: web}\nspec:\n  to: {kind: Service, name: web-front}\n  tls: {termination: edge, insecureEdgeTerminationPolicy: Redirect}\n  port:\n    targetPort: ${targetPort}\n`;
    await checkDiagnostics(`${kustomization}${route("http")}${target}`);
    await checkDiagnostics(`${kustomization}${route("8080")}${target}`);
    await checkDiagnostics(
      `${kustomization}${route("web\n#               ^^^ warning core/missing-service-port")}${target}`,
    );
  });
});
