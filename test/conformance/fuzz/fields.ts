import { images, names, namespaces } from "./names";
import { type Known, pairs } from "./objects";
import { type AddFile, jsonPatch, mergePatch, patchItem } from "./patches";
import { plugin, validator } from "./plugins";
import type { Random } from "./random";
import { replacement } from "./replacements";
import { crds, openapi } from "./schemas";
import { type Fields, oddString, type Value, writeDocument } from "./yamlText";

export interface Layer {
  /** Objects that this layer has collected, by their names of this layer. */
  readonly known: readonly Known[];
  readonly generated: { readonly configMaps: readonly string[]; readonly secrets: readonly string[] };
  /** Kinds and names that are in use somewhere in the tree, as `ConfigMap a`. */
  readonly taken: Set<string>;
  readonly addFile: AddFile;
  readonly isRoot: boolean;
  readonly isComponent: boolean;
}

/** Everything of a kustomization but what it includes. */
export function layerFields(layer: Layer, random: Random): Fields {
  const maybe = <T>(probability: number, make: () => T): T | undefined =>
    random.chance(probability) ? make() : undefined;
  const { known, addFile } = layer;
  const withObjects = known.length > 0 ? 1 : 0;
  const scalable = known.filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet");
  return {
    namespace: maybe(0.2, () => random.pick(namespaces)),
    namePrefix: maybe(0.2, () => random.pick(["p-", "dev-", "x."])),
    nameSuffix: maybe(0.15, () => random.pick(["-s", "-v1"])),
    labels: maybe(0.2, () => random.list(1, 2, () => labelItem(random))),
    commonLabels: maybe(0.12, () => pairs(random)),
    commonAnnotations: maybe(0.15, () => pairs(random)),
    configMapGenerator: maybe(0.35, () => random.list(1, 2, () => generator(layer, "ConfigMap", random))),
    secretGenerator: maybe(0.15, () =>
      random.list(1, 2, () => ({
        ...generator(layer, "Secret", random),
        type: random.pick(["Opaque", "custom", undefined]),
      })),
    ),
    generatorOptions: maybe(0.12, () => generatorOptions(random)),
    images: maybe(0.25, () => random.list(1, 2, () => imageItem(random))),
    replicas: maybe(0.12 * Math.min(1, scalable.length), () => [
      { name: random.pick(scalable).name, count: random.int(4) },
    ]),
    patches: maybe(0.45 * withObjects, () => random.list(1, 3, () => patchItem(known, addFile, random))),
    patchesStrategicMerge: maybe(0.08 * withObjects, () => [
      random.chance(0.5)
        ? mergePatch(random.pick(known), random)
        : addFile("merge", mergePatch(random.pick(known), random)),
    ]),
    patchesJson6902: maybe(0.06 * withObjects, () => [json6902Item(random.pick(known), addFile, random)]),
    replacements: maybe(0.15 * withObjects, () => random.list(1, 2, () => replacement(known, addFile, random))),
    vars: maybe(0.04 * withObjects, () => [variable(random.pick(known), random)]),
    transformers: maybe(0.08 * withObjects, () => [plugin("transformer", known, addFile, random)]),
    generators: maybe(0.04, () => [plugin("generator", known, addFile, random)]),
    validators: maybe(0.05 * withObjects, () => [validator(known, addFile, random)]),
    crds: maybe(0.05, () => crds(addFile, random)),
    openapi: maybe(0.05, () => openapi(addFile, random)),
    configurations: maybe(0.05, () => [addFile("config", writeDocument(configuration(random), random))]),
    buildMetadata: maybe(0.08, () => random.some(["originAnnotations", "transformerAnnotations", "managedByLabel"])),
    sortOptions: maybe(layer.isRoot ? 0.15 : 0.02, () => sortOptions(random)),
  };
}

function labelItem(random: Random): Fields {
  return {
    pairs: pairs(random),
    includeSelectors: random.pick([true, false, undefined]),
    includeTemplates: random.pick([true, false, undefined]),
    fields: random.chance(0.1)
      ? [{ path: "spec/custom", create: true, kind: random.pick(["Thing", "Deployment"]) }]
      : undefined,
  };
}

