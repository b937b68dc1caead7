/** The annotations of an object, by their keys. */
type Annotations = Pick<ReadonlyMap<string, string>, "get">;

/** The words between the commas of an annotation, each once (`GetAnnotationCSVs` of argo-cd `gitops-engine/pkg/sync/resource`). */
export function annotationWords(annotations: Annotations, key: string): readonly string[] {
  const words = (annotations.get(key) ?? "").split(",").map((word) => word.trim());
  return [...new Set(words.filter((word) => word !== ""))];
}

/** Whether `argocd.argoproj.io/sync-options` holds an option, for example `PruneLast=true`. */
export function hasSyncOption(annotations: Annotations, option: string): boolean {
  return syncOptions(annotations).includes(option);
}

/**
 * The value of an option of that annotation, the first one (`GetAnnotationOptionValue`): `false` for `Prune` of
 * `Prune=false,Validate=false`.
 */
export function syncOptionValue(annotations: Annotations, option: string): string | undefined {
  const start = `${option}=`;
  const found = syncOptions(annotations).find((word) => word.startsWith(start));
  return found?.slice(start.length);
}

/** Whether an object that nobody renders leaves the Application in sync (`compareAppState` of argo-cd `controller/state.go`). */
export function ignoresExtraneous(annotations: Annotations): boolean {
  return annotationWords(annotations, "argocd.argoproj.io/compare-options").includes("IgnoreExtraneous");
}

/** Whether an object stays when its Application is deleted, in the words of Helm. */
export function isKeptByHelm(annotations: Annotations): boolean {
  return annotationWords(annotations, "helm.sh/resource-policy").includes("keep");
}

function syncOptions(annotations: Annotations): readonly string[] {
  return annotationWords(annotations, "argocd.argoproj.io/sync-options");
}
