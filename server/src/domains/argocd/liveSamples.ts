/** Samples of what a cluster says of an Application, in the form in which `kubectl get -o yaml` shows it. */

import { applicationText, configText, repositorySample } from "./deployedSamples";

/** The files of the workspace in these samples: an Application, and what it deploys. */
export const liveFiles = `${repositorySample}#- overlays/dev/kustomization.yaml
resources:
- config.yaml
#- overlays/dev/config.yaml
${configText("settings")}#- application.yaml
${applicationText()}`;

/** What differs between the samples; all that is left out is well. */
export interface LiveSample {
  readonly name?: string;
  readonly path?: string;
  readonly conditions?: readonly { readonly type: string; readonly message: string }[];
  /** Lines of `status.operationState`. */
  readonly operation?: readonly string[];
}

/** An Application in the cluster `dev`, as a part of a sample; the manifest of it is that of `applicationText`. */
export function liveSample({
  name = "book-dev",
  path = "overlays/dev",
  conditions = [],
  operation = [],
}: LiveSample = {}): string {
  const told = conditions.flatMap(({ type, message }) => [
    `  - type: ${type}`,
    `    message: ${JSON.stringify(message)}`,
  ]);
  const lines = [
    ...(told.length === 0 ? [] : ["  conditions:", ...told]),
    ...(operation.length === 0 ? [] : ["  operationState:", ...operation.map((line) => `    ${line}`)]),
  ];
  return `#- cluster:dev
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: openshift-gitops
spec:
  project: default
  source:
    repoURL: https://example.com/book.git
    path: ${path}
  destination:
    server: https://kubernetes.default.svc
    namespace: book-dev
status:
  sync:
    status: ${told.length === 0 ? "Synced" : "Unknown"}
    revision: ${sampleRevision}
  health:
    status: Healthy
${lines.map((line) => `${line}\n`).join("")}`;
}

/** The commit of the samples. */
export const sampleRevision = "9f1c2d4e5b6a79808182838485868788898a8b8c";
