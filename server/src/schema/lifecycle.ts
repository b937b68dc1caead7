import type { Lifecycle } from "./schemaSource";

/** `gone`: the version that the settings name does not serve it. `ending`: it does, or no version is named. */
export type ApiState = "gone" | "ending";

const productNames = { tekton: "Tekton", triggers: "Tekton Triggers", openshift: "OpenShift" } as const;

/** What has become of a version of an API for a version of Kubernetes such as `1.30`; `undefined` when it is not deprecated there yet. */
export function lifecycleState(lifecycle: Lifecycle, kubernetesVersion: string | undefined): ApiState | undefined {
  const { product, deprecated, removed } = lifecycle;
  if (product !== undefined || kubernetesVersion === undefined) return "ending";
  if (removed !== undefined && !isBefore(kubernetesVersion, removed)) return "gone";
  return isBefore(kubernetesVersion, deprecated) ? undefined : "ending";
}

/** Since when a version of an API is deprecated, and when it ends or ended: words that follow "is". */
export function lifecycleWords(lifecycle: Lifecycle, kubernetesVersion: string | undefined): string {
  const { product, deprecated, removed } = lifecycle;
  const name = product === undefined ? "Kubernetes" : productNames[product];
  if (lifecycleState(lifecycle, kubernetesVersion) === "gone") {
    return `gone since ${name} ${removed}; the settings say ${kubernetesVersion}`;
  }
  return `deprecated since ${name} ${deprecated}${removed === undefined ? "" : `, gone from ${removed}`}`;
}

/** What to use instead; `undefined` when nothing is known. */
export function lifecycleRemedy({ use, note }: Lifecycle): string | undefined {
  if (use === undefined) return note;
  return `Use \`${use}\`.${note === undefined ? "" : ` ${note}`}`;
}

/** Whether one version of the form `1.22` is older than another. */
function isBefore(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
