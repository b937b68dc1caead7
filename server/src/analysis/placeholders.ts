/** Values that something else fills in later: Kustomize, Flux, OpenShift, Helm, a secret store, a script. */
export function isPlaceholder(text: string): boolean {
  return /\$\{|\$\(|\{\{|\{%|<%|%\(|@@|<[\w .-]+>|^ENC\[|^\$[A-Z_]+$|^__\w+__$|\b(?=[\d_]*[A-Z])[A-Z0-9]+(?:_[A-Z0-9]+)+\b|^\(.*\)$|\\ *\.[A-Z]/.test(
    text,
  );
}
