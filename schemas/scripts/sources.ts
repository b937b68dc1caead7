/** Where a shard comes from. */
export interface ShardSource {
  readonly shard: string;
  /** What a hover calls it. */
  readonly title: string;
  /** Packages whose types it holds. */
  readonly packages?: readonly string[];
  /** Of those, only the types whose path this accepts. */
  readonly holds?: (path: string) => boolean;
  /** Whether it holds OpenShift's kinds as well. */
  readonly swagger?: boolean;
  /** Files of `schemas/` with kinds of its own. */
  readonly files?: readonly string[];
  /** Files of `schemas/` that correct it. */
  readonly overlays?: readonly string[];
}

const models = "@kubernetes-models/";

/** Versions that are beta or were removed: `apps/v1beta2`, `autoscaling/v2beta1`. Few documents use them. */
const isBeta = (path: string): boolean => /(^|\/)v\d+beta\d+\//.test(path);

/** Every shard of the bundle, in the order in which the index lists them. */
export const shardSources: readonly ShardSource[] = [
  {
    shard: "kubernetes",
    title: "Kubernetes 1.36",
    packages: ["kubernetes-models", `${models}apimachinery`],
    holds: (path) => !isBeta(path),
    overlays: ["kubernetes.json"],
  },
  {
    shard: "kubernetes-beta",
    title: "Kubernetes, beta and removed versions",
    packages: ["kubernetes-models"],
    holds: isBeta,
  },
  { shard: "kustomize", title: "Kustomize 5.8", files: ["kustomization.json", "kustomizePlugins.json"] },
  { shard: "argo-cd", title: "Argo CD 3.5", packages: [`${models}argo-cd`], overlays: ["argocd.json"] },
  { shard: "tekton", title: "Tekton Pipelines", files: ["tekton.json"] },
  { shard: "triggers", title: "Tekton Triggers", files: ["triggers.json"] },
  { shard: "openshift", title: "OpenShift", files: ["route.json"], overlays: ["openshift.json"], swagger: true },
  { shard: "olm", title: "Operator Lifecycle Manager", files: ["olm.json"] },
  { shard: "argo-rollouts", title: "Argo Rollouts", packages: [`${models}argo-rollouts`] },
  {
    shard: "argo-workflows",
    title: "Argo Workflows",
    packages: [`${models}argo-workflows`],
    overlays: ["argoworkflows.json"],
  },
  { shard: "cert-manager", title: "cert-manager", packages: [`${models}cert-manager`] },
  { shard: "external-secrets", title: "External Secrets", packages: [`${models}external-secrets`] },
  { shard: "flux", title: "Flux", packages: [`${models}flux-cd`], overlays: ["flux.json"] },
  { shard: "gateway-api", title: "Gateway API", packages: [`${models}gateway-api`] },
  { shard: "istio", title: "Istio", packages: [`${models}istio`], overlays: ["istio.json"] },
  { shard: "karpenter", title: "Karpenter", packages: [`${models}karpenter`] },
  { shard: "keda", title: "KEDA", packages: [`${models}keda`] },
  { shard: "knative", title: "Knative", packages: [`${models}knative`], overlays: ["knative.json"] },
  { shard: "prometheus-operator", title: "Prometheus Operator", packages: [`${models}prometheus-operator`] },
  {
    shard: "sealed-secrets",
    title: "Sealed Secrets",
    packages: [`${models}sealed-secrets`],
    overlays: ["sealedsecrets.json"],
  },
  { shard: "traefik", title: "Traefik", packages: [`${models}traefik`] },
];

/** OpenShift's own kinds older than CustomResourceDefinitions, taken from its OpenAPI document. */
export const openshiftPackage = "openshift-rest-client";
export const openshiftKinds: readonly string[] = [
  "apps.openshift.io/v1/DeploymentConfig",
  "build.openshift.io/v1/Build",
  "build.openshift.io/v1/BuildConfig",
  "image.openshift.io/v1/Image",
  "image.openshift.io/v1/ImageStream",
  "image.openshift.io/v1/ImageStreamImport",
  "image.openshift.io/v1/ImageStreamTag",
  "authorization.openshift.io/v1/RoleBindingRestriction",
  "oauth.openshift.io/v1/OAuthClient",
  "project.openshift.io/v1/Project",
  "project.openshift.io/v1/ProjectRequest",
  "quota.openshift.io/v1/ClusterResourceQuota",
  "security.openshift.io/v1/SecurityContextConstraints",
  "template.openshift.io/v1/Template",
  "template.openshift.io/v1/TemplateInstance",
  "user.openshift.io/v1/Group",
  "user.openshift.io/v1/Identity",
  "user.openshift.io/v1/User",
];
