/** The names under which Kustomize looks for its file in a directory. */
export const kustomizationFileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

/** Whether the last name of a path or URI is one of a kustomization file. */
export function isKustomizationFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return kustomizationFileNames.some((known) => known === name);
}

/** Longer texts are judged by their beginning: the answer is needed on every opened file. */
const peekLength = 64 * 1024;

/** `apiVersion` at the start of a line, with the group when there is one: `apps/v1` → `apps`, `v1` → nothing. */
const apiVersion = /^apiVersion:[ \t]*["']?(?:([a-z0-9.-]+)\/)?v\d[a-z0-9]*["']?[ \t]*(?:#.*)?\r?$/gm;

/**
 * API groups outside Kubernetes itself of which this extension has schemas. Groups end at a dot: `triggers.tekton.dev` is one of
 * `tekton.dev`.
 */
const knownGroups = [
  "k8s.io",
  "openshift.io",
  "argoproj.io",
  "tekton.dev",
  "x-k8s.io",
  "k8s.aws",
  "bitnami.com",
  "cert-manager.io",
  "coreos.com",
  "external-secrets.io",
  "fluxcd.io",
  "istio.io",
  "karpenter.sh",
  "keda.sh",
  "knative.dev",
  "traefik.io",
  "trust-manager.io",
];

/**
 * Whether a YAML text holds a document that this extension works on: a Kustomize, Argo CD, RBAC, Tekton, Kubernetes or
 * OpenShift object, or one of an operator that we have schemas of, at its top level. Other YAML (a compose file, a workflow, a chart's values) must not start our server.
 */
export function holdsOurKind(text: string): boolean {
  const start = text.slice(0, peekLength);
  if (!/^kind:[ \t]*\S/m.test(start)) return false;
  for (const [, group] of start.matchAll(apiVersion)) {
    // Groups without a dot (`apps`, `batch`) are Kubernetes' own and nobody else's.
    if (group === undefined || !group.includes(".")) return true;
    if (knownGroups.some((known) => group === known || group.endsWith(`.${known}`))) return true;
  }
  return false;
}
