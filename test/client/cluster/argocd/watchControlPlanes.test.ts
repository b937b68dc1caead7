import { expect, onTestFinished, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { ControlPlane } from "../../../../client/src/cluster/argocd/instances";
import { watchControlPlanes } from "../../../../client/src/cluster/argocd/watchControlPlanes";
import type { ApiRequest, Connection } from "../../../../client/src/cluster/connection";

const configuration = { metadata: { name: "argocd-cm", namespace: "argocd", resourceVersion: "7" }, data: {} };
const route = { metadata: {}, spec: { host: "argo.example.com", to: { name: "argocd-server" }, tls: {} } };

/** Follows the Argo CDs of a cluster that answers so. Time does not pass: pauses are noted. */
function follow(answer: (request: ApiRequest) => unknown) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const seen = { asked: [] as string[], told: [] as (readonly ControlPlane[])[], pauses: [] as number[] };
  const connection = {
    get: async (request: ApiRequest) => {
      seen.asked.push(request.path);
      const answered = answer(request);
      if (answered instanceof ApiError) throw answered;
      return { metadata: { resourceVersion: "1" }, items: [], ...(answered as object) };
    },
    stream: (request: ApiRequest) => {
      request.onBegin?.();
      return new Promise((_, fail) => {
        request.signal?.addEventListener("abort", () => fail(new ApiError("cancelled", "cancelled")));
      });
    },
  } as unknown as Connection;
  watchControlPlanes({
    ...{ connection, namespaces: ["argocd"], signal: stop.signal },
    changed: (controlPlanes) => seen.told.push(controlPlanes),
    clock: {
      ...{ now: () => 0, random: () => 0.5 },
      sleep: async (milliseconds, { aborted }) => void (aborted || seen.pauses.push(milliseconds)),
    },
  });
  return seen;
}

test("Argo CDs are looked for again where part of the cluster did not answer at first, while the watch of their configuration goes on", async () => {
  let failures = 2;
  const seen = follow(({ path }) => {
    if (path === "/api/v1/configmaps") return { items: [configuration] };
    return failures-- > 0
      ? new ApiError("refused", "The server is currently unable to handle it.")
      : { items: [route] };
  });
  await expect.poll(() => seen.told).toEqual([[{ namespace: "argocd", url: "https://argo.example.com" }]]);
  expect(seen.pauses.filter((pause) => pause >= 500)).toEqual([2000, 4000]);
});

test("nobody is asked to sign in once more for them", async () => {
  const seen = follow(() => new ApiError("signIn", "The program that signs in failed."));
  // The only pause is that in which changes are collected; what came of it was told by then.
  await expect.poll(() => seen.pauses.length).toBe(1);
  expect(seen.asked).toEqual(["/api/v1/configmaps"]);
});
