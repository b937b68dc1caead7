import { names, namespaces } from "./names";
import { podSpec } from "./podSpec";
import type { Random } from "./random";
import { type Fields, oddScalars, oddString, type Value } from "./yamlText";

/** An object of a generated tree, as far as patches and selectors need to know it. */
export interface Known {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
  /** Which fields a patch can expect. */
  readonly shape: "pods" | "data" | "service" | "other";
}

/** A manifest with a random kind, name and content. */
export function manifest(random: Random): { readonly known: Known; readonly value: Fields } {
  const [apiVersion, kind, shape] = random.pick(kinds);
  const name = random.pick(names);
  const isClusterScoped = /^Cluster|^Namespace|StorageClass|WebhookConfiguration|^PersistentVolume$|Definition/.test(
    kind,
  );
  const namespace = !isClusterScoped && random.chance(0.15) ? random.pick(namespaces) : undefined;
  const metadata: Fields = {
    name,
    namespace,
    labels: random.chance(0.3) ? pairs(random) : undefined,
    annotations: random.chance(0.15) ? pairs(random) : undefined,
    finalizers: random.chance(0.05) ? ["one", "two"] : undefined,
  };
  return {
    known: { apiVersion, kind, name, namespace, shape },
    value: { apiVersion, kind, metadata, ...contentOf(kind, random) },
  };
}

const kinds: readonly (readonly [string, string, Known["shape"]])[] = [
  ["v1", "ConfigMap", "data"],
  ["v1", "ConfigMap", "data"],
  ["v1", "Secret", "data"],
  ["apps/v1", "Deployment", "pods"],
  ["apps/v1", "Deployment", "pods"],
  ["apps/v1", "StatefulSet", "pods"],
  ["apps/v1", "DaemonSet", "pods"],
  ["batch/v1", "Job", "pods"],
  ["v1", "Service", "service"],
  ["v1", "Service", "service"],
  ["v1", "ServiceAccount", "other"],
  ["v1", "PersistentVolumeClaim", "other"],
  ["v1", "Namespace", "other"],
  ["networking.k8s.io/v1", "Ingress", "other"],
  ["rbac.authorization.k8s.io/v1", "Role", "other"],
  ["rbac.authorization.k8s.io/v1", "RoleBinding", "other"],
  ["rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "other"],
  ["autoscaling/v2", "HorizontalPodAutoscaler", "other"],
  ["networking.k8s.io/v1", "NetworkPolicy", "other"],
  ["admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "other"],
  ["example.com/v1", "Thing", "other"],
  ["example.com/v1beta1", "Other", "other"],
];

function contentOf(kind: string, random: Random): Fields {
  const name = (): string => random.pick(names);
  switch (kind) {
    case "ConfigMap":
      return { data: random.chance(0.9) ? data(random) : undefined, immutable: random.chance(0.1) ? true : undefined };
    case "Secret":
      return {
        type: random.chance(0.5) ? "Opaque" : undefined,
        data: { k: "dmFsdWU=" },
        stringData: random.chance(0.3) ? data(random) : undefined,
      };
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
    case "Job":
      return { spec: workload(kind, random) };
    case "Service":
      return {
        spec: {
          selector: random.chance(0.8) ? { app: name() } : undefined,
          ports: random.list(0, 3, (index) => servicePort(index, random)),
        },
      };
    case "ServiceAccount":
      return { secrets: [{ name: name() }], imagePullSecrets: random.chance(0.5) ? [{ name: name() }] : undefined };
    case "PersistentVolumeClaim":
      return { spec: { storageClassName: name(), resources: { requests: { storage: "1Gi" } } } };
    case "Ingress":
      return {
        spec: {
          tls: [{ hosts: ["h"], secretName: name() }],
          rules: [
            {
              host: "h",
              http: {
                paths: [
                  { path: "/", pathType: "Prefix", backend: { service: { name: name(), port: { number: 80 } } } },
                ],
              },
            },
          ],
        },
      };
    case "Role":
      return {
        rules: [{ apiGroups: [""], resources: ["configmaps"], resourceNames: [name(), name()], verbs: ["get"] }],
      };
    case "RoleBinding":
    case "ClusterRoleBinding":
      return {
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: name() },
        subjects: random.list(1, 2, () => ({
          kind: random.pick(["ServiceAccount", "User"]),
          name: random.pick([...names, "default"]),
          namespace: random.chance(0.5) ? random.pick(namespaces) : undefined,
        })),
      };
    case "HorizontalPodAutoscaler":
      return { spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: name() } } };
    case "NetworkPolicy":
      return {
        spec: {
          podSelector: random.chance(0.5) ? { matchLabels: pairs(random) } : {},
          ingress: [{ from: [{ podSelector: { matchLabels: pairs(random) } }] }],
        },
      };
    case "ValidatingWebhookConfiguration":
      return { webhooks: [{ name: "a.b.c", clientConfig: { service: { name: name(), namespace: "ns1" } } }] };
    case "Namespace":
      return {};
    default:
      return {
        spec: {
          text: odd(random),
          image: random.pick(["nginx:1", "nginx"]),
          list: random.list(0, 3, () => odd(random)),
          nested: { name: name(), items: [{ name: "i", value: odd(random) }] },
        },
      };
  }
}

function workload(kind: string, random: Random): Fields {
  const labels = random.chance(0.8) ? { app: random.pick(names) } : undefined;
  return {
    replicas: kind === "Deployment" || kind === "StatefulSet" ? random.pick([1, 2, undefined]) : undefined,
    selector: kind === "Job" ? undefined : { matchLabels: labels ?? { app: "x" } },
    serviceName: kind === "StatefulSet" ? random.pick(names) : undefined,
    template: { metadata: labels === undefined ? undefined : { labels }, spec: podSpec(random) },
    volumeClaimTemplates: kind === "StatefulSet" && random.chance(0.4) ? [{ metadata: { name: "data" } }] : undefined,
  };
}

function servicePort(index: number, random: Random): Fields {
  return {
    name: random.chance(0.7) ? `p${index}` : undefined,
    port: 80 + index,
    protocol: random.pick(["TCP", "UDP", undefined]),
    targetPort: random.pick([8080, "http", undefined]),
  };
}

export function pairs(random: Random): Fields {
  return Object.fromEntries(
    random.list(1, 3, () => [
      random.pick(["app", "tier", "a/b", "x", "team"]),
      random.pick(["web", "db", "1", "true", "é"]),
    ]),
  );
}

export function data(random: Random): Fields {
  return Object.fromEntries(
    random.list(1, 4, (index) => [
      `${random.pick(["key", "Key", "k.v", "K_", "skip9", "skip10"])}${index}`,
      random.chance(0.8) ? oddString(random) : odd(random),
    ]),
  );
}

export function odd(random: Random): Value {
  return random.chance(0.6) ? random.pick(oddScalars) : oddString(random);
}
