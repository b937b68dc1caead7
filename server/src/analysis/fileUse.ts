import { isInside, parentPath, relativePath } from "../platform/path";
import type { Schemas } from "../schema/schemas";
import type { Kustomization, KustomizationGraph } from "../workspace/graph";
import type { Snapshot } from "../workspace/snapshot";
import type { DocumentContext } from "./rule";

/** Fields whose files are read as YAML; the files of generators are not. */
const manifestFields: ReadonlySet<string> = new Set([
  "resources",
  "patches",
  "patchesJson6902",
  "patchesStrategicMerge",
  "crds",
  "configurations",
  "replacements",
  "generators",
  "transformers",
  "validators",
  "openapi",
]);

/** Fields whose files are patches. */
export const patchFields: ReadonlySet<string> = new Set(["patches", "patchesJson6902", "patchesStrategicMerge"]);

/** What else matters for the findings of a file than its text. */
export interface FileUse {
  /** A kustomization reads it as manifests. */
  readonly manifest: boolean;
  /** A kustomization reads it as a patch. */
  readonly patch: boolean;
  readonly deployed: DocumentContext["deployed"];
  readonly schemas: Schemas;
  readonly kubernetesVersion: string | undefined;
}

type GraphUse = Pick<FileUse, "manifest" | "patch" | "deployed">;

const known = new WeakMap<KustomizationGraph, Map<string, GraphUse>>();

/** How the kustomizations of the workspace use a file. */
export function useOf(snapshot: Snapshot, path: string, kubernetesVersion: string | undefined): FileUse {
  // Every change of a kustomization file gives a new graph, so that the graph can be the key.
  const uses = known.get(snapshot.graph) ?? new Map<string, GraphUse>();
  known.set(snapshot.graph, uses);
  const use = uses.get(path) ?? graphUseOf(snapshot, path);
  uses.set(path, use);
  return { ...use, schemas: snapshot.schemas, kubernetesVersion };
}

function graphUseOf(snapshot: Snapshot, path: string): GraphUse {
  const fields = snapshot.graph.referencesTo(path).map(({ field }) => field);
  const manifest = fields.some((field) => manifestFields.has(field));
  const patch = fields.some((field) => patchFields.has(field));
  if (!manifest) return { manifest, patch, deployed: isTakenOut(snapshot, path) ? "changed" : "unknown" };
  const reached = snapshot.graph.reachedFrom(path);
  const isChanged = patch || reached.some(changes(snapshot)) || reached.every(isBase(snapshot));
  return { manifest, patch, deployed: isChanged ? "changed" : "asWritten" };
}

/** Whether a kustomization says in its name that others, which are not here, build on it. */
function isBase({ folders }: Snapshot): (kustomization: Kustomization) => boolean {
  return ({ root }) => {
    // Where the workspace itself lies says nothing.
    const folder = folders.find((each) => isInside(each, root)) ?? "/";
    return /\/bases?\//.test(`/${relativePath(folder, root)}/`);
  };
}

/** Whether the kustomization around a file that nothing lists names it in a comment: it may be a patch, or wait for one. */
function isTakenOut(snapshot: Snapshot, path: string): boolean {
  const { graph, folders } = snapshot;
  for (let at = parentPath(path); ; at = parentPath(at)) {
    const kustomization = graph.at(at);
    if (kustomization !== undefined) {
      return snapshot.file(kustomization.file)?.text.includes(relativePath(at, path)) === true;
    }
    if (folders.includes(at) || at === "/") return false;
  }
}

/** Fields that may give an object what it lacks. */
const changingFields: ReadonlySet<string> = new Set([...patchFields, "components", "replacements", "transformers"]);

function changes(snapshot: Snapshot): (kustomization: Kustomization) => boolean {
  return ({ file, references }) =>
    references.some(({ field }) => changingFields.has(field)) ||
    snapshot.facts(file).inlinePatches !== undefined ||
    /^(?:replacements|vars|transformers|labels|commonLabels):/m.test(snapshot.file(file)?.text ?? "");
}

/** Whether two uses of a file give the same findings. */
export function sameUse(a: FileUse, b: FileUse): boolean {
  return (
    a.manifest === b.manifest &&
    a.patch === b.patch &&
    a.deployed === b.deployed &&
    a.schemas === b.schemas &&
    a.kubernetesVersion === b.kubernetesVersion
  );
}
