import { KubeConfig } from "@kubernetes/client-node";
import type { Cluster, Identity } from "./cluster";

/** What `identity` uses to speak to a cluster. */
export function kubeconfigOf(
  { url, certificate }: Pick<Cluster, "url" | "certificate">,
  identity: Identity,
): KubeConfig {
  const config = new KubeConfig();
  config.loadFromClusterAndUser(
    { name: "test", server: url, caData: Buffer.from(certificate).toString("base64"), skipTLSVerify: false },
    { name: identity.name, token: identity.token },
  );
  return config;
}
