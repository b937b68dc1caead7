/** Samples of the documentation: an Application with these lines in its `spec`. */
export function applicationSample(...lines: readonly string[]): string {
  return manifest("Application", ["project: default", ...lines]);
}

/** Lines of a destination and a source that are right. */
export const destinationLines: readonly string[] = [
  "destination:",
  "  server: https://kubernetes.default.svc",
  "  namespace: shop",
];
export const sourceLines: readonly string[] = [
  "source:",
  "  repoURL: https://example.com/shop.git",
  "  path: overlays/dev",
];

/** An Application that ignores a difference of Deployments: this item under this field. */
export function ignoringSample(field: "jsonPointers" | "jqPathExpressions", item: string): string {
  const rule = ["- group: apps", "  kind: Deployment", `  ${field}:`, `  - ${item}`];
  return applicationSample(...sourceLines, ...destinationLines, "ignoreDifferences:", ...rule);
}

/** An AppProject with these lines in its `spec`. */
export function projectSample(...lines: readonly string[]): string {
  return manifest("AppProject", lines);
}

/** An ApplicationSet with these lines in its `spec`. */
export function applicationSetSample(...lines: readonly string[]): string {
  return manifest("ApplicationSet", lines);
}

/** A template that takes its name from a parameter. */
export function templateLines(name: string): readonly string[] {
  const spec = ["project: default", ...sourceLines, ...destinationLines].map((line) => `    ${line}`);
  return ["template:", "  metadata:", `    name: ${name}`, "  spec:", ...spec];
}

/** An ApplicationSet with these generators, whose template of Go makes the name. */
export function goTemplateSample(name: string, ...generators: readonly string[]): string {
  const options = ["goTemplate: true", "goTemplateOptions:", "- missingkey=error"];
  return applicationSetSample(...options, "generators:", ...generators, ...templateLines(`'${name}'`));
}

function manifest(kind: string, lines: readonly string[]): string {
  const spec = lines.map((line) => `  ${line}\n`).join("");
  return `#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: shop\nspec:\n${spec}`;
}

/** An AppProject with a sync window that has this line beside what it needs. */
export function windowSample(line: string): string {
  const schedule = line.startsWith("schedule") ? [] : ["  schedule: '0 22 * * *'"];
  return projectSample(
    "syncWindows:",
    "- kind: allow",
    `  ${line}`,
    ...schedule,
    "  duration: 1h",
    "  applications:",
    "  - '*'",
  );
}
