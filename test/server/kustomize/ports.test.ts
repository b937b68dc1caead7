import { describe, expect, test } from "vitest";
import type { BuildOptions } from "../../../server/src/kustomize/build";
import type { HelmRequest, RemoteFound } from "../../../server/src/kustomize/ports";
import { buildTree, configMap } from "../../support/buildTree";

const url = "https://github.com/org/repo//base?ref=v1";
const fetched = {
  "/fetched/repo/base/kustomization.yaml": "resources: [../part.yaml, ../shared]\n",
  "/fetched/repo/part.yaml": configMap("part"),
  "/fetched/repo/shared/kustomization.yaml": "resources: [s.yaml]\n",
  "/fetched/repo/shared/s.yaml": configMap("shared"),
};
const withRemote = {
  "/app/kustomization.yaml": `namePrefix: x-\nresources:\n- own.yaml\n- ${url}\n`,
  "/app/own.yaml": configMap("own"),
};

/** A port over what is in memory: the answer to every URL is the same. */
function inMemoryRemote(answer: RemoteFound): BuildOptions & { readonly asked: string[] } {
  const asked: string[] = [];
  const fetch = (wanted: string): RemoteFound => {
    asked.push(wanted);
    return answer;
  };
  return { remote: { fetch }, asked };
}

describe("remote bases", () => {
  test("without a port: a placeholder at the entry, and the rest", () => {
    const { problems, text, complete } = buildTree(withRemote);
    expect(problems).toEqual(["/app/kustomization.yaml:4 kustomization/remote-not-fetched"]);
    expect([text, complete]).toEqual([configMap("x-own"), false]);
  });

  test("a repository is built from the snapshot", () => {
    const options = inMemoryRemote({ kind: "directory", path: "/fetched/repo/base", repository: "/fetched/repo" });
    const files = { ...fetched, "/fetched/repo/base/kustomization.yaml": "resources: [../shared]\n" };
    const { problems, text, complete } = buildTree({ ...withRemote, ...files }, options);
    expect(problems).toEqual([]);
    expect(options.asked).toEqual([url]);
    expect([text, complete]).toEqual([`${configMap("x-own")}---\n${configMap("x-shared")}`, true]);
  });

  test("what was fetched keeps the load restrictions, and does not leave its repository", () => {
    const options = inMemoryRemote({ kind: "directory", path: "/fetched/repo/base", repository: "/fetched/repo" });
    const { problems, complete } = buildTree({ ...withRemote, ...fetched }, options);
    expect(problems).toEqual(["/fetched/repo/base/kustomization.yaml:1 kustomization/outside-root"]);
    expect(complete).toBe(false);
    const leaves = { ...fetched, "/fetched/repo/base/kustomization.yaml": "resources: [../../../app2]\n" };
    const outside = { "/app2/kustomization.yaml": "resources: []\nnamePrefix: a\n" };
    const { problems: more } = buildTree({ ...withRemote, ...leaves, ...outside }, options);
    expect(more).toEqual([expect.stringMatching(/^\/fetched\/repo\/base\/kustomization\.yaml:1 kustomization\//)]);
  });

  test("a file", () => {
    const source = { path: "/fetched/a.yaml", text: configMap("file") };
    const { text, complete } = buildTree(
      { "/app/kustomization.yaml": "resources: [https://host.example/a.yaml]\n" },
      inMemoryRemote({ kind: "file", source }),
    );
    expect([text, complete]).toEqual([configMap("file"), true]);
  });

  test("on its way: not complete, and no problem yet", () => {
    const { problems, text, complete } = buildTree(withRemote, inMemoryRemote({ kind: "pending" }));
    expect([problems, text, complete]).toEqual([[], configMap("x-own"), false]);
  });

  test("failed: the reason at the entry, and the rest", () => {
    const { result, problems, text } = buildTree(
      withRemote,
      inMemoryRemote({ kind: "failed", reason: "No such ref." }),
    );
    expect(problems).toEqual(["/app/kustomization.yaml:4 kustomization/remote-failed"]);
    expect(result.problems[0]?.message).toContain("No such ref.");
    expect(text).toBe(configMap("x-own"));
  });
});

const withChart = {
  "/app/kustomization.yaml": `namePrefix: x-
namespace: ours
resources:
- own.yaml
helmGlobals:
  chartHome: ../charts
helmCharts:
- name: web
  version: 1.2.3
  repo: https://charts.example
  releaseName: r
  valuesInline: {replicas: 2, list: [a, null]}
  additionalValuesFiles: [more.yaml]
`,
  "/app/own.yaml": configMap("own"),
};

describe("helm charts", () => {
  test("without a port: a placeholder at the chart, and the rest", () => {
    const { problems, text, complete } = buildTree(withChart);
    expect(problems).toEqual(["/app/kustomization.yaml:8 kustomization/helm-not-run"]);
    expect([text, complete]).toEqual([configMap("x-own", "  namespace: ours\n"), false]);
  });

  test("the port learns everything that the entry says; what it renders is transformed like anything else", () => {
    const requests: HelmRequest[] = [];
    const inflate = (request: HelmRequest) => {
      requests.push(request);
      return { kind: "rendered", source: { path: "/helm/web.yaml", text: configMap("chart") } } as const;
    };
    const { problems, text, complete } = buildTree(withChart, { helm: { inflate } });
    expect(problems).toEqual([]);
    expect(complete).toBe(true);
    // helm itself has put its objects into the namespace that it was given.
    expect(text).toBe(`${configMap("x-own", "  namespace: ours\n")}---\n${configMap("x-chart")}`);
    expect(requests).toMatchObject([
      {
        root: "/app",
        chartHome: "/charts",
        name: "web",
        version: "1.2.3",
        repo: "https://charts.example",
        releaseName: "r",
        namespace: "ours",
        valuesInline: '{"replicas":2,"list":["a",null]}',
        additionalValuesFiles: ["more.yaml"],
        valuesMerge: "override",
      },
    ]);
  });

  test("pending, failed, and text that is no YAML", () => {
    const pending = buildTree(withChart, { helm: { inflate: () => ({ kind: "pending" }) } });
    expect([pending.problems, pending.complete]).toEqual([[], false]);
    const failed = buildTree(withChart, { helm: { inflate: () => ({ kind: "failed", reason: "no chart" }) } });
    expect(failed.problems).toEqual(["/app/kustomization.yaml:8 kustomization/helm-failed"]);
    const source = { path: "/helm/web.yaml", text: "a: [\n" };
    const broken = buildTree(withChart, { helm: { inflate: () => ({ kind: "rendered", source }) } });
    expect(broken.problems).toEqual([expect.stringMatching(/^\/helm\/web\.yaml:\d yaml\//)]);
    for (const { text } of [pending, failed, broken]) expect(text).toContain("name: x-own\n");
  });
});
