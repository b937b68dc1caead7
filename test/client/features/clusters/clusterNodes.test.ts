import { expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { ClusterContext } from "../../../../client/src/cluster/kubeconfig";
import type { OpenCluster } from "../../../../client/src/cluster/openClusters";
import { type ClusterNode, childRows, stateOf, topRows } from "../../../../client/src/features/clusters/clusterNodes";

function context(name: string, runsProgram = false): ClusterContext {
  return { name, runsProgram, server: "https://example.com", user: "ada" } as ClusterContext;
}

function open(state: OpenCluster["state"], more: Partial<OpenCluster> = {}): OpenCluster {
  return { state, controlPlanes: [], applications: new Map(), ...more } as OpenCluster;
}

/** The view over contexts, of which some are open. */
function draw(contexts: readonly ClusterContext[], opened: Readonly<Record<string, OpenCluster>>): readonly string[] {
  const kubeconfig = { contexts, paths: [], problems: ["'/a' cannot be read."] };
  const known = new Map(Object.entries(opened));
  const rows = topRows({ kubeconfig, patterns: ["*prod*"], find: (name) => known.get(name) });
  return rows.flatMap((row) => [words(row), ...childRows(row).map((each) => `  ${words(each)}`)]);
}

function words(row: ClusterNode): string {
  if (row.type === "note") return row.text;
  if (row.type === "instance") return `${row.instance.namespace} ${row.instance.applications}`;
  return [row.context.name, row.isProtected ? "protected" : "", stateOf(row)].filter(Boolean).join(" ");
}

test("the Clusters view shows every context, what keeps it from being up to date, and its Argo CD instances", () => {
  const applications = new Map([["argocd/a", { metadata: { namespace: "argocd", name: "a" } }]]);
  const rows = draw(
    [context("prod"), context("dev"), context("far"), context("new", true), context("bare"), context("closed")],
    {
      dev: open("live", { applications, controlPlanes: [{ namespace: "openshift-gitops" }] }),
      far: open(new ApiError("unreachable", "far cannot be reached: nothing listens there."), { applications }),
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
    "  argocd 1",
    "  openshift-gitops 0",
    "far unreachable",
    "  far cannot be reached: nothing listens there.",
    "  argocd 1",
    "new signing in…",
    "prod protected no access",
    expect.stringMatching(/^ {2}You may not list Applications here\..*gitopsAuthor\.argocd\.namespaces/),
  ]);
});
