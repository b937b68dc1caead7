/** The variables that Argo CD offers to the options of a source, by name (`newEnv` of argo-cd `reposerver/repository/repository.go`). */
export type Environment = ReadonlyMap<string, string>;

/** What the variables follow from. Absent parts are empty, as they are in Argo CD. */
export interface EnvironmentWords {
  readonly application: string;
  /** Of the destination. */
  readonly namespace?: string | undefined;
  readonly project?: string | undefined;
  /** The commit that is rendered. */
  readonly revision?: string | undefined;
  readonly repoURL?: string | undefined;
  readonly path?: string | undefined;
  readonly targetRevision?: string | undefined;
}

/** The variables for a source of an Application. */
export function environmentOf(words: EnvironmentWords): Environment {
  const { application, namespace = "", project = "", revision = "", repoURL = "", path = "" } = words;
  return new Map([
    ["ARGOCD_APP_NAME", application],
    ["ARGOCD_APP_NAMESPACE", namespace],
    ["ARGOCD_APP_PROJECT_NAME", project || "default"],
    ["ARGOCD_APP_REVISION", revision],
    ["ARGOCD_APP_REVISION_SHORT", revision.slice(0, 7)],
    ["ARGOCD_APP_REVISION_SHORT_8", revision.slice(0, 8)],
    ["ARGOCD_APP_SOURCE_REPO_URL", repoURL],
    ["ARGOCD_APP_SOURCE_PATH", path],
    ["ARGOCD_APP_SOURCE_TARGET_REVISION", words.targetRevision ?? ""],
  ]);
}

/** `$NAME`, `${NAME}`, one of the shell's special letters, and a brace that is not closed, which Go takes away. */
const reference = /\$(?:\{([^}]*)\}|([*#$@!?\-0-9])|(\w+)|(\{))/g;

/** Puts the variables into a text as Go's `os.Expand` does; `$$` is a dollar, and a name that nobody knows is nothing. */
export function substitute(text: string, environment: Environment): string {
  return text.replace(reference, (_, braced?: string, special?: string, name?: string) => {
    const found = braced ?? special ?? name ?? "";
    return found === "$" ? "$" : (environment.get(found) ?? "");
  });
}
