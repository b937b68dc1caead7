/** Whether a file is read ahead: a YAML file or a kustomization file of any of its three names. */
export function isYamlName(name: string): boolean {
  return /\.ya?ml$/i.test(name) || name === "Kustomization";
}

/** Whether a directory with a file of this name is a kustomization. */
export function isKustomizationName(name: string): boolean {
  return name === "kustomization.yaml" || name === "kustomization.yml" || name === "Kustomization";
}
