import { matchesAny } from "./protectedContexts";

/**
 * The contexts that `gitopsAuthor.cluster.openAtStart` names, in the order of the kubeconfig. VS Code passes a setting of the wrong type on as it
 * is: that names nothing.
 */
export function contextsAtStart<T extends { readonly name: string }>(
  contexts: readonly T[],
  setting: unknown,
): readonly T[] {
  const patterns = Array.isArray(setting) ? setting.filter((each) => typeof each === "string") : [];
  return contexts.filter(({ name }) => matchesAny(name, patterns));
}
