import { createServer, type ServerResponse } from "node:http";

/** What stands in for an API server with many Applications; it knows lists in pages, and a watch that tells of changes when it is asked to. */
export interface ApplicationServer {
  readonly url: string;
  /** How large the whole list is, in bytes. */
  readonly bytes: number;
}

/** Serves `count` Applications as large as real ones on loopback. `POST /touch` makes the controller look at each of them once. */
export function serveApplications(count: number): Promise<ApplicationServer> {
  const texts = Array.from({ length: count }, (_, index) => JSON.stringify(applicationOf(index, 1)));
  const watches = new Set<ServerResponse>();
  let look = 1;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/touch") {
      look++;
      for (let index = 0; index < count; index++) {
        const line = `${JSON.stringify({ type: "MODIFIED", object: applicationOf(index, look) })}\n`;
        for (const watch of watches) watch.write(line);
      }
      response.end("{}");
    } else if (!pathname.endsWith("/applications")) {
      response.end(JSON.stringify({ metadata: { resourceVersion: "1" }, items: [] }));
    } else if (searchParams.get("watch") === "true") {
      watches.add(response);
      response.writeHead(200).flushHeaders();
    } else {
      const start = Number(searchParams.get("continue") ?? 0);
      const end = start + Number(searchParams.get("limit"));
      const metadata = { resourceVersion: "1", continue: end < count ? String(end) : "" };
      response.end(`{"metadata":${JSON.stringify(metadata)},"items":[${texts.slice(start, end).join()}]}`);
    }
  });
  const bytes = texts.reduce((all, text) => all + text.length, 0);
  return new Promise((finish) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      finish({ url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, bytes });
    });
  });
}

/** An Application with what a year of deployments leaves in it. `look` is how often its controller looked at it. */
export function applicationOf(index: number, look: number): object {
  const name = `team-${index % 50}-service-${index}`;
  const revision = (round: number): string => `${index}`.padStart(20, "0") + `${round}`.padStart(20, "a");
  const source = {
    repoURL: `https://git.example.com/team-${index % 50}/config.git`,
    path: "config/overlays/prod",
    targetRevision: "main",
  };
  const destination = { server: "https://kubernetes.default.svc", namespace: name };
  const kinds = ["Deployment", "Service", "ConfigMap", "ServiceAccount", "Route", "NetworkPolicy"];
  const resources = Array.from({ length: 24 }, (_, i) => ({
    ...{ group: i % 6 === 0 ? "apps" : "", version: "v1", kind: kinds[i % 6], namespace: name, name: `${name}-${i}` },
    ...{ status: "Synced", health: { status: "Healthy" }, syncWave: i % 3 },
  }));
  const history = Array.from({ length: 10 }, (_, id) => ({
    ...{
      id,
      revision: revision(id),
      source,
      deployedAt: `2026-01-${10 + id}T00:00:00Z`,
      initiatedBy: { automated: true },
    },
    deployStartedAt: `2026-01-${10 + id}T00:00:00Z`,
  }));
  const synced = resources.map(({ status: _, health: __, ...rest }) => ({
    ...rest,
    status: "Synced",
    message: `${rest.name} configured`,
  }));
  const operation = { sync: { revision: revision(9), source }, initiatedBy: { automated: true }, retry: { limit: 5 } };
  const status = {
    ...{
      sync: {
        status: index % 40 === 0 ? "OutOfSync" : "Synced",
        revision: revision(9),
        comparedTo: { source, destination },
      },
    },
    ...{ health: { status: index % 97 === 0 ? "Degraded" : "Healthy" }, resources, history, sourceType: "Kustomize" },
    operationState: {
      phase: "Succeeded",
      message: "successfully synced",
      operation,
      startedAt: "2026-01-19T00:00:00Z",
      syncResult: { resources: synced, source, revision: revision(9) },
    },
    ...{
      reconciledAt: `2026-02-01T00:00:${`${look}`.padStart(2, "0")}Z`,
      summary: { images: [`registry.example.com/${name}:1`] },
    },
  };
  const spec = {
    project: `team-${index % 50}`,
    source,
    destination,
  };
  const fields = Array.from({ length: 40 }, (_, i) => [`f:field-${i}`, { "f:value": {} }]);
  const metadata = {
    ...{
      name,
      namespace: "argocd",
      uid: `uid-${index}`,
      resourceVersion: `${look}`,
      labels: { team: `team-${index % 50}` },
    },
    annotations: { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({ spec, resources }) },
    managedFields: [{ manager: "argocd-application-controller", fieldsV1: Object.fromEntries(fields) }],
  };
  return { apiVersion: "argoproj.io/v1alpha1", kind: "Application", metadata, spec, status };
}
