import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

describe("core/plain-secret", () => {
  const secret = (lines: string): string => `#- a.yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n${lines}`;
  test("hits text and base64, at the first of them", async () => {
    await checkDiagnostics(
      secret(
        "stringData:\n  username: app\n  password: hunter2\n# ^^^^^^^^ warning core/plain-secret: The Secret `db` says `password`\n",
      ),
    );
    await checkDiagnostics(secret("data:\n  token: aHVudGVyMg==\n# ^^^^^ warning core/plain-secret\n"));
  });
  test.each([
    ["SOPS", "stringData:\n  password: ENC[AES256_GCM,data:x,iv:y,tag:z,type:str]\nsops:\n  mac: ENC[x]\n"],
    ["the Vault plugin", "stringData:\n  password: <path:secret/data/db#password>\n"],
    ["bank-vaults", "stringData:\n  password: vault:secret/data/db#password\n"],
    ["Flux", "stringData:\n  password: $" + "{DB_PASSWORD}\n"],
    ["a person", "stringData:\n  password: changeme\n"],
    ["the reader of a scanner", "stringData:\n  password: hunter2 # gitleaks:allow\n"],
    ["an empty file", "stringData:\n  .dockerconfigjson: '{}'\n"],
    ["nobody", "stringData:\n  username: app\n  url: https://example.com\n"],
  ])("leaves what %s fills in alone", (_, lines) => checkDiagnostics(secret(lines)));
  test("hits the private key of a Route and of a ConfigMap", async () => {
    const key = (indent: string): string =>
      `|\n${indent}-----BEGIN PRIVATE KEY-----\n${indent}MIIE\n${indent}-----END PRIVATE KEY-----\n`;
    const route = `#- a.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: a}\nspec:\n  to: {kind: Service, name: a}\n  tls:\n    termination: edge\n    insecureEdgeTerminationPolicy: None\n    key: ${key("      ")}`;
    expect([...(await codes(route))]).toEqual(["core/plain-secret"]);
    const config = `#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a.pem: ${key("    ")}`;
    expect([...(await codes(config))]).toEqual(["core/plain-secret"]);
  });
  test("fix: an ExternalSecret of the only store", () =>
    checkFix(
      `${secret("type: Opaque\nstringData:\n  password: hunter2\n")}#- b.yaml\napiVersion: external-secrets.io/v1\nkind: SecretStore\nmetadata: {name: vault}\n`,
      "core/plain-secret",
      "Turn into an ExternalSecret of 'vault'",
      "#- a.yaml\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: db\nspec:\n  refreshInterval: 1h\n  secretStoreRef:\n    kind: SecretStore\n    name: vault\n  target:\n    name: db\n  data:\n  - secretKey: password\n    remoteRef:\n      key: db\n      property: password\n",
    ));
  async function codes(text: string): Promise<ReadonlySet<string>> {
    const { parseFixture } = await import("../../../support/fixture");
    const { inspect } = await import("../../../support/inspect");
    const { findings } = await inspect(parseFixture(text));
    return new Set(findings.map(({ code }) => code));
  }
});

describe("kustomization/plain-secret", () => {
  const generator = (literals: string): string =>
    `#- kustomization.yaml\nsecretGenerator:\n- name: db\n  literals:\n${literals}`;
  test("hits the literal, leaves names and placeholders alone", async () => {
    await checkDiagnostics(
      generator("  - username=app\n  - password=hunter2\n#   ^^^^^^^^^^^^^^^^ warning kustomization/plain-secret\n"),
    );
    await checkDiagnostics(generator("  - username=app\n  - password=<path:secret/data/db#password>\n"));
  });
});

describe("core/exported-fields", () => {
  const namespace = "#- a.yaml\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: web\n";
  test("hits the finalizers of a Namespace", () =>
    checkDiagnostics(
      `${namespace}  labels:\n    kubernetes.io/metadata.name: web\nspec:\n  finalizers:\n# ^^^^^^^^^^ warning core/exported-fields\n  - kubernetes\n`,
    ));
  test("leaves empty fields, a label of its own and a status that someone expects alone", async () => {
    await checkDiagnostics(
      `${namespace}  creationTimestamp: null\n  labels:\n    kubernetes.io/metadata.name: web\nstatus: {}\n`,
    );
    await checkDiagnostics(`${namespace}status:\n  phase: Active\n`);
  });
  test("fix: remove all of it", () =>
    checkFix(
      `${namespace}  uid: 1-2\n  labels:\n    kubernetes.io/metadata.name: web\n    team: a # ours\nspec:\n  finalizers:\n  - kubernetes\nstatus:\n  phase: Active\n`,
      "core/exported-fields",
      "Remove what the server wrote",
      `${namespace}  labels:\n    team: a # ours\n`,
    ));
});

