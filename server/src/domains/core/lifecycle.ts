import { objectsOf } from "../../analysis/checkedObjects";
import type { Fix } from "../../analysis/finding";
import type { DocumentContext, Hit } from "../../analysis/rule";
import { type ApiState, lifecycleRemedy, lifecycleState, lifecycleWords } from "../../schema/lifecycle";
import type { Lifecycle } from "../../schema/schemaSource";
import { getIn, getValue, type Mapping } from "../../yaml/node";
import type { Place } from "../../yaml/source";

/** Objects of API versions in one state, at their `apiVersion`. */
export function* outdatedObjects(context: DocumentContext, state: ApiState): Iterable<Hit> {
  const { kubernetesVersion } = context;
  for (const { node, apiVersion, kind, known } of objectsOf(context)) {
    const version = getValue(node, "apiVersion");
    const lifecycle = known?.lifecycle;
    // What becomes of Tekton's old version, `tekton/old-version` says, which knows how to convert it.
    if (lifecycle === undefined || version === undefined || lifecycle.convert === "tekton") continue;
    if (lifecycleState(lifecycle, kubernetesVersion) !== state) continue;
    yield {
      place: version.origin.place,
      message: `${apiVersion} ${kind} is ${lifecycleWords(lifecycle, kubernetesVersion)}.`,
      help: lifecycleRemedy(lifecycle),
      // Nobody knows yet when it will be gone.
      severity: state === "ending" && lifecycle.removed === undefined ? "information" : undefined,
      data: isMechanical(lifecycle, node) ? { use: lifecycle.use } : undefined,
    };
  }
}

/** Writes the version that takes the place of the old one, where that is all there is to do. */
export function useNewVersion({ place, data }: { readonly place: Place; readonly data?: Hit["data"] }): readonly Fix[] {
  const use = data?.["use"];
  if (typeof use !== "string") return [];
  return [{ title: `Change to '${use}'`, edits: [{ place, text: use }], preferred: true }];
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
