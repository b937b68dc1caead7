import { expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { KindContents } from "../../../../client/src/cluster/clusterContents";
import type { ClusterContext } from "../../../../client/src/cluster/kubeconfig";
import type { KubeObject } from "../../../../client/src/cluster/kubeObject";
import type { OpenCluster } from "../../../../client/src/cluster/openClusters";
import { ourKinds } from "../../../../client/src/cluster/ourKinds";
import {
  type ClusterNode,
  childRows,
  mostObjects,
  stateOf,
  topRows,
} from "../../../../client/src/features/clusters/clusterNodes";

function context(name: string, runsProgram = false): ClusterContext {
  const program = { command: "login", args: [], environment: {}, needsTerminal: false };
  return {
    name,
    ...(runsProgram && { program }),
    server: "https://example.com",
    user: "ada",
  } as unknown as ClusterContext;
}

function open(state: OpenCluster["state"], more: Partial<OpenCluster> = {}): OpenCluster {
  return { state, controlPlanes: [], applications: new Map(), ...more } as OpenCluster;
}

/** The view over contexts, of which some are open. */
function draw(
  contexts: readonly ClusterContext[],
  opened: Readonly<Record<string, OpenCluster>>,
  contents: readonly KindContents[] = [],
): readonly string[] {
  const kubeconfig = { contexts, paths: [], problems: ["'/a' cannot be read."], unreadable: ["/a"] };
  const known = new Map(Object.entries(opened));
  const find = (name: string): OpenCluster | undefined => known.get(name);
  const servers = [...known.values()].filter(({ isServer }) => isServer === true);
  return lines(topRows({ kubeconfig, patterns: ["*prod*"], find, servers, contents: () => contents }));
}

function lines(rows: readonly ClusterNode[], depth = 0): readonly string[] {
  return rows.flatMap((row) => [`${"  ".repeat(depth)}${words(row)}`, ...lines(childRows(row), depth + 1)]);
}

/** Objects of a kind, as `namespace/name`. */
function contentsOf(name: string, keys: readonly string[], state: KindContents["state"] = "live"): KindContents {
  const kind = ourKinds.find((each) => each.kind === name);
  if (kind === undefined) throw new Error(`${name} is none of our kinds.`);
  const objects = new Map<string, KubeObject[]>();
  for (const [index, key] of keys.entries()) {
    const [namespace = "", own = ""] = key.split("/");
    const metadata = { name: own, namespace, creationTimestamp: `2026-01-0${index + 1}` };
    objects.set(namespace, [...(objects.get(namespace) ?? []), { metadata }]);
  }
  return { kind, state, objects };
}

function words(row: ClusterNode): string {
  if (row.type === "note") return row.text;
  if (row.type === "namespace") return `${row.instance.namespace} ${row.instance.applications}`;
  if (row.type === "kind") return `${row.kind.kind}: ${row.objects.length}`;
  if (row.type === "object") return row.object.metadata.name;
  return [row.context.name, row.isProtected ? "protected" : "", stateOf(row)].filter(Boolean).join(" ");
}

test("the Clusters view shows every context, what keeps it from being up to date, and its Argo CD instances", () => {
  const applications = new Map([["argocd/a", { metadata: { namespace: "argocd", name: "a" } }]]);
  const rows = draw(
    [context("prod"), context("dev"), context("far"), context("new", true), context("bare"), context("closed")],
    {
      dev: open("live", { applications, controlPlanes: [{ namespace: "openshift-gitops" }] }),
      far: open(new ApiError("unreachable", "example.com cannot be reached: nothing listens there."), { applications }),
      prod: open(new ApiError("forbidden", "applications.argoproj.io is forbidden")),
      new: open("opening"),
      bare: open("live"),
    },
  );
  expect(rows).toEqual([
    "'/a' cannot be read.",
    "bare open",
    "  No Argo CD and no Applications were found.",
    "closed",
    "dev open",
    "  openshift-gitops 0",
    "  argocd 1",
    "far unreachable",
    "  Cannot be reached: nothing listens there.",
    "  argocd 1",
    "new signing in…",
    "prod protected no access",
    expect.stringMatching(/^ {2}You may not list Applications here\..*gitopsAuthor\.argocd\.namespaces/),
  ]);
});

test("a cluster without Argo CD says whether somebody has to look again once it is installed", () => {
  const state = (isAwaited?: boolean) => open(new ApiError("notFound", "no such kind", { isAwaited }));
  const told = "  Argo CD is not installed: this cluster knows no Applications.";
  const rows = draw([context("dev"), context("far")], { dev: state(true), far: state() });
  expect(rows.slice(1)).toEqual([
    "dev no Argo CD",
    `${told} Applications appear here once it is.`,
    "far no Argo CD",
    `${told} Retry this context once it is.`,
  ]);
});

test("an open context shows the namespaces with our kinds, those with an Argo CD first, and says which kinds may not be seen", () => {
  const forbidden = new ApiError("forbidden", "forbidden");
  const contents = [
    contentsOf("AppProject", ["openshift-gitops/shop"]),
    contentsOf("Pipeline", ["ci/release", "ci/build"]),
    contentsOf("PipelineRun", ["ci/build-1", "ci/build-2"]),
    contentsOf("Task", [], forbidden),
    contentsOf("Trigger", [], forbidden),
    contentsOf("TriggerBinding", [], new ApiError("notFound", "no such kind")),
    contentsOf("EventListener", ["ci/listener"], new ApiError("unreachable", "cut off")),
  ];
  const dev = open("live", { controlPlanes: [{ namespace: "openshift-gitops" }] });
  expect(draw([context("dev")], { dev }, contents).slice(1)).toEqual([
    "dev open",
    "  You may not list Tasks and Triggers here.",
    "  EventListener: cut off",
    "  openshift-gitops 0",
    "    AppProject: 1",
    "      shop",
    "  ci 0",
    "    Pipeline: 2",
    "      build",
    "      release",
    "    PipelineRun: 2",
    "      build-2",
    "      build-1",
    "    EventListener: 1",
    "      listener",
  ]);
});

test("names stand in the order in which people count", () => {
  const contents = [contentsOf("Task", ["ci-10/a", "ci-9/step-10", "ci-9/step-9"])];
  const rows = draw([context("dev-10"), context("dev-9")], { "dev-9": open("live") }, contents);
  expect(rows.slice(1)).toEqual([
    "dev-9 open",
    "  ci-9 0",
    "    Task: 2",
    "      step-9",
    "      step-10",
    "  ci-10 0",
    "    Task: 1",
    "      a",
    "dev-10",
  ]);
});

test("thousands of runs are not all shown", () => {
  const keys = Array.from({ length: mostObjects + 5 }, (_, index) => `ci/run-${index}`);
  const rows = draw([context("dev")], { dev: open("live") }, [contentsOf("PipelineRun", keys)]);
  expect(rows.at(-1)).toBe("      5 more are not shown.");
});

test("an Argo CD server that is open stands among the contexts, with the namespaces of its Applications", () => {
  const applications = new Map([["argocd/book-dev", { metadata: { name: "book-dev", namespace: "argocd" } }]]);
  const controlPlanes = [{ namespace: "", url: "https://argocd.example.com" }];
  const server = open("live", { context: context("argocd.example.com"), isServer: true, applications, controlPlanes });
  expect(draw([context("dev")], { "argocd.example.com": server })).toEqual([
    "'/a' cannot be read.",
    "argocd.example.com open",
    "  argocd 1",
    "dev",
  ]);
});