describe("core/invalid-label", () => {
  const labelled = (lines: string): string =>
    `#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n${lines}`;
  test("hits keys and values of labels, and keys of annotations", () =>
    checkDiagnostics(
      labelled(
        "  labels:\n    owner: Team Web\n#          ^^^^^^^^ error core/invalid-label\n    a/b/c: d\n#   ^^^^^ error core/invalid-label\n  annotations:\n    -a: any text\n#   ^^ error core/invalid-label\n",
      ),
    ));
  test("leaves empty values, domains and placeholders alone", () =>
    checkDiagnostics(
      labelled(
        `  labels:\n    example.com/owner: ""\n    a: "$\{TEAM}"\n    b: A_b.c-1\n  annotations:\n    example.com/a: any text!\n`,
      ),
    ));
});

describe("Routes", () => {
  const route = (lines: string): string =>
    `#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: web\n${lines}`;
  test("core/route-conflict hits what excludes each other", async () => {
    await checkDiagnostics(
      route(
        "spec:\n  path: /a\n# ^^^^ error core/route-conflict\n  to: {kind: Service, name: web}\n  tls:\n    termination: passthrough\n    insecureEdgeTerminationPolicy: Allow\n#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error core/route-conflict\n",
      ),
    );
    await checkDiagnostics(
      route(
        "spec:\n  to: {kind: Service, name: web}\n  tls:\n    termination: edge\n    insecureEdgeTerminationPolicy: None\n    destinationCACertificate: abc\n#   ^^^^^^^^^^^^^^^^^^^^^^^^ error core/route-conflict\n",
      ),
    );
    await checkDiagnostics(
      route(
        "spec:\n  path: /a\n  to: {kind: Service, name: web}\n  tls: {termination: reencrypt, destinationCACertificate: abc, insecureEdgeTerminationPolicy: None}\n",
      ),
    );
  });
  test("core/route-without-tls is a hint, with a fix", async () => {
    const plain = (mark = ""): string => route(`spec:\n${mark}  to:\n    kind: Service\n    name: web\n`);
    await checkDiagnostics(plain("#^^^ hint core/route-without-tls\n"));
    await checkFix(
      plain(),
      "core/route-without-tls",
      "Encrypt with 'termination: edge'",
      route(
        "spec:\n  to:\n    kind: Service\n    name: web\n  tls:\n    termination: edge\n    insecureEdgeTerminationPolicy: Redirect\n",
      ),
    );
  });
});

describe("more about Routes", () => {
  const route = (spec: string): string =>
    `apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: {name: web}\nspec:\n  to: {kind: Service, name: web}\n${spec}`;
  const redirect = "    insecureEdgeTerminationPolicy: Redirect\n";
  test("core/route-without-redirect is a hint, with a fix", async () => {
    const edge = (mark = ""): string => `#- a.yaml\n${route(`  tls:\n${mark}    termination: edge\n`)}`;
    await checkDiagnostics(edge("# ^^^ hint core/route-without-redirect\n"));
    await checkDiagnostics(`${edge()}${redirect.replace("Redirect", "None")}`);
    await checkFix(edge(), "core/route-without-redirect", "Redirect plain HTTP", `${edge()}${redirect}`);
  });
  test("core/shared-route-host hits a host of a base in two namespaces, not in one", async () => {
    const tree = (mark: string, other: string): string =>
      `#- base/kustomization.yaml\nresources: [a.yaml]\n#- base/a.yaml\n${route(`  host: web.example.com\n${mark}  tls:\n    termination: edge\n${redirect}`)}#- dev/kustomization.yaml\nnamespace: dev\nresources: [../base]\n#- prod/kustomization.yaml\nnamespace: ${other}\nresources: [../base]\n`;
    await checkDiagnostics(tree("#       ^^^^^^^^^^^^^^^ information core/shared-route-host\n", "prod"));
    await checkDiagnostics(tree("", "dev"));
  });
});

describe("schema/incomplete-object", () => {
  const tree = (patch: string, mark = ""): string =>
    `#- kustomization.yaml\nresources: [a.yaml]\npatches:\n- patch: |-\n    apiVersion: v1\n    kind: Pod\n    metadata: {name: web}\n    spec: ${patch}\n#- a.yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n${mark}  restartPolicy: Never\n`;
  test("hits what no patch adds, once", () =>
    checkDiagnostics(
      tree("{hostNetwork: true}", "#^^^ error schema/incomplete-object: `containers` is missing in `spec`.\n"),
    ));
  test("leaves what a patch adds alone", () => checkDiagnostics(tree("{containers: [{name: web, image: web:1.2}]}")));
});

describe("core/name-and-generate-name", () => {
  const job = (more: string): string =>
    `#- kustomization.yaml\nresources: [a.yaml]\n#- a.yaml\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: my-final-run\n${more}  annotations:\n    argocd.argoproj.io/hook: PostSync\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers: [{name: a, image: a:1}]\n`;
  test("is the only finding of a hook with both, and the fix keeps the name", async () => {
    await checkDiagnostics(job("  generateName: post-sync-run\n# ^^^^^^^^^^^^ warning core/name-and-generate-name\n"));
    const fixes = await findFixes(job("  generateName: post-sync-run\n"), "core/name-and-generate-name");
    expect(fixes.get("Remove 'generateName'")?.get("/ws/a.yaml")).toBe(job("").split("#- a.yaml\n")[1]);
  });
});
