import { describe, expect, test } from "vitest";
import {
  type Project,
  permitsDestination,
  permitsKind,
  permitsSource,
  permitsSourceNamespace,
  viewProject,
} from "../../../server/src/argocd/projectPermission";
import { readDocuments } from "../../../server/src/yaml/read";

function project(spec: string): Project {
  const text = `kind: AppProject\nmetadata: {name: book}\nspec: ${spec}\n`;
  const root = readDocuments({ path: "/a.yaml", text })[0]?.root;
  const view = root?.kind === "mapping" ? viewProject(root) : undefined;
  if (view === undefined) throw new Error("no project");
  return view;
}

const own = "https://kubernetes.default.svc";

describe("what a project permits", () => {
  test("repositories by pattern, and none that is denied", () => {
    const team = project('{sourceRepos: ["https://example.com/team/*", "!https://example.com/team/secret"]}');
    expect(permitsSource(team, "https://example.com/Team/app.git")).toBe(true);
    expect(permitsSource(team, "https://example.com/team/secret.git")).toBe(false);
    const plain = project('{sourceRepos: ["https://example.com/team/*"]}');
    expect(permitsSource(plain, "https://example.com/team/app")).toBe(true);
    expect(permitsSource(plain, "https://example.com/team/a/b")).toBe(false);
    expect(permitsSource(plain, "git@example.com:team/app.git")).toBe(false);
    expect(permitsSource(project("{sourceRepos: ['*']}"), "git@example.com:team/app.git")).toBe(true);
    expect(permitsSource(project("{}"), "https://example.com/a")).toBe(false);
  });

  test("a list of denials alone permits the rest", () => {
    const rest = project('{sourceRepos: ["!https://example.com/secret"]}');
    expect(permitsSource(rest, "https://example.com/app")).toBe(true);
    expect(permitsSource(rest, "https://example.com/secret")).toBe(false);
  });

  test("destinations by cluster and namespace", () => {
    const book = project(`{destinations: [{server: "${own}", namespace: "book-*"}, {name: edge, namespace: "*"}]}`);
    const at = (server: string | undefined, name: string | undefined, namespace: string) =>
      permitsDestination(book, { server, name, namespace });
    expect(at(own, undefined, "book-dev")).toBe(true);
    expect(at(`${own}/`, undefined, "book-dev")).toBe(true);
    expect(at(undefined, "in-cluster", "book-dev")).toBe(true);
    expect(at(own, undefined, "shop")).toBe(false);
    expect(at(undefined, "edge", "shop")).toBe(true);
  });

  test("a cluster that is named otherwise may be the same", () => {
    const book = project('{destinations: [{server: "https://edge:6443", namespace: "*"}]}');
    expect(permitsDestination(book, { server: undefined, name: "edge", namespace: "a" })).toBe(true);
    expect(permitsDestination(book, { server: own, name: undefined, namespace: "a" })).toBe(false);
  });

  test("no namespace that is denied", () => {
    const book = project(
      `{destinations: [{server: "${own}", namespace: "*"}, {server: "${own}", namespace: "!kube-*"}]}`,
    );
    expect(permitsDestination(book, { server: own, name: undefined, namespace: "book" })).toBe(true);
    expect(permitsDestination(book, { server: own, name: undefined, namespace: "kube-system" })).toBe(false);
  });

  test("kinds of the cluster only when listed, others unless excluded", () => {
    const none = project("{}");
    const kind = (of: Project, group: string, name: string, clusterScoped: boolean) =>
      permitsKind(of, { group, kind: name, name: "a", clusterScoped });
    expect(kind(none, "", "Namespace", true)).toBe(false);
    expect(kind(none, "apps", "Deployment", false)).toBe(true);
    const some = project(
      '{clusterResourceWhitelist: [{group: "*", kind: Name*}], clusterResourceBlacklist: [{group: rbac*, kind: "*"}], namespaceResourceWhitelist: [{group: apps, kind: "*"}], namespaceResourceBlacklist: [{group: apps, kind: DaemonSet}]}',
    );
    expect(kind(some, "", "Namespace", true)).toBe(true);
    expect(kind(some, "apps", "Deployment", false)).toBe(true);
    expect(kind(some, "apps", "DaemonSet", false)).toBe(false);
    expect(kind(some, "", "Secret", false)).toBe(false);
    expect(kind(project("{namespaceResourceWhitelist: []}"), "", "Secret", false)).toBe(false);
  });

  test("a name of a kind of the cluster", () => {
    const named = project('{clusterResourceWhitelist: [{group: "", kind: Namespace, name: "book-*"}]}');
    const at = (name: string) => permitsKind(named, { group: "", kind: "Namespace", name, clusterScoped: true });
    expect([at("book-dev"), at("shop")]).toEqual([true, false]);
  });

  test("namespaces in which Applications lie", () => {
    const book = project('{sourceNamespaces: ["team-*", "/^qa[0-9]$/"]}');
    expect(["team-a", "qa1", "qa10"].map((each) => permitsSourceNamespace(book, each))).toEqual([true, true, false]);
  });
});
