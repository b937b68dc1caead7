import { baseName, joinPath, parentPath } from "../../platform/path";
import type { FactExtractor, PathReference } from "../../workspace/facts";
import { noFacts } from "../../workspace/facts";
import { isKustomizationName } from "../../workspace/fileNames";
import { getValue, type Mapping, type Node, type Scalar, textOf } from "../../yaml/node";
import type { Place } from "../../yaml/source";

/** Finds what a kustomization file includes. Other files say nothing here. Field names count in any letter case. */
export const findKustomizationFacts: FactExtractor = (file, documents) => {
  if (!isKustomizationName(baseName(file.path))) return noFacts;
  const root = documents()[0]?.root;
  if (root?.kind !== "mapping") return { kustomization: "Kustomization", references: [] };
  const apiVersion = textOf(getValue(root, "apiVersion")) ?? "";
  if (apiVersion !== "" && !apiVersion.startsWith("kustomize.config.k8s.io/")) return noFacts;
  const references = new ReferenceFinder(parentPath(file.path)).find(root);
  return { kustomization: textOf(getValue(root, "kind")) === "Component" ? "Component" : "Kustomization", references };
};

/** How a field names paths: the way from the field's value to each text (`*` for every item), and what may stand there. */
interface PathField {
  readonly field: string;
  readonly way: readonly string[];
  readonly expects: PathReference["expects"];
  /** `key=path`, as generators write it. */
  readonly keyed?: true;
  /** The text may be YAML instead of a path. */
  readonly inline?: true;
}

/** Every field of a Kustomization or Component that names paths (upstream: `api/types/kustomization.go`, 5.8.1). */
const pathFields: readonly PathField[] = [
  { field: "resources", way: ["*"], expects: "either" },
  { field: "bases", way: ["*"], expects: "directory" },
  { field: "components", way: ["*"], expects: "directory" },
  { field: "crds", way: ["*"], expects: "file" },
  { field: "configurations", way: ["*"], expects: "file" },
  { field: "patches", way: ["*", "path"], expects: "file" },
  { field: "patchesJson6902", way: ["*", "path"], expects: "file" },
  { field: "patchesStrategicMerge", way: ["*"], expects: "file", inline: true },
  { field: "replacements", way: ["*", "path"], expects: "file" },
  ...["configMapGenerator", "secretGenerator"].flatMap((field): PathField[] => [
    { field, way: ["*", "files", "*"], expects: "file", keyed: true },
    { field, way: ["*", "envs", "*"], expects: "file" },
    { field, way: ["*", "env"], expects: "file" },
  ]),
  ...["generators", "transformers", "validators"].map(
    (field): PathField => ({ field, way: ["*"], expects: "either", inline: true }),
  ),
  { field: "helmCharts", way: ["*", "valuesFile"], expects: "file" },
  { field: "helmCharts", way: ["*", "additionalValuesFiles", "*"], expects: "file" },
  { field: "openapi", way: ["path"], expects: "file" },
];

class ReferenceFinder {
  private readonly found: PathReference[] = [];

  constructor(private readonly directory: string) {}

  find(root: Mapping): readonly PathReference[] {
    for (const field of pathFields) {
      for (const { key, value } of root.entries) {
        if (sameName(key.text, field.field)) this.follow(field, value, field.way, `/${key.text}`);
      }
    }
    return this.found.sort((a, b) => a.place.start - b.place.start);
  }

  private follow(field: PathField, node: Node, way: readonly string[], path: string): void {
    const [step, ...rest] = way;
    if (step === undefined) {
      if (node.kind === "scalar" && node.tag !== "null") this.add(field, node, path);
    } else if (step === "*") {
      if (node.kind !== "sequence") return;
      for (const [i, item] of node.items.entries()) this.follow(field, item, rest, `${path}/${i}`);
    } else if (node.kind === "mapping") {
      for (const { key, value } of node.entries) {
        if (sameName(key.text, step)) this.follow(field, value, rest, `${path}/${key.text}`);
      }
    }
  }

  private add(field: PathField, scalar: Scalar, path: string): void {
    if (field.inline === true && /\n|^\s*[{[]|: /.test(scalar.text)) return;
    const separator = field.keyed === true ? scalar.text.indexOf("=") + 1 : 0;
    const text = scalar.text.slice(separator);
    if (text === "") return;
    this.found.push({
      field: field.field,
      path,
      text,
      place: placeOfText(scalar, separator),
      target: isRemote(text) ? undefined : joinPath(this.directory, text),
      expects: field.expects,
    });
  }
}

/** Whether a path field names something that is fetched: a URL, or a git repository in one of its short forms. */
export function isRemote(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^git@|^git::|^(?:github|gitlab)\.com[/:]|^bitbucket\.org[/:]|[?&]ref=/i.test(text);
}

/** The range of a scalar's text, without quotes, from its character `from` on. */
function placeOfText(scalar: Scalar, from: number): Place {
  const { file, start, end } = scalar.origin.place;
  const quote = scalar.style === "single" || scalar.style === "double" ? 1 : 0;
  return { file, start: Math.min(start + quote + from, end), end: Math.max(end - quote, start) };
}

function sameName(written: string, name: string): boolean {
  return written === name || written.toLowerCase() === name.toLowerCase();
}
