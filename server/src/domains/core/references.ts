import type { NameReference, ReferenceTarget } from "../../analysis/nameReference";
import { podReferences } from "./podReferences";

const service: ReferenceTarget = { group: "", kind: "Service" };
const secret: ReferenceTarget = { group: "", kind: "Secret" };

/** What scales others names them by kind and apiVersion. */
const scaled = (path: readonly string[], from: NameReference["from"], defaultKind?: string): NameReference => ({
  from,
  path,
  to: {
    kindField: "kind",
    groupField: "apiVersion",
    defaultKind,
    defaultGroup: defaultKind === undefined ? "" : "apps",
  },
});

const ingress: NameReference["from"] = { group: "networking.k8s.io", kinds: ["Ingress"] };
const oldIngress: NameReference["from"] = { group: "extensions", kinds: ["Ingress"] };
const pathsOfIngress = ["spec", "rules", "*", "http", "paths", "*", "backend"];

const ingressReferences: readonly NameReference[] = [
  { from: ingress, path: [...pathsOfIngress, "service", "name"], to: service },
  { from: ingress, path: ["spec", "defaultBackend", "service", "name"], to: service },
  ...[ingress, oldIngress].flatMap((from) => [
    { from, path: [...pathsOfIngress, "serviceName"], to: service },
    { from, path: ["spec", "tls", "*", "secretName"], to: secret },
  ]),
  {
    from: ingress,
    path: ["spec", "ingressClassName"],
    to: { group: "networking.k8s.io", kind: "IngressClass" },
    namespace: "none",
  },
];

const route: NameReference["from"] = { group: "route.openshift.io", kinds: ["Route"] };
const toService = { to: service, when: { kind: ["", "Service"] } } as const;

const routeReferences: readonly NameReference[] = [
  { from: route, path: ["spec", "to", "name"], ...toService },
  { from: route, path: ["spec", "alternateBackends", "*", "name"], ...toService },
  { from: route, path: ["spec", "tls", "externalCertificate", "name"], to: secret },
];

const gatewayRoutes = ["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute"];

const gatewayReferences: readonly NameReference[] = [
  {
    from: { group: "gateway.networking.k8s.io", kinds: gatewayRoutes },
    path: ["spec", "rules", "*", "backendRefs", "*", "name"],
    to: { kindField: "kind", defaultKind: "Service", groupField: "group", defaultGroup: "" },
    namespace: { field: "namespace" },
  },
  {
    from: { group: "gateway.networking.k8s.io", kinds: gatewayRoutes },
    path: ["spec", "parentRefs", "*", "name"],
    to: {
      kindField: "kind",
      defaultKind: "Gateway",
      groupField: "group",
      defaultGroup: "gateway.networking.k8s.io",
    },
    namespace: { field: "namespace" },
  },
];

const rollout: NameReference["from"] = { group: "argoproj.io", kinds: ["Rollout"] };

const workloadReferences: readonly NameReference[] = [
  scaled(["spec", "scaleTargetRef", "name"], { group: "autoscaling", kinds: ["HorizontalPodAutoscaler"] }),
  scaled(["spec", "targetRef", "name"], { group: "autoscaling.k8s.io", kinds: ["VerticalPodAutoscaler"] }),
  scaled(["spec", "scaleTargetRef", "name"], { group: "keda.sh", kinds: ["ScaledObject"] }, "Deployment"),
  scaled(["spec", "workloadRef", "name"], rollout),
  ...["canaryService", "stableService"].map((field) => ({
    from: rollout,
    path: ["spec", "strategy", "canary", field],
    to: service,
  })),
  ...["activeService", "previewService"].map((field) => ({
    from: rollout,
    path: ["spec", "strategy", "blueGreen", field],
    to: service,
  })),
  { from: { group: "apps", kinds: ["StatefulSet"] }, path: ["spec", "serviceName"], to: service },
  { from: { group: "", kinds: ["ServiceAccount"] }, path: ["imagePullSecrets", "*", "name"], to: secret },
  { from: { group: "", kinds: ["ServiceAccount"] }, path: ["secrets", "*", "name"], to: secret },
];

const storageReferences: readonly NameReference[] = [
  {
    from: { group: "", kinds: ["PersistentVolumeClaim"] },
    path: ["spec", "volumeName"],
    to: { group: "", kind: "PersistentVolume" },
    namespace: "none",
  },
  ...(
    [
      [{ group: "", kinds: ["PersistentVolumeClaim", "PersistentVolume"] }, ["spec", "storageClassName"]],
      [{ group: "apps", kinds: ["StatefulSet"] }, ["spec", "volumeClaimTemplates", "*", "spec", "storageClassName"]],
    ] as const
  ).map(
    ([from, path]): NameReference => ({
      from,
      path,
      to: { group: "storage.k8s.io", kind: "StorageClass" },
      namespace: "none",
    }),
  ),
];

/** What the API server itself calls. */
const calledServices: readonly NameReference[] = [
  {
    from: {
      group: "admissionregistration.k8s.io",
      kinds: ["ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"],
    },
    path: ["webhooks", "*", "clientConfig", "service", "name"],
    to: service,
    namespace: { field: "namespace" },
  },
  {
    from: { group: "apiregistration.k8s.io", kinds: ["APIService"] },
    path: ["spec", "service", "name"],
    to: service,
    namespace: { field: "namespace" },
  },
];

const externalSecrets: readonly NameReference[] = [
  {
    from: { group: "external-secrets.io", kinds: ["ExternalSecret"] },
    path: ["spec", "secretStoreRef", "name"],
    to: { kindField: "kind", defaultKind: "SecretStore", defaultGroup: "external-secrets.io" },
  },
];

/** The fields of the kinds of Kubernetes, of OpenShift's Route and of what works on workloads that name other objects. */
export const references: readonly NameReference[] = [
  ...podReferences,
  ...workloadReferences,
  ...ingressReferences,
  ...routeReferences,
  ...gatewayReferences,
  ...storageReferences,
  ...calledServices,
  ...externalSecrets,
];
