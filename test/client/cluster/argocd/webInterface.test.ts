import { describe, expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import { findWebInterface } from "../../../../client/src/cluster/argocd/webInterface";
import type { Connection } from "../../../../client/src/cluster/connection";

/** A cluster that has these objects by the last part of their path, and nothing else. */
function connectionTo(lists: Readonly<Record<string, readonly object[]>>): Connection {
  const get = (({ path }) => {
    const items = lists[path.split("/").at(-1) ?? ""];
    if (items === undefined) return Promise.reject(new ApiError("notFound", "no such kind"));
    return Promise.resolve({ items });
  }) as Connection["get"];
  return { get } as Connection;
}

const signal = new AbortController().signal;
const partOf = { labels: { "app.kubernetes.io/part-of": "argocd" } };

describe("the web interface of an Argo CD", () => {
  test("is where a Route of OpenShift leads to its server, not to something beside", async () => {
    const routes = [
      { metadata: { name: "cluster" }, spec: { host: "cluster.example.com", to: { name: "cluster" }, tls: {} } },
      {
        metadata: { name: "openshift-gitops-server" },
        spec: { host: "gitops.example.com", to: { name: "openshift-gitops-server" }, tls: {} },
      },
    ];
    expect(await findWebInterface(connectionTo({ routes }), "openshift-gitops", signal)).toBe(
      "https://gitops.example.com",
    );
  });

  test("is where an Ingress leads to it, with its path, over HTTPS when it has a certificate", async () => {
    const rule = (host: string | undefined, service: string, path: string) => {
      return { host, http: { paths: [{ path, backend: { service: { name: service } } }] } };
    };
    const ingress = (spec: object, metadata: object = {}) => ({ metadata: { name: "any", ...metadata }, spec });
    const find = (...ingresses: readonly object[]) => findWebInterface(connectionTo({ ingresses }), "argocd", signal);
    expect(await find(ingress({ rules: [rule("a.example.com", "argocd-server", "/argocd")], tls: [{}] }))).toBe(
      "https://a.example.com/argocd",
    );
    expect(await find(ingress({ rules: [rule("a.example.com", "shop-argocd-server", "/argocd(/|$)(.*)")] }))).toBe(
      "http://a.example.com",
    );
    expect(await find(ingress({ rules: [rule("a.example.com", "team-server", "/")] }, partOf))).toBe(
      "http://a.example.com",
    );
    expect(await find(ingress({ rules: [rule("a.example.com", "web-server", "/")] }))).toBeUndefined();
    expect(await find(ingress({ rules: [rule(undefined, "argocd-server", "/")] }))).toBeUndefined();
  });

  test("is not known where nothing leads to it", async () => {
    expect(await findWebInterface(connectionTo({}), "argocd", signal)).toBeUndefined();
  });
});
