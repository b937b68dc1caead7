import { settingsFileName, settingsInUse } from "../../../analysis/repositorySettings";
import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { baseName, isInside, parentPath, relativePath } from "../../../platform/path";
import type { Place } from "../../../yaml/source";

/** A `.gitops-author.yaml` that is not read, since it lies below the directory whose settings count. */
export const ignoredSettings: Rule = {
  code: "schema/ignored-settings",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const { snapshot } = context;
    const used = settingsInUse(snapshot);
    for (const path of snapshot.yamlFiles()) {
      if (baseName(path) !== settingsFileName || used.has(path)) continue;
      const root = snapshot.documents(path)[0]?.root;
      const place = root?.kind === "mapping" ? root.entries[0]?.key.origin.place : undefined;
      if (place !== undefined) yield describe(context, place);
    }
  },
  docs: {
    summary: "A settings file `.gitops-author.yaml` has no effect, because it lies in a sub-folder.",
    explanation:
      "A repository has one settings file, for everything in it: the nearest from the workspace folder (on the command line: the top of the git work tree) up. Write it at the top of the repository; `exclude` takes globs for parts of it.",
    bad: "#- .git/HEAD\nref: refs/heads/main\n#- apps/.gitops-author.yaml\nexclude:\n- drafts/**\n",
    good: "#- .git/HEAD\nref: refs/heads/main\n#- .gitops-author.yaml\nexclude:\n- apps/drafts/**\n",
  },
};

function describe({ snapshot }: WorkspaceContext, place: Place): Hit {
  const { path } = place.file;
  const directory = parentPath(path);
  const message = "This settings file has no effect, because it lies in a sub-folder.";
  // In a repository of its own it counts for who opens that.
  const names = snapshot.list(directory) ?? [];
  if (names.includes(".git") || names.includes(".git/")) {
    return { place, message, help: "Open its folder as a workspace folder.", severity: "information" };
  }
  const folder = snapshot.folders.find((each) => isInside(each, path)) ?? directory;
  const top = `${relativePath(directory, folder)}/${settingsFileName}`;
  return { place, message, help: `Write its settings in \`${top}\`, and globs as seen from there.` };
}
