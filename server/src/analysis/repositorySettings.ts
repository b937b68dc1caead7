import { joinPath, parentPath } from "../platform/path";
import type { Snapshot } from "../workspace/snapshot";
import { getIn, getValue, type Node, textOf } from "../yaml/node";
import type { Severity } from "./finding";
import {
  defaultSettings,
  type EditorSettings,
  parseController,
  parseSeverity,
  parseVersion,
  type Settings,
} from "./settings";

/** The name of the repository file that holds settings for everyone who works on the repository. */
export const settingsFileName = ".gitops-author.yaml";

/**
 * Adds what the `.gitops-author.yaml` of the repositories say; the editor's own settings win over theirs. Where several repositories
 * are open, the lists of all of them count.
 */
export function withRepositorySettings(settings: EditorSettings, snapshot: Snapshot): Settings {
  const rules = new Map<string, Severity | "off">();
  const exclude = [...settings.exclude];
  const namespaces = new Set<string>();
  const controllers = new Set<string>();
  let { kubernetesVersion } = settings;
  for (const folder of settingsDirectories(snapshot)) {
    const root = snapshot.documents(joinPath(folder, settingsFileName))[0]?.root;
    for (const { key, value } of entriesOf(getValue(root, "rules"))) {
      // YAML 1.1 reads a plain `off` as a boolean; its text is what counts.
      const severity = parseSeverity(textOf(value));
      if (severity !== undefined) rules.set(key.text, severity);
    }
    kubernetesVersion ??= parseVersion(textOf(getValue(root, "kubernetesVersion")));
    for (const glob of textsIn(root, ["exclude"])) exclude.push({ folder, glob });
    for (const namespace of textsIn(root, ["argocd", "namespaces"])) namespaces.add(namespace);
    for (const written of textsIn(root, ["argocd", "controllers"])) {
      const controller = parseController(written);
      if (controller !== undefined) controllers.add(controller);
    }
  }
  for (const [code, severity] of settings.rules) rules.set(code, severity);
  return {
    ...{ ...settings, rules, exclude, kubernetesVersion },
    argocdNamespaces: settings.argocdNamespaces ?? orDefault(namespaces, defaultSettings.argocdNamespaces),
    argocdControllers: settings.argocdControllers ?? orDefault(controllers, defaultSettings.argocdControllers),
  };
}

function orDefault(texts: ReadonlySet<string>, defaults: readonly string[]): readonly string[] {
  return texts.size === 0 ? defaults : [...texts];
}

function textsIn(root: Node | undefined, path: readonly string[]): readonly string[] {
  const list = getIn(root, path);
  return list?.kind === "sequence" ? list.items.flatMap((item) => textOf(item) ?? []) : [];
}

/**
 * The paths that say where the settings of folders are: their own and those of the directories above, for a person may open a
 * part of a repository. To be loaded before `withRepositorySettings` is asked; what is not known counts as absent.
 */
export function settingsPaths(folders: readonly string[]): readonly string[] {
  const directories = new Set(folders.flatMap((folder) => [...upwards(folder)]));
  return [...directories].flatMap((directory) => [joinPath(directory, settingsFileName), joinPath(directory, ".git")]);
}

/** The paths of the settings files that count, be they there or not: one for each folder, or for the repository around it. */
export function settingsInUse(snapshot: Snapshot): ReadonlySet<string> {
  return new Set([...settingsDirectories(snapshot)].map((directory) => joinPath(directory, settingsFileName)));
}

function settingsDirectories(snapshot: Snapshot): ReadonlySet<string> {
  return new Set(snapshot.folders.map((each) => settingsDirectory(each, snapshot)));
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

function entriesOf(
  node: Node | undefined,
): readonly { readonly key: { readonly text: string }; readonly value: Node }[] {
  return node?.kind === "mapping" ? node.entries : [];
}
