/** A field of a kustomization that names files. */
export interface PathField {
  /** From the root to the text; `*` stands for every item of a list. */
  readonly path: readonly string[];
  /** What may stand there. */
  readonly expects: "file" | "directory" | "either";
  /** A URL may stand there. */
  readonly remote?: boolean | undefined;
  /** YAML may stand there instead of a path. */
  readonly inline?: boolean | undefined;
  /** `key=path` may stand there. */
  readonly keyed?: boolean | undefined;
}

const generatorFields = (name: string): readonly PathField[] => [
  { path: [name, "*", "files", "*"], expects: "file", keyed: true },
  { path: [name, "*", "envs", "*"], expects: "file" },
  { path: [name, "*", "env"], expects: "file" },
];

/**
 * Which fields of a kustomization name files and directories (upstream: `api/types`, `api/internal/target`). Links, definition,
 * references, completion of paths and the graph of kustomizations all follow from this table.
 */
export const pathFields: readonly PathField[] = [
  { path: ["resources", "*"], expects: "either", remote: true },
  { path: ["bases", "*"], expects: "directory", remote: true },
  { path: ["components", "*"], expects: "directory", remote: true },
  { path: ["crds", "*"], expects: "file" },
  { path: ["configurations", "*"], expects: "file" },
  { path: ["patchesStrategicMerge", "*"], expects: "file", inline: true },
  { path: ["patchesJson6902", "*", "path"], expects: "file" },
  { path: ["patches", "*", "path"], expects: "file" },
  { path: ["replacements", "*", "path"], expects: "file" },
  ...generatorFields("configMapGenerator"),
  ...generatorFields("secretGenerator"),
  { path: ["generators", "*"], expects: "either", remote: true, inline: true },
  { path: ["transformers", "*"], expects: "either", remote: true, inline: true },
  { path: ["validators", "*"], expects: "either", remote: true, inline: true },
  { path: ["openapi", "path"], expects: "file" },
  { path: ["helmGlobals", "chartHome"], expects: "directory" },
  { path: ["helmCharts", "*", "valuesFile"], expects: "file", remote: true },
  { path: ["helmCharts", "*", "additionalValuesFiles", "*"], expects: "file", remote: true },
  { path: ["helmChartInflationGenerator", "*", "values"], expects: "file", remote: true },
  { path: ["helmChartInflationGenerator", "*", "chartHome"], expects: "directory" },
];

/** The path field at a path of a document, for example `["resources", 0]`. */
export function pathFieldAt(path: readonly (string | number)[]): PathField | undefined {
  return pathFields.find(
    (field) =>
      field.path.length === path.length &&
      field.path.every((step, i) => (step === "*" ? typeof path[i] === "number" : step === path[i])),
  );
}

/** Whether a text names something remote: a URL, or a repository in the short forms that Kustomize knows. */
export function isRemote(text: string): boolean {
  return /^(?:[a-z][\w+.-]*:\/\/|git::|[\w.-]+@[\w.-]+:|(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)[/:])|[?&](?:ref|version)=|_git\//i.test(
    text,
  );
}
