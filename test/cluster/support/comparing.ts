import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Application } from "../../../client/src/cluster/argocd/application";
import { compareWithCluster, type ObjectComparison } from "../../../client/src/cluster/compareWithCluster";
import type { Connection } from "../../../client/src/cluster/connection";
import type { KubeObject } from "../../../client/src/cluster/kubeObject";
import { compareObjectsFeature } from "../../../server/src/features/compareObjects";
import type { RenderedBuild } from "../../../server/src/protocol/renderedObjects";
import { openEditor } from "../../support/editor";
import { getRealKustomize } from "../../support/kubectl";
import { admin, type Cluster } from "./cluster";
import { kubeconfigText } from "./context";

const { signal } = new AbortController();

/** How objects of files compare with those of a cluster. */
export async function compared(
  connection: Connection,
  objects: readonly KubeObject[],
  options: { readonly application?: Application; readonly isPartial?: boolean } = {},
): Promise<readonly ObjectComparison[]> {
  return await comparedTexts(
    connection,
    objects.map((object) => JSON.stringify(object)),
    options,
  );
}

/** The same for objects as JSON, in which numbers may be larger than JavaScript knows. */
export async function comparedTexts(
  connection: Connection,
  texts: readonly string[],
  options: { readonly application?: Application; readonly isPartial?: boolean } = {},
): Promise<readonly ObjectComparison[]> {
  const source = {
    uri: "file:///ws/a.yaml",
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  };
  const rendered = texts.map((json) => ({ json, source }));
  const build: RenderedBuild = {
    ...{ subject: { root: "file:///ws" }, label: ".", complete: true, problems: [], notes: [] },
    objects: rendered,
  };
  const editor = await openEditor("#- kustomization.yaml\nresources: []\n");
  return await compareWithCluster(connection, [build], {
    namespace: "default",
    ...options,
    signal,
    ask: (parameters) => editor.ask(compareObjectsFeature, { kind: "source", path: "/ws" }, parameters),
  });
}

/** Those that are not the same. */
export async function differing(
  connection: Connection,
  objects: readonly KubeObject[],
): Promise<readonly ObjectComparison[]> {
  return (await compared(connection, objects)).filter(({ state }) => state !== "same");
}

/** The lines that are on one side only, as a diff shows them. */
export function changedLines(comparison: ObjectComparison | undefined): readonly string[] {
  const [before, after] = [comparison?.live.split("\n") ?? [], comparison?.desired.split("\n") ?? []];
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `-${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+${line}`),
  ];
}

/** What the real kubectl says that applying would change, but for the number that counts changes. */
export function kubectlDiff(cluster: Cluster, objects: readonly KubeObject[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "gitops-author-kubectl-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "config"), kubeconfigText(cluster, admin));
  writeFileSync(join(folder, "list.json"), JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }));
  const args = ["--kubeconfig", join(folder, "config"), "diff", "--server-side", "--field-manager=gitops-author"];
  const { program } = getRealKustomize();
  const { status, stdout, stderr } = spawnSync(
    program,
    [...args, "--force-conflicts", "-f", join(folder, "list.json")],
    {
      encoding: "utf8",
      timeout: 90_000,
      env: { ...process.env, HOME: folder, KUBECTL_EXTERNAL_DIFF: "diff -u" },
    },
  );
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return stdout.split("\n").filter((line) => /^[-+](?![-+])/.test(line) && !/^. {2}generation:/.test(line));
}
