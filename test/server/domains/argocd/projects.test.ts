import { describe, expect, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix, findFixes } from "../../../support/checkFix";

/** The project `shop` with these lines in its spec. */
function project(lines: string): string {
  return `#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: shop, namespace: argocd}\nspec:\n${lines}`;
}

describe("argocd/deny-all-pattern", () => {
  test("hits `!*` alone", () =>
    checkDiagnostics(
      project(`  sourceRepos:
  - https://example.com/a.git
  - '!https://example.com/secret.git'
  - '!*'
#   ^^^^ error argocd/deny-all-pattern
  destinations:
  - server: '!*'
#           ^^^^ error argocd/deny-all-pattern
    namespace: '!kube-*'
`),
    ));
});

describe("argocd/duplicate-project-entry", () => {
  const repositories = "  sourceRepos:\n  - https://example.com/a.git\n";
  test("hits entries and roles that are there already", () =>
    checkDiagnostics(
      project(`${repositories}  - https://example.com/a.git
#   ^^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/duplicate-project-entry
  destinations:
  - {server: https://kubernetes.default.svc, namespace: a}
  - {server: https://kubernetes.default.svc, namespace: b}
  - {server: https://kubernetes.default.svc, name: in-cluster, namespace: a}
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/duplicate-project-entry
  roles:
  - name: ci
    groups: [a, b]
  - name: ci
#         ^^ warning argocd/duplicate-project-entry
    groups: [a, a]
#               ^ warning argocd/duplicate-project-entry
`),
    ));
  test("fix: removes the second", () =>
    checkFix(
      project(`${repositories}  - https://example.com/a.git\n`),
      "argocd/duplicate-project-entry",
      "Remove this entry",
      project(repositories),
    ));
});

describe("argocd/invalid-policy", () => {
  const role = (policy: string, found = "") =>
    project(`  roles:\n  - name: ci\n    policies:\n    - ${policy}\n${found}`);
  const hits: readonly (readonly [string, string, string])[] = [
    ["g, proj:shop:ci, applications, get, shop/*, allow", "^", "Nothing that begins a policy is called `g`."],
    [
      "p, proj:shop:other, applications, get, shop/*, allow",
      "   ^^^^^^^^^^^^^^^",
      "`proj:shop:other` is not this role",
    ],
    ["p, proj:shop:ci, application, get, shop/*, allow", "                 ^^^^^^^^^^^", "Nothing that is a resource"],
    [
      "p, proj:shop:ci, applications, list, shop/*, allow",
      "                               ^^^^",
      "Nothing that is an action",
    ],
    [
      "p, proj:shop:ci, applications, get, store/*, allow",
      "                                    ^^^^^^^",
      "`store/*` names nothing",
    ],
    [
      "p, proj:shop:ci, applications, get, shop/*, alow",
      "                                            ^^^^",
      "Nothing that is an effect",
    ],
    [
      "p, proj:shop:ci, applications, get, allow",
      "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
      "The policy has 5 parts; it needs six.",
    ],
  ];
  test.each(hits)("hits %s", (policy, carets, message) =>
    checkDiagnostics(role(policy, `#     ${carets} warning argocd/invalid-policy: ${message}\n`)),
  );
  test.each([
    "p, proj:shop:ci, applications, action/apps/Deployment/restart, shop/*, deny",
    "p,proj:shop:ci,logs,get,shop/team-a/web-*,allow",
    "p, proj:shop:ci, exec, '*', shop/*, allow".replaceAll("'", ""),
  ])("takes %s", (policy) => checkDiagnostics(role(policy)));
  test("fix: writes the role, or the word that was meant", async () => {
    await checkFix(
      role("p, proj:other:ci, applications, sync, shop/*, allow"),
      "argocd/invalid-policy",
      "Change to 'proj:shop:ci'",
      role("p, proj:shop:ci, applications, sync, shop/*, allow"),
    );
    await checkFix(
      role("p, proj:shop:ci, applications, snyc, shop/*, allow"),
      "argocd/invalid-policy",
      "Change to 'sync'",
      role("p, proj:shop:ci, applications, sync, shop/*, allow"),
    );
  });
  test("says nothing where the role has no name yet", async () => {
    const text = project("  roles:\n  - name:\n    policies: ['p']\n");
    expect((await findFixes(text, "argocd/invalid-policy")).size).toBe(0);
  });
});

