import { expect, test } from "vitest";
import { ApiError } from "../../../client/src/cluster/apiError";
import type { Application } from "../../../client/src/cluster/argocd/application";
import type { ApiRequest } from "../../../client/src/cluster/connection";
import { listPullSecrets, namespacesOfImage, readPullSecret } from "../../../client/src/cluster/pullSecrets";

const { signal } = new AbortController();

/** A cluster in which Secrets of `secret` may not be seen. */
function cluster(answers: Readonly<Record<string, unknown>>) {
  const asked: ApiRequest[] = [];
  const get = async <T>(request: ApiRequest): Promise<T> => {
    asked.push(request);
    if (request.path.includes("/namespaces/secret/")) throw new ApiError("forbidden", "You may not.");
    return (answers[`${request.path}?${request.query?.["fieldSelector"] ?? ""}`] ?? {}) as T;
  };
  return { connection: { get }, asked };
}

const dev = "/api/v1/namespaces/book-dev/secrets";

test("pull secrets are listed by name, without what they hold", async () => {
  const { connection, asked } = cluster({
    [`${dev}?type=kubernetes.io/dockerconfigjson`]: { items: [{ metadata: { name: "quay" } }] },
    [`${dev}?type=kubernetes.io/dockercfg`]: { items: [{ metadata: { name: "builder-dockercfg-x1" } }] },
  });
  expect(await listPullSecrets(connection, ["book-dev", "secret"], signal)).toEqual([
    { namespace: "book-dev", name: "builder-dockercfg-x1", type: "kubernetes.io/dockercfg" },
    { namespace: "book-dev", name: "quay", type: "kubernetes.io/dockerconfigjson" },
  ]);
  expect(asked.every(({ accept }) => accept?.includes("PartialObjectMetadataList"))).toBe(true);
});

test("who may see none is told", async () => {
  const { connection } = cluster({});
  await expect(listPullSecrets(connection, ["secret"], signal)).rejects.toThrow("You may not.");
});

test("the one that was chosen is read", async () => {
  const data = { ".dockerconfigjson": "e30=" };
  const { connection } = cluster({ [`${dev}/quay?`]: { type: "kubernetes.io/dockerconfigjson", data } });
  const name = { namespace: "book-dev", name: "quay", type: "kubernetes.io/dockerconfigjson" };
  expect(await readPullSecret(connection, name, signal)).toEqual({ type: name.type, data });
});

test("they are looked for where the image runs, and in the namespace of the context", () => {
  const application = (namespace: string, image: string) =>
    ({
      metadata: { name: "a" },
      spec: { destination: { namespace } },
      status: { summary: { images: [image] } },
    }) as Application;
  const applications = new Map([
    ["a", application("book-dev", "localhost:5000/team/app:1.2@sha256:0")],
    ["b", application("book-stage", "localhost:5000/team/app")],
    ["c", application("book-prod", "localhost:5000/team/app-2:1")],
  ]);
  const where = namespacesOfImage({ applications, context: { namespace: "default" } }, "localhost:5000/team/app");
  expect(where).toEqual(["book-dev", "book-stage", "default"]);
});
