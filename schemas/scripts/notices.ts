import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path/posix";

/** A package whose content is part of the extension. */
export interface Noticed {
  readonly name: string;
  readonly folder: string;
}

/** Whose words the descriptions in a package are, beside the package's own licence. */
const upstream: ReadonlyMap<string, string> = new Map([
  ["kubernetes-models", "Kubernetes (Apache-2.0)"],
  ["@kubernetes-models/apimachinery", "Kubernetes (Apache-2.0)"],
  ["@kubernetes-models/argo-cd", "Argo CD (Apache-2.0)"],
  ["@kubernetes-models/argo-rollouts", "Argo Rollouts (Apache-2.0)"],
  ["@kubernetes-models/argo-workflows", "Argo Workflows (Apache-2.0)"],
  ["@kubernetes-models/cert-manager", "cert-manager and trust-manager (Apache-2.0)"],
  ["@kubernetes-models/external-secrets", "External Secrets Operator (Apache-2.0)"],
  ["@kubernetes-models/flux-cd", "Flux (Apache-2.0)"],
  ["@kubernetes-models/gateway-api", "Kubernetes Gateway API (Apache-2.0)"],
  ["@kubernetes-models/istio", "Istio (Apache-2.0)"],
  ["@kubernetes-models/karpenter", "Karpenter (Apache-2.0)"],
  ["@kubernetes-models/keda", "KEDA (Apache-2.0)"],
  ["@kubernetes-models/knative", "Knative (Apache-2.0)"],
  ["@kubernetes-models/prometheus-operator", "Prometheus Operator (Apache-2.0)"],
  ["@kubernetes-models/sealed-secrets", "Sealed Secrets (Apache-2.0)"],
  ["@kubernetes-models/traefik", "Traefik (MIT)"],
  ["openshift-rest-client", "OpenShift (Apache-2.0)"],
]);

/**
 * The notices for the packages whose content ships in the schema bundle: name, version, licence, and each licence text once.
 * @throws Error when a package has no licence file, or nobody said whose descriptions it carries
 */
export function schemaNotices(packages: readonly Noticed[]): string {
  const texts = new Map<string, string[]>();
  for (const { name, folder } of packages) {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
      version: string;
      license: string;
    };
    const origin = upstream.get(name);
    if (origin === undefined) throw new Error(`${name}: say in notices.ts whose descriptions it carries`);
    const text = licenceText(name, folder);
    const line = `- ${name} ${manifest.version} (${manifest.license}); descriptions from ${origin}`;
    texts.set(text, [...(texts.get(text) ?? []), line]);
  }
  const parts = [...texts].map(([text, lines]) => `${lines.join("\n")}\n\n${text.trim()}\n`);
  return `# Third-party notices: schemas

The schema bundle in \`schemas/\` is made of data of the packages below: names, types, bounds and descriptions of fields.

${parts.join("\n---\n\n")}`;
}

/** The licence of a package; the sister packages of `kubernetes-models` ship it as `LICENSE` or `license`. */
function licenceText(name: string, folder: string): string {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.md|\.txt)?$/i.test(entry));
  if (file === undefined || !existsSync(join(folder, file))) throw new Error(`${name} has no licence file`);
  return readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n");
}
