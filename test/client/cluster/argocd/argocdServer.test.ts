import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import type { ArgocdAccess } from "../../../../client/src/cluster/argocd/argocdAccess";
import {
  type ArgocdServer,
  askWhoIAm,
  connectArgocdServer,
  contextOfServer,
  hostOf,
  signInToArgocd,
} from "../../../../client/src/cluster/argocd/argocdServer";
import { serverAccess } from "../../../../client/src/cluster/argocd/serverAccess";
import type { WatchedApplications } from "../../../../client/src/cluster/argocd/watchApplications";
import { systemClock } from "../../../../client/src/cluster/clock";
import { eventsOf } from "../../../../client/src/cluster/events";
import { OpenClusters } from "../../../../client/src/cluster/openClusters";
import { isOwnedBy } from "../../../../client/src/cluster/ownedObjects";
import { SharedWatches, type Wanted } from "../../../../client/src/cluster/sharedWatches";
import { stateOfObject } from "../../../../client/src/cluster/stateOfObject";
import {
  type ContractServer,
  type ContractServerOptions,
  startContractServer,
} from "../../../support/argocdContractServer";

const asked = { by: "ada (editor)" };

async function start(
  options?: ContractServerOptions,
): Promise<{ readonly argo: ContractServer; readonly server: ArgocdServer }> {
  const argo = await startContractServer(options);
  const server = connectArgocdServer({ url: argo.url, token: options?.token ?? "token-of-ada" });
  onTestFinished(async () => {
    server.close();
    await argo.close();
  });
  return { argo, server };
}

function accessTo(server: ArgocdServer): ArgocdAccess {
  return serverAccess(server, contextOfServer(server.address, "ada"));
}

function application(name: string, more: Partial<Application> = {}): Application {
  return {
    metadata: { name, namespace: "argocd" },
    spec: { project: "book", syncPolicy: { syncOptions: ["PruneLast=true"] } },
    ...more,
  };
}

describe("signing in to the contract server", () => {
  test("gives a token for a name and a password, and says so when they are wrong", async () => {
    const { argo } = await start();
    const token = await signInToArgocd({ url: argo.url }, { username: "ada", password: "right" });
    const server = connectArgocdServer({ url: argo.url, token });
    expect(await askWhoIAm(server)).toBe("ada");
    server.close();
    await expect(signInToArgocd({ url: argo.url }, { username: "ada", password: "wrong" })).rejects.toMatchObject({
      kind: "signIn",
      message: expect.stringContaining("does not accept the name and the password"),
    });
  });

  test("finds out that a token counts for nothing, by a question that needs none", async () => {
    const { argo } = await start();
    const server = connectArgocdServer({ url: argo.url, token: "old" });
    await expect(askWhoIAm(server)).rejects.toMatchObject({ kind: "signIn" });
    await expect(server.get({ path: "/api/v1/applications" })).rejects.toThrow("Sign in to the Argo CD server again");
    server.close();
  });
});

test("a write whose answer is lost may have been done, and the person is told so; a question and a sign-in are not", async () => {
  const hangUp = createServer((request, response) => void request.resume().once("end", () => response.destroy()));
  await new Promise<void>((done) => void hangUp.listen(0, "127.0.0.1", done));
  onTestFinished(() => void hangUp.close());
  const url = `http://127.0.0.1:${(hangUp.address() as AddressInfo).port}`;
  const server = connectArgocdServer({ url });
  const path = "/api/v1/applications/book-dev/sync";
  await expect(server.get({ method: "POST", path, body: {} })).rejects.toThrow("It may have been done all the same");
  const lost = /cannot be reached: the connection was cut off\.$/;
  await expect(server.get({ path })).rejects.toThrow(lost);
  await expect(signInToArgocd({ url }, { username: "ada", password: "right" })).rejects.toThrow(lost);
});

describe("the address of the contract server", () => {
  test("may have a path, which is part of its name; nothing else there is taken for an Argo CD", async () => {
    const { argo, server } = await start({ rootPath: "/argo/books" });
    expect(await askWhoIAm(server)).toBe("ada");
    expect(hostOf(server.address)).toBe(argo.url.replace("http://", ""));
    const wrong = connectArgocdServer({ url: argo.url.replace("/books", ""), token: "token-of-ada" });
    await expect(askWhoIAm(wrong)).rejects.toThrow("/argo answered with something that is no JSON; is it an Argo CD?");
    wrong.close();
  });

  test("tells why a stream does not begin as it tells why a call fails", async () => {
    const { argo, server } = await start();
    argo.fail(503);
    const request = { path: "/api/v1/stream/applications" };
    await expect(server.stream(request, () => {})).rejects.toMatchObject({
      kind: "busy",
      message: expect.stringMatching(/cannot answer now: unavailable\.$/),
    });
    argo.fail();
    argo.accept("token-of-ada", false);
    await expect(server.stream(request, () => {})).rejects.toMatchObject({ kind: "signIn" });
  });
});

