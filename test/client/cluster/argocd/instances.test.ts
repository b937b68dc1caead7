import { describe, expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import {
  controlNamespaceOf,
  findControlPlanes,
  instancesOf,
  pageOf,
  withWrittenAddresses,
} from "../../../../client/src/cluster/argocd/instances";
import { projectOf } from "../../../../client/src/cluster/argocd/projects";
import type { ApiRequest, Connection } from "../../../../client/src/cluster/connection";

const application = (namespace: string, name = "a") => ({ metadata: { namespace, name } });

test("an instance is a namespace with a configuration, or with Applications", () => {
  const planes = [{ namespace: "openshift-gitops", url: "https://argo.example.com" }, { namespace: "argocd" }];
  expect(instancesOf(planes, [application("argocd"), application("team-a"), application("argocd", "b")])).toEqual([
    { namespace: "argocd", isControlPlane: true, url: undefined, applications: 2 },
    { namespace: "openshift-gitops", isControlPlane: true, url: "https://argo.example.com", applications: 0 },
    { namespace: "team-a", isControlPlane: false, url: undefined, applications: 1 },
  ]);
});

test("the page of an Application is known only where it is sure whose it is", () => {
  const one = { namespace: "argocd", url: "https://argo.example.com/ui/" };
  const page = "https://argo.example.com/ui/applications";
  expect(pageOf(application("argocd"), [one])).toBe(`${page}/argocd/a`);
  expect(pageOf(application("team a"), [one])).toBe(`${page}/team%20a/a`);
  expect(pageOf(application("team-a"), [one, { namespace: "other", url: "https://other" }])).toBeUndefined();
  expect(pageOf(application("argocd"), [{ namespace: "argocd" }])).toBeUndefined();
  expect(pageOf(application("argocd"), [])).toBeUndefined();
});

test("addresses that a person wrote down count more than those that were found, of one instance more than of its context", () => {
  const found = [{ namespace: "argocd", url: "https://found.example.com" }, { namespace: "openshift-gitops" }];
  const url = "https://written.example.com";
  expect(withWrittenAddresses(found, "test", {})).toEqual(found);
  expect(withWrittenAddresses(found, "test", { other: url, "other/argocd": url })).toEqual(found);
  expect(withWrittenAddresses(found, "test", { test: url, "test/argocd": `${url}/a` })).toEqual([
    { namespace: "argocd", url: `${url}/a` },
    { namespace: "openshift-gitops", url },
  ]);
});

test("an instance that nobody lets us find is there by its address; what is no web page is none", () => {
  const url = "https://written.example.com";
  expect(withWrittenAddresses([], "test", { test: url })).toEqual([{ namespace: "", url }]);
  expect(withWrittenAddresses([], "ns/api:6443/ada", { "ns/api:6443/ada/argocd": url })).toEqual([
    { namespace: "argocd", url },
  ]);
  expect(withWrittenAddresses([], "test", { test: "file:///etc/passwd", "test/a": "vscode://x" })).toEqual([]);
});

describe("with several Argo CDs in a cluster, an Application belongs to", () => {
  const planes = [
    { namespace: "argocd", applicationNamespaces: ["team-*", "/^shop-(dev|prod)$/"] },
    { namespace: "openshift-gitops", applicationNamespaces: ["books", "both-?", "[x"] },
    { namespace: "other", applicationNamespaces: ["both-*", "/(/"] },
    { namespace: "silent" },
  ];

  test.each([
    ["the one beside it", "openshift-gitops", "openshift-gitops"],
    ["the one that names its namespace", "books", "openshift-gitops"],
    ["the one with a glob for it", "team-a", "argocd"],
    ["the one with an expression for it", "shop-prod", "argocd"],
    ["nobody for sure where none names it", "shop-stage", undefined],
    ["nobody for sure where two name it", "both-1", undefined],
    ["nobody where a mistake is no glob", "x", undefined],
  ])("%s", (_, namespace, home) => {
    expect(controlNamespaceOf(application(namespace), planes)).toBe(home);
  });

  test("the one whose controller wrote its status, whatever the others say", () => {
    const told = { ...application("team-a"), status: { controllerNamespace: "silent" } };
    expect(controlNamespaceOf(told, planes)).toBe("silent");
    expect(controlNamespaceOf(told, [])).toBe("silent");
  });

  test("the project that is there, not one of the same name elsewhere", () => {
    const project = (namespace: string) => ({ metadata: { namespace, name: "shop" } });
    const projects = new Map(["argocd", "openshift-gitops", "team-a"].map((each) => [`${each}/shop`, project(each)]));
    const of = (namespace: string) => ({ ...application(namespace), spec: { project: "shop" } });
    expect(projectOf(of("books"), projects, planes)?.metadata.namespace).toBe("openshift-gitops");
    expect(projectOf(of("team-a"), projects, planes)?.metadata.namespace).toBe("argocd");
    expect(projectOf(of("shop-stage"), projects, planes)).toBeUndefined();
    // Who may not find any Argo CD.
    expect(projectOf(of("argocd"), projects, [])?.metadata.namespace).toBe("argocd");
  });
});

test("one Argo CD looks after all Applications of its cluster; what was only written down has no namespace", () => {
  expect(controlNamespaceOf(application("team-a"), [{ namespace: "argocd" }])).toBe("argocd");
  expect(controlNamespaceOf(application("team-a"), [{ namespace: "", url: "https://argo" }])).toBeUndefined();
});

test("of several Argo CDs it is read which namespaces are theirs, as far as one may", async () => {
  const asked: string[] = [];
  const answers = (namespaces: readonly string[]) => {
    const items = namespaces.map((namespace) => ({
      metadata: { namespace, name: "argocd-cm" },
      data: { url: "https://a" },
    }));
    const get = async ({ path }: ApiRequest): Promise<unknown> => {
      asked.push(path);
      if (path === "/api/v1/configmaps") return { items };
      if (path.includes("/secret/")) throw new ApiError("forbidden", "no");
      return { data: { "application.namespaces": " team-*, books ,", "server.insecure": "true" } };
    };
    return { get } as unknown as Connection;
  };
  const { signal } = new AbortController();
  expect(await findControlPlanes(answers(["argocd", "secret"]), [], signal)).toEqual([
    { namespace: "argocd", url: "https://a", applicationNamespaces: ["team-*", "books"] },
    { namespace: "secret", url: "https://a" },
  ]);
  asked.length = 0;
  await findControlPlanes(answers(["argocd"]), [], signal);
  expect(asked).toEqual(["/api/v1/configmaps"]);
});
