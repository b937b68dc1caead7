import { type ConfigurationScope, workspace } from "vscode";

/** The section of our settings in VS Code's configuration. */
export const configurationSection = "gitopsAuthor";

export type Severity = "off" | "hint" | "information" | "warning" | "error";

/** Our settings, as `contributes.configuration` of `package.json` declares them. */
export interface Settings {
  /** Severity by rule code, for example `kustomization/unknown-field` → `warning`. */
  readonly rules: Readonly<Record<string, Severity>>;
  /** For example `1.33`; empty stands for the newest version known. */
  readonly kubernetes: { readonly version: string };
  readonly schemas: { readonly folder: string };
  readonly argocd: {
    readonly namespaces: readonly string[];
    readonly controllers: readonly string[];
    readonly addresses: Readonly<Record<string, string>>;
  };
  readonly cluster: { readonly protected: readonly string[]; readonly openAtStart: readonly string[] };
  readonly registry: { readonly lookup: boolean; readonly insecureHosts: readonly string[] };
  readonly bump: { readonly policies: Readonly<Record<string, string>> };
  readonly render: { readonly engine: "embedded" | "kustomize" | "kubectl" };
}

/**
 * The settings that hold for a file or folder, or for the whole window. VS Code has already left out what an untrusted
 * workspace may not set. A value of the wrong type, which VS Code underlines in the settings file, is passed on as it is.
 */
export function readSettings(scope: ConfigurationScope | null = null): Settings {
  const values = workspace.getConfiguration(configurationSection, scope);
  return {
    rules: values.get("rules", {}),
    kubernetes: { version: values.get("kubernetes.version", "") },
    schemas: { folder: values.get("schemas.folder", "") },
    argocd: {
      namespaces: values.get("argocd.namespaces", []),
      controllers: values.get("argocd.controllers", []),
      addresses: values.get("argocd.addresses", {}),
    },
    cluster: { protected: values.get("cluster.protected", []), openAtStart: values.get("cluster.openAtStart", []) },
    registry: { lookup: values.get("registry.lookup", false), insecureHosts: values.get("registry.insecureHosts", []) },
    bump: { policies: values.get("bump.policies", {}) },
    render: { engine: values.get("render.engine", "embedded") },
  };
}