function generator(layer: Layer, kind: "ConfigMap" | "Secret", random: Random): Fields {
  const existing = kind === "Secret" ? layer.generated.secrets : layer.generated.configMaps;
  const free = names.filter((name) => !layer.taken.has(`${kind} ${name}`));
  const merges = existing.length > 0 && (random.chance(0.7) || free.length === 0);
  const name = merges ? random.pick(existing) : random.pick(free.length > 0 && random.chance(0.98) ? free : names);
  layer.taken.add(`${kind} ${name}`);
  const content = '# comment\nENV_A=1\nENV_B = spaced\nENV_C="quoted"\n';
  const file = (): string => layer.addFile("file", oddString(random));
  return {
    name,
    behavior: merges ? random.pick(["merge", "replace", "merge"]) : random.pick([undefined, undefined, "create"]),
    namespace: random.chance(0.03) ? "ns1" : undefined,
    literals: random.chance(0.8) ? random.list(1, 3, (index) => `L${index}=${oddString(random)}`) : undefined,
    files: random.chance(0.3) ? [random.chance(0.5) ? file() : `key=${file()}`] : undefined,
    envs: random.chance(0.15) ? [layer.addFile("env", content)] : undefined,
    options: random.chance(0.2) ? generatorOptions(random) : undefined,
  };
}

function generatorOptions(random: Random): Fields {
  return {
    disableNameSuffixHash: random.pick([true, false, undefined]),
    labels: random.chance(0.4) ? pairs(random) : undefined,
    annotations: random.chance(0.3) ? pairs(random) : undefined,
    immutable: random.pick([true, false, undefined, undefined]),
  };
}

function imageItem(random: Random): Fields {
  return {
    name: random.pick([...images, "nginx", "busybox", "registry:5000/team/app", "ng.nx"]),
    newName: random.pick(["mirror/app", "host:5000/x", undefined, undefined]),
    newTag: random.pick(["v2", "1.27", undefined]),
    digest: random.chance(0.2) ? `sha256:${"0123456789abcdef".repeat(4)}` : undefined,
    tagSuffix: random.chance(0.1) ? "-alpine" : undefined,
  };
}

function json6902Item(object: Known, addFile: AddFile, random: Random): Fields {
  const text = jsonPatch(object, random);
  const [version = "", group = ""] = object.apiVersion.split("/").reverse();
  return {
    target: { group, version, kind: object.kind, name: object.name },
    ...(random.chance(0.5) ? { patch: text } : { path: addFile("json", text) }),
  };
}

function variable(object: Known, random: Random): Fields {
  return {
    name: random.pick(["VAR", "OTHER"]),
    objref: { apiVersion: object.apiVersion, kind: object.kind, name: object.name },
    fieldref: random.chance(0.5) ? { fieldpath: "metadata.name" } : undefined,
  };
}

function configuration(random: Random): Fields {
  return random.pick<Fields>([
    {
      nameReference: [
        {
          kind: random.pick(["ConfigMap", "Thing"]),
          fieldSpecs: [
            { path: "spec/nested/name", kind: "Thing" },
            { path: "spec/nested/name", kind: "Other" },
          ],
        },
      ],
    },
    { images: [{ path: "spec/image", kind: "Thing" }] },
    { commonLabels: [{ path: "spec/labels", create: true, kind: "Thing" }] },
    { varReference: [{ path: "spec/text" }] },
    { namePrefix: [{ path: "metadata/name" }] },
    { commonAnnotations: [{ path: "spec/notes", create: true, kind: "Other" }] },
    { replicas: [{ path: "spec/replicas", create: true, kind: "Thing" }] },
  ]);
}

function sortOptions(random: Random): Value {
  const order = random.pick(["legacy", "fifo", "legacy"]);
  if (order === "fifo" || random.chance(0.5)) return { order };
  return {
    order,
    legacySortOptions: {
      orderFirst: random.some(["Service", "Thing", "Namespace"]),
      orderLast: random.chance(0.5) ? ["ConfigMap"] : undefined,
    },
  };
}
