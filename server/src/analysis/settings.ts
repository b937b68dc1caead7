import { isInside, joinPath, parentPath, relativePath } from "../platform/path";
import type { Snapshot } from "../workspace/snapshot";
import { getValue, type Node, textOf } from "../yaml/node";
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
  /** Namespaces in which an Argo CD runs; `argocd` and `openshift-gitops` unless someone says otherwise. */
  readonly argocdNamespaces?: readonly string[] | undefined;
  /** The service accounts of Argo CD's application controllers, each `namespace/name`; those of the default installations when absent. */
  readonly argocdControllers?: readonly string[] | undefined;
}

export interface Exclusion {
  readonly folder: string;
  readonly glob: string;
}

export const defaultSettings: Settings = { rules: new Map(), exclude: [] };

/** The name of the repository file that holds settings for everyone who works on the repository. */
export const settingsFileName = ".gitops-author.yaml";

/** Reads what an editor holds under `gitopsAuthor`; anything that does not fit is left out. */
export function parseEditorSettings(value: unknown): Settings {
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
  return { rules, exclude: [], kubernetesVersion, schemasFolder };
}

/** Adds what the `.gitops-author.yaml` of the repositories say; the editor's own settings win over theirs. */
export function withRepositorySettings(settings: Settings, snapshot: Snapshot): Settings {
  const rules = new Map<string, Severity | "off">();
  const exclude = [...settings.exclude];
  let { kubernetesVersion } = settings;
  for (const folder of new Set(snapshot.folders.map((each) => settingsDirectory(each, snapshot)))) {
    const root = snapshot.documents(joinPath(folder, settingsFileName))[0]?.root;
    for (const { key, value } of entriesOf(getValue(root, "rules"))) {
      // YAML 1.1 reads a plain `off` as a boolean; its text is what counts.
      const severity = parseSeverity(textOf(value));
      if (severity !== undefined) rules.set(key.text, severity);
    }
    kubernetesVersion ??= parseVersion(textOf(getValue(root, "kubernetesVersion")));
    const globs = getValue(root, "exclude");
    for (const item of globs?.kind === "sequence" ? globs.items : []) {
      const glob = textOf(item);
      if (glob !== undefined) exclude.push({ folder, glob });
    }
  }
  for (const [code, severity] of settings.rules) rules.set(code, severity);
  return { ...settings, rules, exclude, kubernetesVersion };
}

/**
 * The paths that say where the settings of folders are: their own and those of the directories above, for a person may open a
 * part of a repository. To be loaded before `withRepositorySettings` is asked; what is not known counts as absent.
 */
export function settingsPaths(folders: readonly string[]): readonly string[] {
  const directories = new Set(folders.flatMap((folder) => [...upwards(folder)]));
  return [...directories].flatMap((directory) => [joinPath(directory, settingsFileName), joinPath(directory, ".git")]);
}

/** The nearest directory with settings, from a folder up to the top of its git work tree; above that nobody has a say. */
function settingsDirectory(folder: string, snapshot: Snapshot): string {
  let nearest: string | undefined;
  for (const directory of upwards(folder)) {
    if (nearest === undefined && snapshot.lookUp(joinPath(directory, settingsFileName)).kind === "file") {
      nearest = directory;
    }
    const { kind } = snapshot.lookUp(joinPath(directory, ".git"));
    // In a work tree of its own `.git` is a file.
    if (kind === "directory" || kind === "file") return nearest ?? folder;
  }
  return folder;
}

function* upwards(folder: string): Iterable<string> {
  for (let directory = folder; ; directory = parentPath(directory)) {
    yield directory;
    if (directory === "/") return;
  }
}

/** Whether findings in a file are wanted at all. */
export function isExcluded(settings: Settings, path: string): boolean {
  return settings.exclude.some(
    ({ folder, glob }) => isInside(folder, path) && matchesGlob(glob, relativePath(folder, path)),
  );
}

function entriesOf(
  node: Node | undefined,
): readonly { readonly key: { readonly text: string }; readonly value: Node }[] {
  return node?.kind === "mapping" ? node.entries : [];
}

function parseSeverity(value: unknown): Severity | "off" | undefined {
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

/** A text two levels down, when it is one and not empty. */
function textAt(value: unknown, group: string, name: string): string | undefined {
  const inner = memberOf(memberOf(value, group), name);
  return typeof inner === "string" && inner.trim() !== "" ? inner.trim() : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
}

/** `1.30` of `v1.30.2`; `undefined` for what is no version. */
function parseVersion(text: string | undefined): string | undefined {
  return /^v?(\d+\.\d+)/.exec(text ?? "")?.[1];
}
