import type { Tree, TreeEntry } from "../../support/tree";
import { type Layer, layerFields } from "./fields";
import { type Known, manifest } from "./objects";
import { type Random, randomOf } from "./random";
import { type Fields, withComments, writeDocument } from "./yamlText";

/** What a layer offers to the ones that include it. */
interface Included {
  readonly directory: string;
  readonly known: readonly Known[];
  readonly configMaps: readonly string[];
  readonly secrets: readonly string[];
}

/** A random tree of bases, components and overlays; the same seed gives the same tree. */
export function generateTree(seed: number): Tree {
  const random = randomOf(seed);
  const growing: Growing = { entries: new Map(), taken: new Set(), random };
  const bases = random.list(1, 2, (index) => layer({ directory: `base${index}`, includes: [] }, growing));
  const middle = random.chance(0.3) ? [layer({ directory: "middle", includes: random.some(bases) }, growing)] : bases;
  const component = random.chance(0.25)
    ? layer({ directory: "component", includes: [], host: middle }, growing)
    : undefined;
  const top = layer({ directory: "top", includes: random.some(middle), component, isRoot: true }, growing);
  return { root: top.directory, entries: growing.entries };
}

/** What has grown so far: the files, and which names are taken, as `ConfigMap a`. */
interface Growing {
  readonly entries: Map<string, TreeEntry>;
  readonly taken: Set<string>;
  readonly random: Random;
}

interface Plan {
  readonly directory: string;
  readonly includes: readonly Included[];
  readonly component?: Included | undefined;
  /** For a component: what it will be applied to. */
  readonly host?: readonly Included[];
  readonly isRoot?: boolean;
}

function layer(plan: Plan, growing: Growing): Included {
  const { entries, taken, random } = growing;
  const { directory } = plan;
  const isRoot = plan.isRoot === true;
  const addFile = (stem: string, content: string): string => {
    const name = `${stem}${entries.size}.${stem === "json" ? "json" : "yaml"}`;
    const text = random.chance(0.02) ? content.replaceAll("\n", "\r\n") : content;
    entries.set(`${directory}/${name}`, { kind: "file", content: text });
    return name;
  };
  const own = isRoot && random.chance(0.6) ? [] : newObjects(growing);
  const files =
    own.length === 0
      ? []
      : resourceFiles(
          own.map(({ value }) => value),
          addFile,
          random,
        );
  const below = [...plan.includes, ...(plan.host ?? [])];
  const known = [...below.flatMap((included) => included.known), ...own.map((one) => one.known)];
  const generated = {
    configMaps: below.flatMap((one) => one.configMaps),
    secrets: below.flatMap((one) => one.secrets),
  };
  const context: Layer = { known, taken, generated, addFile, isRoot, isComponent: plan.host !== undefined };
  const fields = layerFields(context, random);
  const kustomization: Fields = {
    apiVersion: plan.host === undefined ? undefined : "kustomize.config.k8s.io/v1alpha1",
    kind: plan.host === undefined ? undefined : "Component",
    resources: [...plan.includes.map((included) => `../${included.directory}`), ...files],
    components: plan.component === undefined ? undefined : [`../${plan.component.directory}`],
    ...fields,
  };
  entries.set(`${directory}/kustomization.yaml`, {
    kind: "file",
    content: withComments(writeDocument(kustomization, random), random),
  });
  return {
    directory,
    known: known.filter(() => random.chance(0.95)),
    configMaps: [...generated.configMaps, ...namesOf(fields["configMapGenerator"])],
    secrets: [...generated.secrets, ...namesOf(fields["secretGenerator"])],
  };
}

/** Objects that are not in the tree yet, save by a rare mistake. */
function newObjects({ taken, random }: Growing): ReturnType<typeof manifest>[] {
  const made = random.list(1, 4, () => manifest(random));
  return made.filter(({ known }) => {
    const id = `${known.kind} ${known.name}`;
    const isNew = !taken.has(id) || random.chance(0.02);
    taken.add(id);
    return isNew;
  });
}

/** One file for all, or one for each; sometimes a List. */
function resourceFiles(
  values: readonly Fields[],
  addFile: (stem: string, content: string) => string,
  random: Random,
): string[] {
  if (random.chance(0.05))
    return [addFile("list", writeDocument({ apiVersion: "v1", kind: "List", items: values }, random))];
  const texts = values.map((value) => withComments(writeDocument(value, random), random));
  if (random.chance(0.3)) return [addFile("all", texts.join(random.pick(["---\n", "---\n# next\n", "---\n\n---\n"])))];
  return texts.map((text) => addFile("resource", text));
}

function namesOf(items: unknown): string[] {
  if (!Array.isArray(items)) return [];
  return items.flatMap((item: Fields) => (typeof item["name"] === "string" ? [item["name"]] : []));
}
