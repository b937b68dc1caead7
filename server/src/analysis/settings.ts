import { isInside, relativePath } from "../platform/path";
import type { Severity } from "./finding";
import { matchesGlob } from "./glob";

/** The settings that decide what is reported, after reading them from the editor and from `.gitops-author.yaml`. */
export interface Settings {
  /** Severity by code; `off` silences a rule. */
  readonly rules: ReadonlyMap<string, Severity | "off">;
  /** Files that are never reported on: globs relative to a folder. */
  readonly exclude: readonly Exclusion[];
  /** The version of Kubernetes that everything is deployed to, for example `1.30`. */
  readonly kubernetesVersion?: string | undefined;
  /** A folder of schemas, as the setting writes it. */
  readonly schemasFolder?: string | undefined;
  /** Namespaces in which an Argo CD looks for Applications and AppProjects. */
  readonly argocdNamespaces: readonly string[];
  /** The service accounts of Argo CD's application controllers, each `namespace/name`. */
  readonly argocdControllers: readonly string[];
  /** Whether container registries may be asked without a person asking. */
  readonly registryLookup?: boolean | undefined;
  /** Registries, `host` or `host:port`, that may be asked without a certificate that can be verified. */
  readonly insecureHosts?: readonly string[] | undefined;
  /** The program with whose output previews are compared. */
  readonly renderEngine?: RenderEngine | undefined;
  /** Which tags count as newer, by the name of the image; see `tagPolicy`. */
  readonly bumpPolicies?: ReadonlyMap<string, string> | undefined;
}

/** A program that builds kustomizations. */
export type RenderEngine = "kustomize" | "kubectl";

/** The settings of one person: what they do not say, the repository or the defaults decide. */
export interface EditorSettings extends Omit<Settings, "argocdNamespaces" | "argocdControllers"> {
  readonly argocdNamespaces?: readonly string[] | undefined;
  readonly argocdControllers?: readonly string[] | undefined;
}

export interface Exclusion {
  readonly folder: string;
  readonly glob: string;
}

/** Settings that say nothing. */
export const noSettings: EditorSettings = { rules: new Map(), exclude: [] };

/** What holds where nobody says otherwise: the names that upstream Argo CD and OpenShift GitOps give themselves. */
export const defaultSettings: Settings = {
  ...noSettings,
  argocdNamespaces: ["argocd", "openshift-gitops"],
  argocdControllers: [
    "argocd/argocd-application-controller",
    "openshift-gitops/openshift-gitops-argocd-application-controller",
  ],
};

/** Reads what an editor holds under `gitopsAuthor`; anything that does not fit is left out. */
export function parseEditorSettings(value: unknown): EditorSettings {
  const rules = new Map<string, Severity | "off">();
  const written: unknown = typeof value === "object" && value !== null && "rules" in value ? value.rules : undefined;
  if (typeof written === "object" && written !== null) {
    for (const [code, severity] of Object.entries(written)) {
      const known = parseSeverity(severity);
      if (known !== undefined) rules.set(code, known);
    }
  }
  const kubernetesVersion = parseVersion(textAt(value, "kubernetes", "version"));
  const schemasFolder = textAt(value, "schemas", "folder");
  const engine = textAt(value, "render", "engine");
  const argocd = memberOf(value, "argocd");
  const registry = memberOf(value, "registry");
  const hosts = textsOf(memberOf(registry, "insecureHosts"));
  const policies = Object.entries(memberOf(memberOf(value, "bump"), "policies") ?? {}).flatMap(([image, policy]) =>
    typeof policy === "string" ? [[image, policy] as const] : [],
  );
  return {
    ...{ rules, exclude: [], kubernetesVersion, schemasFolder },
    argocdNamespaces: chosen(textsOf(memberOf(argocd, "namespaces")), defaultSettings.argocdNamespaces),
    argocdControllers: chosen(
      textsOf(memberOf(argocd, "controllers")).flatMap((text) => parseController(text) ?? []),
      defaultSettings.argocdControllers,
    ),
    renderEngine: engine === "kustomize" || engine === "kubectl" ? engine : undefined,
    registryLookup: memberOf(registry, "lookup") === true ? true : undefined,
    insecureHosts: hosts.length === 0 ? undefined : hosts,
    bumpPolicies: policies.length === 0 ? undefined : new Map(policies),
  };
}

/** An editor sends the defaults that it knows where nobody chose anything: the file of the repository must win over those. */
function chosen(texts: readonly string[], defaults: readonly string[]): readonly string[] | undefined {
  if (texts.length === 0) return undefined;
  return texts.length === defaults.length && texts.every((text, i) => text === defaults[i]) ? undefined : texts;
}

/** Whether findings in a file are wanted at all. */
export function isExcluded(settings: Settings, path: string): boolean {
  return settings.exclude.some(
    ({ folder, glob }) => isInside(folder, path) && matchesGlob(glob, relativePath(folder, path)),
  );
}

/** A severity as settings write it. A reader of YAML 1.1 makes a boolean of `off`. */
export function parseSeverity(value: unknown): Severity | "off" | undefined {
  switch (value) {
    case "off":
    case "hint":
    case "information":
    case "warning":
    case "error":
      return value;
    default:
      return value === false ? "off" : undefined;
  }
}

/** A service account, written `namespace:name` or `namespace/name`, as `namespace/name`. */
export function parseController(text: string): string | undefined {
  const [, namespace, name] = /^([^:/\s]+)[:/]([^:/\s]+)$/.exec(text) ?? [];
  return name === undefined ? undefined : `${namespace}/${name}`;
}

/** `1.30` of `v1.30.2`; `undefined` for what is no version. */
export function parseVersion(text: string | undefined): string | undefined {
  return /^v?(\d+\.\d+)/.exec(text ?? "")?.[1];
}

/** A text two levels down, when it is one and not empty. */
function textAt(value: unknown, group: string, name: string): string | undefined {
  const inner = memberOf(memberOf(value, group), name);
  return typeof inner === "string" && inner.trim() !== "" ? inner.trim() : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string").map((each) => each.trim()) : [];
}