describe("deeds at the contract server", () => {
  test("are the calls that Argo CD's own client makes", async () => {
    const { argo, server } = await start();
    const access = accessTo(server);
    const history = [{ id: 4, revision: "abc" }];
    argo.put(application("book-dev", { status: { history } }));
    const [known] = (await server.get<{ readonly items: readonly Application[] }>({ path: "/api/v1/applications" }))
      .items;
    if (known === undefined) throw new Error("The list is empty.");
    await access.refresh(known, "hard");
    await access.setAutoSync(known, false);
    await access.rollBack(known, 4, asked);
    await access.terminate(known);
    const now = { ...known, operation: undefined };
    await expect(access.sync(now, { prune: true }, asked)).rejects.toMatchObject({ kind: "conflict" });
    await access.delete(known, "background");
    const place = { appNamespace: "argocd", project: "book" };
    expect(argo.deeds.map(({ deed, query, body }) => [deed, { ...query, ...(body as object) }])).toEqual([
      [
        "PATCH /api/v1/applications/book-dev",
        {
          ...place,
          name: "book-dev",
          patch: '{"spec":{"syncPolicy":{"automated":{"enabled":false}}}}',
          patchType: "merge",
        },
      ],
      ["POST /api/v1/applications/book-dev/rollback", { ...place, name: "book-dev", id: 4 }],
      ["DELETE /api/v1/applications/book-dev/operation", place],
      ["POST /api/v1/applications/book-dev/sync", { ...place, name: "book-dev", prune: true }],
      ["DELETE /api/v1/applications/book-dev", { ...place, cascade: "true", propagationPolicy: "background" }],
    ]);
  });

  test("send options of their own together with those of the Application, and ask for nothing while it is busy", async () => {
    const { argo, server } = await start();
    argo.put(application("book-dev"));
    const access = accessTo(server);
    const known = application("book-dev");
    await access.sync(known, { syncOptions: ["Replace=true"], force: true, revision: "next" }, asked);
    expect(argo.deeds[0]?.body).toMatchObject({
      revision: "next",
      strategy: { hook: { force: true } },
      syncOptions: { items: ["PruneLast=true", "Replace=true"] },
    });
    await expect(access.sync({ ...known, operation: { sync: {} } }, {}, asked)).rejects.toMatchObject({
      kind: "conflict",
    });
    expect(argo.deeds).toHaveLength(1);
  });

  test("that Argo CD does not allow are known before, and told in words after", async () => {
    const { argo, server } = await start();
    const access = accessTo(server);
    argo.put(application("book-dev"));
    argo.forbid("sync");
    expect(await access.missing("refresh", application("book-dev"))).toEqual([]);
    expect(await access.missing("sync", application("book-dev"))).toEqual([
      "The roles of Argo CD do not let you sync the Application 'book-dev' of the project 'book'.",
    ]);
    await expect(access.sync(application("book-dev"), {}, asked)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(access.refresh(application("nowhere"), "normal")).rejects.toThrow(
      "Argo CD does not let you do this, or there is no such Application: permission denied.",
    );
  });

  test("are a sync for the roles of Argo CD 3.5 where they roll back", async () => {
    const { argo, server } = await start();
    const access = accessTo(server);
    expect(await access.missing("rollBack", application("book-dev"))).toEqual([]);
    argo.forbid("sync");
    expect(await access.missing("rollBack", application("book-dev"))).toEqual([
      "The roles of Argo CD do not let you sync the Application 'book-dev' of the project 'book'.",
    ]);
  });

  test("that a sync window holds back are not told as a missing right", async () => {
    const { argo, server } = await start();
    argo.put(application("book-dev"));
    argo.holdBack(true);
    await expect(accessTo(server).sync(application("book-dev"), {}, asked)).rejects.toMatchObject({
      kind: "conflict",
      message: "Argo CD does not do it now: cannot sync: blocked by sync window.",
    });
  });

  test("say of a comparison that takes long that it goes on", async () => {
    const { argo, server } = await start();
    argo.put(application("book-dev"));
    argo.compareSlowly(true);
    const hasty = serverAccess(server, contextOfServer(server.address, "ada"), 50);
    await expect(hasty.refresh(application("book-dev"), "hard")).rejects.toMatchObject({
      kind: "timeout",
      message: expect.stringContaining("Argo CD still compares 'book-dev' with Git."),
    });
    argo.compareSlowly(false);
    expect((await accessTo(server).refresh(application("book-dev"), "normal")).status?.reconciledAt).toBe("normal");
  });

  test("never delete an Application that was made anew", async () => {
    const { argo, server } = await start();
    argo.put(application("book-dev"));
    const old = application("book-dev", { metadata: { name: "book-dev", namespace: "argocd", uid: "former" } });
    await expect(accessTo(server).delete(old, "foreground")).rejects.toThrow("The new one stays");
    expect(argo.deeds).toEqual([]);
  });

  test("end when they are cancelled, and when the server says nothing", async () => {
    const { argo, server } = await start();
    argo.put(application("book-dev"));
    const stop = new AbortController();
    stop.abort();
    const cancelled = accessTo(server).refresh(application("book-dev"), "normal", { signal: stop.signal });
    await expect(cancelled).rejects.toMatchObject({ kind: "cancelled" });
    const silent = server.stream(
      { path: "/api/v1/stream/applications", query: { resourceVersion: "1" }, timeout: 50 },
      () => {},
    );
    await expect(silent).rejects.toMatchObject({ kind: expect.stringMatching(/^(?:timeout|unreachable)$/) });
    expect(server.calls).toBe(0);
  });
});

describe("the Applications of the contract server", () => {
  /** Everything that is told, at a pace at which the pauses of the watch do not matter. */
  function watch(server: ArgocdServer) {
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    let last: WatchedApplications | undefined;
    const clock = { ...systemClock, sleep: (ms: number, signal: AbortSignal) => systemClock.sleep(ms / 100, signal) };
    accessTo(server).watch({ clock, signal: stop.signal, changed: (watched) => (last = watched) });
    return {
      stop,
      names: () => [...(last?.objects.values() ?? [])].map(({ metadata }) => metadata.name),
      state: () => last?.state,
      find: (name: string) => last?.objects.get(`argocd/${name}`),
    };
  }

  test("are listed, and followed when they come, change and go", async () => {
    const { argo, server } = await start();
    argo.put(application("one"));
    const watched = watch(server);
    await expect.poll(() => watched.names()).toEqual(["one"]);
    expect(watched.state()).toBe("live");
    await expect.poll(() => argo.streams).toBe(1);
    argo.put(application("two"));
    await expect.poll(() => watched.names()).toEqual(["one", "two"]);
    const before = watched.find("one");
    argo.put(application("two", { status: { health: { status: "Healthy" } } }));
    await expect.poll(() => watched.find("two")?.status?.health?.status).toBe("Healthy");
    expect(watched.find("one")).toBe(before);
    argo.remove("one");
    await expect.poll(() => watched.names()).toEqual(["two"]);
  });

  test("are there again after the stream was cut, with what was missed", async () => {
    const { argo, server } = await start();
    argo.put(application("one"));
    argo.put(application("two"));
    const watched = watch(server);
    await expect.poll(() => argo.streams).toBe(1);
    argo.fail(503);
    await expect.poll(() => (watched.state() as { readonly kind?: string }).kind).toBe("busy");
    expect(watched.names()).toEqual(["one", "two"]);
    argo.remove("one");
    argo.fail();
    await expect.poll(() => watched.state()).toBe("live");
    expect(watched.names()).toEqual(["two"]);
  });

  test("are asked for no more when the token is not accepted, and nothing stays open", async () => {
    const { argo, server } = await start();
    const watched = watch(server);
    await expect.poll(() => argo.streams).toBe(1);
    argo.accept("token-of-ada", false);
    argo.cut();
    await expect.poll(() => (watched.state() as { readonly kind?: string }).kind).toBe("signIn");
    expect(server.calls).toBe(0);
    watched.stop.abort();
    expect(argo.streams).toBe(0);
  });

  test("stand beside those of contexts, for every view and command, and stay when the kubeconfig changes", async () => {
    const { argo, server } = await start();
    argo.put(application("one"));
    const clusters = new OpenClusters({ clock: systemClock, namespaces: () => ["argocd"] });
    onTestFinished(() => clusters.dispose());
    clusters.openServer(server, "ada");
    await expect.poll(() => clusters.all[0]?.state).toBe("live");
    clusters.update([]);
    const [opened] = clusters.all;
    expect([...(opened?.applications.keys() ?? [])]).toEqual(["argocd/one"]);
    expect(opened?.controlPlanes).toEqual([{ namespace: "", url: argo.url }]);
    await expect(opened?.connection.get({ path: "/api/v1/pods" })).rejects.toThrow(
      "Open a context of the cluster itself",
    );
    if (opened === undefined) throw new Error("Nothing is open.");
    clusters.retry(opened.context);
    await expect.poll(() => clusters.all[0]?.state).toBe("live");
    expect(clusters.all[0]?.isServer).toBe(true);
    clusters.close(opened.context.name);
    await expect.poll(() => argo.streams).toBe(0);
  });
});

describe("the objects of an Application at the contract server", () => {
  const pods: Wanted = { type: { group: "", version: "v1", plural: "pods", namespaced: true }, namespace: "book" };
  const parentRefs = [{ group: "apps", kind: "ReplicaSet", namespace: "book", name: "web-1", uid: "set" }];
  const pod = (name: string, health: string, reason: string) => {
    const info = [
      { name: "Status Reason", value: reason },
      { name: "Containers", value: "1/1" },
    ];
    return {
      version: "v1",
      kind: "Pod",
      namespace: "book",
      name,
      uid: name,
      parentRefs,
      health: { status: health },
      info,
    };
  };

  async function open() {
    const { argo, server } = await start();
    argo.put(application("book-dev"));
    const connection = accessTo(server).objectsOf?.(application("book-dev"));
    if (connection === undefined) throw new Error("There is no tree.");
    const watches = new SharedWatches(systemClock);
    onTestFinished(() => watches.dispose());
    return { argo, connection, follow: (wanted: Wanted) => watches.follow(connection, wanted, () => {}) };
  }

  test("come from its tree as from a watch of Kubernetes, with their owners and how they are", async () => {
    const { argo, follow } = await open();
    const set = { group: "apps", version: "v1", kind: "ReplicaSet", namespace: "book", name: "web-1", uid: "set" };
    argo.putTree("book-dev", [set, pod("a", "Healthy", "Running")]);
    const followed = follow(pods);
    const names = (): readonly string[] => [...followed.current.objects.values()].map(({ metadata }) => metadata.name);
    await expect.poll(names).toEqual(["a"]);
    const first = followed.current.objects.get("book/a");
    expect(first && isOwnedBy(first, { group: "apps", kind: "ReplicaSet", name: "web-1" })).toBe(true);
    expect(first && stateOfObject("Pod", first)).toEqual({
      health: "Healthy",
      words: ["Running", "1/1 ready"],
      why: [],
    });
    argo.putTree("book-dev", [set, pod("b", "Degraded", "CrashLoopBackOff")]);
    await expect.poll(names).toEqual(["b"]);
    expect(followed.current.state).toBe("live");
  });

  test("have events, which are asked for by their identity; nothing else is to be had there", async () => {
    const { argo, connection, follow } = await open();
    const other = { ...pod("a", "Healthy", "Running"), namespace: "another", uid: "other" };
    argo.putTree("book-dev", [other, pod("a", "Healthy", "Running")]);
    const ofPod = follow(eventsOf({ kind: "Pod", name: "a", namespace: "book" }));
    const messages = (): readonly unknown[] =>
      [...ofPod.current.objects.values()].map((each) => (each as { readonly message?: string }).message);
    await expect.poll(messages).toHaveLength(1);
    expect(messages()[0]).toContain('"resourceNamespace":"book","resourceUID":"a"');
    await expect(connection.get({ path: "/apis/apps/v1/deployments", method: "DELETE" })).rejects.toThrow(
      "Open a context",
    );
  });

  test("have their events read again when something changed, though the stream goes on", async () => {
    const { argo, follow } = await open();
    argo.putTree("book-dev", [pod("a", "Healthy", "Running")]);
    const ofPod = follow(eventsOf({ kind: "Pod", name: "a", namespace: "book" }));
    const messages = (): string => JSON.stringify([...ofPod.current.objects.values()]);
    await expect.poll(messages).toContain('\\"resourceUID\\":\\"a\\"');
    argo.putTree("book-dev", [{ ...pod("a", "Healthy", "Running"), uid: "made anew" }]);
    await expect.poll(messages).toContain("made anew");
  });

  test("have events of their own also when they are Applications, and none where they do not belong to it", async () => {
    const { argo, follow } = await open();
    const child = {
      group: "argoproj.io",
      version: "v1alpha1",
      kind: "Application",
      namespace: "argocd",
      name: "child",
    };
    argo.putTree("book-dev", [{ ...child, uid: "c" }]);
    const told = async (name: string): Promise<readonly unknown[]> => {
      const followed = follow(eventsOf({ kind: "Application", name, namespace: "argocd" }));
      await expect.poll(() => followed.current.state).toBe("live");
      return [...followed.current.objects.values()].map((each) => (each as { readonly message?: string }).message);
    };
    expect(await told("child")).toEqual([expect.stringContaining('"resourceUID":"c"')]);
    expect(await told("book-dev")).toEqual([expect.not.stringContaining("resourceUID")]);
    expect(await told("stranger")).toEqual([]);
  });
});
