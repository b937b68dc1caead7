import { describe, expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import { cannotPause, rollBack, setAutoSync, sync, terminate } from "../../../../client/src/cluster/argocd/operations";
import type { ApiRequest, Connection } from "../../../../client/src/cluster/connection";

const source = { repoURL: "https://example.com/config.git", path: "overlays/dev" };

const seen: Application = {
  metadata: { name: "book-dev", namespace: "argocd", uid: "u", resourceVersion: "7" },
  spec: { project: "book", syncPolicy: { automated: {} } },
  operation: { sync: {} },
  status: { operationState: { phase: "Running", startedAt: "2026-01-01T00:00:00Z" }, history: [{ id: 1, source }] },
};

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

/** An API server that holds one Application: it knows the tests of a JSON patch, and whether it knows `enabled`. */
function serverWith(held: Application, { knowsEnabled = true } = {}) {
  const written: unknown[] = [];
  const valueAt = (path: string): unknown =>
    path
      .split("/")
      .slice(1)
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], held);
  const get = async ({ method, query, body }: ApiRequest): Promise<unknown> => {
    if (method !== "PATCH") return held;
    const tests = Array.isArray(body) ? (body as Operation[]).filter(({ op }) => op === "test") : [];
    if (tests.some(({ path, value }) => valueAt(path) !== value)) {
      throw new ApiError("refused", "the server rejected our request", { status: 422 });
    }
    if (!knowsEnabled && query?.["fieldValidation"] === "Strict") {
      const field = "spec.syncPolicy.automated.enabled";
      throw new ApiError("refused", `strict decoding error: unknown field "${field}"`, { status: 422 });
    }
    written.push(body);
    return held;
  };
  return { connection: { get } as unknown as Connection, written };
}

describe("ending an operation", () => {
  test("ends the one that was seen, whatever it said since", async () => {
    const state = { ...seen.status?.operationState, message: "waiting" };
    const { connection, written } = serverWith({
      ...seen,
      metadata: { ...seen.metadata, resourceVersion: "8" },
      status: { operationState: state },
    });
    await terminate(connection, seen);
    expect(written).toHaveLength(1);
  });

  test.each<[string, Application["status"]]>([
    ["is over", { operationState: { ...seen.status?.operationState, phase: "Succeeded" } }],
    ["was followed by another", { operationState: { phase: "Running", startedAt: "2026-01-01T00:05:00Z" } }],
  ])("writes nothing when it %s", async (_, status) => {
    const { connection, written } = serverWith({ ...seen, status });
    await expect(terminate(connection, seen)).rejects.toMatchObject({ kind: "conflict" });
    expect(written).toEqual([]);
  });

  test("does not take away what Argo CD is ending already", async () => {
    const ending: Application = { ...seen, status: { operationState: { phase: "Terminating" } } };
    const { connection, written } = serverWith(ending);
    await expect(terminate(connection, ending)).rejects.toMatchObject({ kind: "conflict" });
    expect(written).toEqual([]);
  });
});

describe("an Argo CD that does not know a pause", () => {
  const { operation: _, ...rest } = seen;
  const idle: Application = { ...rest, status: { history: [{ id: 1, source }] } };

  test("is not said to have paused", async () => {
    const { connection, written } = serverWith(idle, { knowsEnabled: false });
    await expect(setAutoSync(connection, idle, false)).rejects.toThrow(cannotPause);
    expect(written).toEqual([]);
  });

  test("is not asked for a rollback that it would undo", async () => {
    const { connection, written } = serverWith(idle, { knowsEnabled: false });
    const asked = { by: "ada", pauseAutoSync: true };
    await expect(rollBack(connection, idle, 1, asked)).rejects.toThrow(cannotPause);
    expect(written).toEqual([]);
  });
});

describe("what Argo CD's own server asks of its controller", () => {
  const sources = [source, { repoURL: "https://example.com/values.git", ref: "values" }];
  const several: Application = {
    metadata: seen.metadata,
    spec: { project: "book", sources, syncPolicy: { syncOptions: ["CreateNamespace=true"] } },
    // Argo CD writes an empty source beside several.
    status: { history: [{ id: 3, revisions: ["a1", "b2"], revision: "", source: { repoURL: "" }, sources }] },
  };
  const operationOf = (written: readonly unknown[]): unknown =>
    (written[0] as Operation[]).find(({ path }) => path === "/operation")?.value;

  test("is all sources of a sync", async () => {
    const { connection, written } = serverWith(several);
    await sync(connection, several, {}, { by: "ada" });
    expect(operationOf(written)).toEqual({
      initiatedBy: { username: "ada" },
      sync: { sources, syncOptions: ["CreateNamespace=true"], syncStrategy: { hook: {} } },
    });
  });

  test("is each source of a rollback with its revision", async () => {
    const { connection, written } = serverWith(several);
    await rollBack(connection, several, 3, { by: "ada" });
    expect(JSON.parse(JSON.stringify(operationOf(written)))).toEqual({
      initiatedBy: { username: "ada" },
      sync: {
        ...{ revision: "", revisions: ["a1", "b2"], source: { repoURL: "" }, sources },
        ...{ syncOptions: ["CreateNamespace=true"], syncStrategy: { apply: {} } },
      },
    });
  });

  test("is nothing where the history does not say the source, or the Application is being deleted", async () => {
    const old: Application = { ...several, status: { history: [{ id: 1, revision: "a1" }] } };
    const { connection, written } = serverWith(old);
    await expect(rollBack(connection, old, 1, { by: "ada" })).rejects.toThrow("does not say where it came from");
    const metadata = { ...several.metadata, deletionTimestamp: "2026-01-01T00:00:00Z" };
    await expect(rollBack(connection, { ...several, metadata }, 3, { by: "ada" })).rejects.toThrow("is being deleted");
    expect(written).toEqual([]);
  });
});
