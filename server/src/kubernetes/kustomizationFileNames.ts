/** The names that a kustomization file may have, in the order in which Kustomize looks for them; a directory holds exactly one of them. */
export const kustomizationFileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

/** Whether a directory with a file of this name is a kustomization. */
export function isKustomizationName(name: string): boolean {
  return kustomizationFileNames.some((each) => each === name);
}