describe("argocd/invalid-group", () => {
  const role = (group: string, found = "") => project(`  roles:\n  - name: ci\n    groups:\n    - ${group}\n${found}`);
  test("hits a comma, blanks and nothing", async () => {
    await checkDiagnostics(
      role("cn=a,dc=b", "#     ^^^^^^^^^ warning argocd/invalid-group: The name of the group has a comma.\n"),
    );
    await checkDiagnostics(role("' a'", "#     ^^^^ warning argocd/invalid-group\n"));
    await checkDiagnostics(role("''", "#     ^^ warning argocd/invalid-group\n"));
    await checkDiagnostics(role(`'"cn=a,dc=b"'`));
    await checkDiagnostics(role("org:team a"));
  });
});

describe("rules about sync windows", () => {
  const window = (lines: string) =>
    project(`  syncWindows:\n  - kind: allow\n    duration: 1h\n    applications: ['*']\n${lines}`);
  test.each([
    ["'0 25 * * *'", "   ^^", "`25` is no hour: it counts from 0 to 23."],
    ["'@daily'", " ^^^^^^", "The schedule has `@daily`; it needs five"],
    ["0 0 * * * *", "^^^^^^^^^^^", "The schedule has 6 fields"],
    ["0 5-2 * * 1,7", "  ^^^", "The range `5-2` ends before it begins."],
  ])("argocd/invalid-schedule hits %s", (schedule, carets, message) =>
    checkDiagnostics(
      window(`    schedule: ${schedule}\n#             ${carets} error argocd/invalid-schedule: ${message}\n`),
    ),
  );
  test("argocd/invalid-schedule takes names, steps and a time zone", () =>
    checkDiagnostics(
      window("    schedule: 'TZ=Europe/Berlin */5 22-23 * jan MON-fri'\n    timeZone: Europe/Berlin\n"),
    ));
  test("argocd/unknown-time-zone hits a name that does not exist", async () => {
    const text = window("    schedule: 0 0 * * *\n    timeZone: Europe/Berlni\n");
    await checkDiagnostics(`${text}#             ^^^^^^^^^^^^^ warning argocd/unknown-time-zone\n`);
    await checkFix(text, "argocd/unknown-time-zone", "Change to 'Europe/Berlin'", text.replace("Berlni", "Berlin"));
  });
  test("argocd/window-without-target hits a window for nothing", () =>
    checkDiagnostics(
      project(
        "  syncWindows:\n  - kind: deny\n#   ^^^^ warning argocd/window-without-target\n    schedule: 0 0 * * *\n    duration: 1h\n    applications: []\n",
      ),
    ));
});

describe("argocd/invalid-service-account", () => {
  const account = (text: string) =>
    project(
      `  destinationServiceAccounts:\n  - server: https://*.example.com\n    namespace: shop-*\n    defaultServiceAccount: ${text}\n`,
    );
  test("hits patterns and nothing", async () => {
    await checkDiagnostics(account("deploy*\n#                          ^^^^^^^ error argocd/invalid-service-account"));
    await checkDiagnostics(account("' '\n#                          ^^^ error argocd/invalid-service-account"));
    await checkDiagnostics(account("shop:deployer"));
    await checkDiagnostics(
      account("a").replace("shop-*\n", "'!shop'\n#              ^^^^^^^ warning argocd/invalid-service-account\n"),
    );
  });
});

test("argocd/version-in-group hits in the lists of kinds", () =>
  checkDiagnostics(
    project(
      "  clusterResourceWhitelist:\n  - group: rbac.authorization.k8s.io/v1\n#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning argocd/version-in-group\n    kind: ClusterRole\n",
    ),
  ));

describe("argocd/misspelt-kind", () => {
  const list = (kind: string) => project(`  clusterResourceWhitelist:\n  - group: ""\n    kind: ${kind}\n`);
  test("hits small letters and the plural", async () => {
    await checkDiagnostics(list("namespace\n#         ^^^^^^^^^ warning argocd/misspelt-kind"));
    await checkDiagnostics(list("Configmap\n#         ^^^^^^^^^ warning argocd/misspelt-kind"));
    await checkDiagnostics(list("Namespaces\n#         ^^^^^^^^^^ warning argocd/misspelt-kind"));
  });
  test("takes kinds, patterns, and kinds that nobody knows", async () => {
    for (const kind of ["Namespace", "'*'", "Name*", "Thing", "things", "Ingress"]) await checkDiagnostics(list(kind));
  });
  test("fix: writes the kind", () =>
    checkFix(list("namespace"), "argocd/misspelt-kind", "Change to 'Namespace'", list("Namespace")));
});
