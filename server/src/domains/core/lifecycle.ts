import { objectsOf } from "../../analysis/checkedObjects";
import type { Fix } from "../../analysis/finding";
import type { DocumentContext, Hit } from "../../analysis/rule";
import type { Lifecycle } from "../../schema/schemaSource";
import { getIn, getValue, type Mapping } from "../../yaml/node";
import type { Place } from "../../yaml/source";

/** `gone`: the version that the settings name does not serve it. `ending`: it does, or no version is named. */
export type ApiState = "gone" | "ending";

/** Objects of API versions in one state, at their `apiVersion`. */
export function* outdatedObjects(context: DocumentContext, state: ApiState): Iterable<Hit> {
  const { kubernetesVersion } = context;
  for (const { node, apiVersion, kind, known } of objectsOf(context)) {
    const version = getValue(node, "apiVersion");
    const lifecycle = known?.lifecycle;
    // What becomes of Tekton's old version, `tekton/old-version` says, which knows how to convert it.
    if (lifecycle === undefined || version === undefined || lifecycle.convert === "tekton") continue;
    if (stateOf(lifecycle, kubernetesVersion) !== state) continue;
    const { use, note } = lifecycle;
    const remedy = use === undefined ? note : `Use \`${use}\`.${note === undefined ? "" : ` ${note}`}`;
    yield {
      place: version.origin.place,
      message: describe(lifecycle, `${apiVersion} ${kind}`, kubernetesVersion),
      help: remedy,
      // Nobody knows yet when it will be gone.
      severity: state === "ending" && lifecycle.removed === undefined ? "information" : undefined,
      data: isMechanical(lifecycle, node) ? { use } : undefined,
    };
  }
}

/** Writes the version that takes the place of the old one, where that is all there is to do. */
export function useNewVersion({ place, data }: { readonly place: Place; readonly data?: Hit["data"] }): readonly Fix[] {
  const use = data?.["use"];
  if (typeof use !== "string") return [];
  return [{ title: `Change to '${use}'`, edits: [{ place, text: use }], preferred: true }];
}

function stateOf({ product, deprecated, removed }: Lifecycle, version: string | undefined): ApiState | undefined {
  if (product !== undefined || version === undefined) return "ending";
  if (removed !== undefined && !isBefore(version, removed)) return "gone";
  return isBefore(version, deprecated) ? undefined : "ending";
}

function describe({ product, deprecated, removed }: Lifecycle, api: string, version: string | undefined): string {
  const names = { tekton: "Tekton", triggers: "Tekton Triggers", openshift: "OpenShift" } as const;
  const name = product === undefined ? "Kubernetes" : names[product];
  if (removed === undefined) return `${api} is deprecated since ${name} ${deprecated}.`;
  const gone = product === undefined && version !== undefined && !isBefore(version, removed);
  return gone ? `${api} is gone since ${name} ${removed}.` : `${api} is deprecated, and gone from ${name} ${removed}.`;
}

function isMechanical({ use, requires = [], leaves = [], convert }: Lifecycle, node: Mapping): boolean {
  const has = (field: string): boolean => getIn(node, field.split(".")) !== undefined;
  return (
    use !== undefined &&
    convert === undefined &&
    requires.every(has) &&
    !leaves.some((field) => field.includes("[]") || has(field))
  );
}

/** Whether one version of the form `1.22` is older than another. */
function isBefore(version: string, other: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
