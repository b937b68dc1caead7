import { names } from "./names";
import { type Known, pairs } from "./objects";
import { type AddFile, jsonPatch, mergePatch, targetOf } from "./patches";
import type { Random } from "./random";
import { type Fields, writeDocument } from "./yamlText";

/** A built-in plugin as an entry of `transformers` or `generators`: inline or in a file. */
export function plugin(
  role: "transformer" | "generator",
  known: readonly Known[],
  addFile: AddFile,
  random: Random,
): string {
  const config = role === "generator" ? generatorPlugin(random) : transformerPlugin(random.pick(known), random);
  const text = writeDocument(config, random);
  return random.chance(0.6) ? text : addFile(role, text);
}

function of(kind: string, fields: Fields): Fields {
  return { apiVersion: "builtin", kind, metadata: { name: "plugin" }, ...fields };
}

function generatorPlugin(random: Random): Fields {
  const name = random.pick(names);
  const kind = random.pick(["ConfigMapGenerator", "SecretGenerator"]);
  return {
    apiVersion: "builtin",
    kind,
    metadata: { name, namespace: random.pick(["ns1", undefined]) },
    literals: ["a=1", "b=two"],
  };
}

function transformerPlugin(object: Known, random: Random): Fields {
  const atName = [{ path: "metadata/name", kind: random.pick([undefined, object.kind]) }];
  return random.pick<() => Fields>([
    () =>
      of("AnnotationsTransformer", {
        annotations: pairs(random),
        fieldSpecs: [{ path: "metadata/annotations", create: true }],
      }),
    () =>
      of("LabelTransformer", {
        labels: pairs(random),
        fieldSpecs: [
          { path: "metadata/labels", create: true },
          { path: "spec/selector/matchLabels", create: random.chance(0.5), kind: "Deployment" },
        ],
      }),
    () => of("PrefixTransformer", { prefix: "pre-", fieldSpecs: atName }),
    () => of("SuffixTransformer", { suffix: "-suf", fieldSpecs: atName }),
    () =>
      of("ImageTagTransformer", {
        imageTag: { name: "nginx", newTag: "9" },
        fieldSpecs: [{ path: "spec/template/spec/containers[]/image" }],
      }),
    () =>
      of("ReplicaCountTransformer", {
        replica: { name: object.name, count: 9 },
        fieldSpecs: [{ path: "spec/replicas", create: true, kind: object.kind }],
      }),
    () => of("PatchTransformer", { target: targetOf(object, random), patch: jsonPatch(object, random) }),
    () => of("PatchStrategicMergeTransformer", { patches: mergePatch(object, random) }),
    () => ({
      ...of("NamespaceTransformer", {
        fieldSpecs: [{ path: "metadata/namespace", create: true }],
        unsetOnly: random.chance(0.3) ? true : undefined,
        setRoleBindingSubjects: random.pick([undefined, "none", "allServiceAccounts", "defaultOnly"]),
      }),
      metadata: { name: "plugin", namespace: "ns2" },
    }),
    () => of("ValueAddTransformer", { value: "added", targets: [{ fieldPath: "metadata/annotations/added" }] }),
    () => of("HashTransformer", {}),
  ])();
}
