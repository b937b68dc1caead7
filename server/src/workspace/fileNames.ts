/** Whether a file is read ahead: a YAML file or a kustomization file of any of its three names. */
export function isYamlName(name: string): boolean {
  return /\.ya?ml$/i.test(name) || name === "Kustomization";
}

/**
 * Whether a file of this name says how kustomizations are built, other than in YAML: Makefiles, shell scripts and the like. A scan
 * reads them too, and keeps only those that matter.
 */
export function isScriptName(name: string): boolean {
  return /^(?:(?:GNU)?makefile(?:\..+)?|Tiltfile|\.?justfile|Jenkinsfile|Earthfile)$|\.(?:mk|sh|bash|just|ps1)$/i.test(
    name,
  );
}
