import { expect, test } from "vitest";
import { instancesOf, pageOf, withWrittenAddresses } from "../../../../client/src/cluster/argocd/instances";

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
