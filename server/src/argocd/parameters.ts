import { getValue, type Mapping, type Node, textOf } from "../yaml/node";
import type { Generator } from "./applicationSet";

/** The names that templates of an ApplicationSet may use. */
export interface Parameters {
  /** Anything may be there: the content of files, the answer of a plugin. */
  readonly open: boolean;
  /** For example `name`, `path`, `path.basename`, `values.team`. */
  readonly names: ReadonlySet<string>;
  /** Names below which anything may be, for example `metadata.labels`. */
  readonly openBelow: ReadonlySet<string>;
}

/**
 * What the generators give to the templates, all of them together. In templates of Go, names lead into maps; else they are flat texts
 * that only look so, and those that hold no text do not exist. argo-cd `applicationset/generators`.
 */
export function parametersOf(generators: readonly Generator[], goTemplate: boolean): Parameters {
  const found = new Collector(goTemplate);
  for (const generator of generators) found.addGenerator(generator);
  return found;
}

/** Whether a name, such as `path.basename` or `path[0]`, is one that the generators give. */
export function hasParameter({ open, names, openBelow }: Parameters, name: string): boolean {
  if (open || names.has(name)) return true;
  const bare = /^(.*\bpath)\[\d+\]$/.exec(name)?.[1];
  if (bare !== undefined && names.has(bare)) return true;
  for (const above of openBelow) if (name === above || name.startsWith(`${above}.`)) return true;
  return false;
}

const repositoryNames = [
  "organization",
  "repository",
  "repository_id",
  "url",
  "branch",
  "branchNormalized",
  "sha",
  "short_sha",
  "short_sha_7",
  "labels",
];

const pullRequestNames = [
  "number",
  "title",
  "branch",
  "branch_slug",
  "target_branch",
  "target_branch_slug",
  "head_sha",
  "head_short_sha",
  "head_short_sha_7",
  "author",
];

class Collector implements Parameters {
  open = false;
  readonly names = new Set<string>();
  readonly openBelow = new Set<string>();

  constructor(private readonly goTemplate: boolean) {}

  addGenerator({ key, body, children }: Generator): void {
    switch (key.text) {
      case "list":
        this.addList(body);
        break;
      case "clusters":
        this.addClusters(body);
        break;
      case "git":
        this.addGit(body);
        break;
      case "scmProvider":
        this.addNames(repositoryNames);
        break;
      case "pullRequest":
        this.addNames(pullRequestNames);
        if (this.goTemplate) this.addOpen("labels");
        break;
      case "matrix":
      case "merge":
        for (const child of children) this.addGenerator(child);
        // What is not read as a generator may give anything.
        if (children.length === 0) this.open = true;
        break;
      default:
        this.open = true;
    }
    this.addValues(getValue(body, "values"));
  }

  private addNames(names: readonly string[]): void {
    for (const name of names) this.names.add(name);
  }

  private addOpen(name: string): void {
    this.names.add(name);
    this.openBelow.add(name);
  }

  private addValues(values: Node | undefined): void {
    if (values?.kind !== "mapping") return;
    this.names.add("values");
    for (const { key } of values.entries) {
      if (key.text.includes("{{") || key.text === "<<") this.addOpen("values");
      this.names.add(`values.${key.text}`);
    }
  }

  private addList(body: Mapping): void {
    if (textOf(getValue(body, "elementsYaml"))) this.open = true;
    const elements = getValue(body, "elements");
    for (const element of elements?.kind === "sequence" ? elements.items : []) {
      if (element.kind === "mapping") this.addTree(element, "");
      else this.open = true;
    }
  }

  /** Everything that a map holds, at any depth. */
  private addTree(map: Mapping, above: string): void {
    for (const { key, value } of map.entries) {
      const name = above + key.text;
      if (key.text.includes("{{") || key.text === "<<") this.open = true;
      this.names.add(name);
      if (value.kind === "mapping") this.addTree(value, `${name}.`);
      else if (value.kind === "sequence") this.openBelow.add(name);
    }
  }

  private addClusters(body: Mapping): void {
    if (textOf(getValue(body, "flatList")) === "true") {
      this.addOpen("clusters");
      return;
    }
    this.addNames(["name", "nameNormalized", "server", "project"]);
    if (this.goTemplate) this.names.add("metadata");
    this.addOpen("metadata.labels");
    this.addOpen("metadata.annotations");
  }

  private addGit(body: Mapping): void {
    const directories = getValue(body, "directories");
    // The content of files is a parameter, too.
    if (directories?.kind !== "sequence" || directories.items.length === 0) this.open = true;
    const prefix = textOf(getValue(body, "pathParamPrefix")) ?? "";
    if (prefix.includes("{{")) this.open = true;
    const path = prefix === "" ? "path" : `${prefix}.path`;
    if (prefix !== "" && this.goTemplate) this.names.add(prefix);
    this.addNames([path, `${path}.basename`, `${path}.basenameNormalized`]);
    if (!this.goTemplate) return;
    this.names.add(`${path}.path`);
    this.addOpen(`${path}.segments`);
  }
}
