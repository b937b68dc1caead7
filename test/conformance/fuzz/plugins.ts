import { names } from "./names";
import { type Known, pairs } from "./objects";
import { type AddFile, jsonPatch, mergePatch, targetOf } from "./patches";
import type { Random } from "./random";
import { replacementItem } from "./replacements";
import { type Fields, oddString, writeDocument } from "./yamlText";

/** A built-in plugin as an entry of `transformers` or `generators`: inline or in a file. */
export function plugin(
  role: "transformer" | "generator",
  known: readonly Known[],
  addFile: AddFile,
  random: Random,
): string {
  const config =
    role === "generator" ? generatorPlugin(addFile, random) : transformerPlugin(random.pick(known), known, random);
  const text = writeDocument(config, random);
  return random.chance(0.6) ? text : addFile(role, text);
}

/** A built-in plugin as an entry of `validators`; most change nothing, as they should. */
export function validator(known: readonly Known[], addFile: AddFile, random: Random): string {
  const object = random.pick(known);
  const config = random.chance(0.1) ? transformerPlugin(object, known, random) : onlooker(object, random);
  const text = writeDocument(config, random);
  return random.chance(0.6) ? text : addFile("validator", text);
}

/**
 * Looks at the objects only. Marks on objects with labels are left out: whether these count as changed then depends on when
 * the real one has put its notes among them.
 */
function onlooker(object: Known, random: Random): Fields {
  return random.pick<() => Fields>([
    () =>
      of("LabelTransformer", { labels: { "validated-by": "us" }, fieldSpecs: [{ path: "spec/labels", create: true }] }),
    () => of("LabelTransformer", { labels: { "validated-by": "us" }, fieldSpecs: [{ path: "spec/seen" }] }),
    () => of("AnnotationsTransformer", { annotations: pairs(random), fieldSpecs: [{ path: "spec/seen/notes" }] }),
    () =>
      of("PatchTransformer", {
        target: targetOf(object, random),
        patch: JSON.stringify([{ op: "test", path: "/kind", value: object.kind }]),
      }),
    () =>
      of("ImageTagTransformer", { imageTag: { name: "nothing", newTag: "1" }, fieldSpecs: [{ path: "spec/image" }] }),
  ])();
}

function of(kind: string, fields: Fields): Fields {
  return { apiVersion: "builtin", kind, metadata: { name: "plugin" }, ...fields };
}

function generatorPlugin(addFile: AddFile, random: Random): Fields {
  const name = random.pick(names);
  const kind = random.pick(["ConfigMapGenerator", "SecretGenerator", "IAMPolicyGenerator"]);
  if (kind === "IAMPolicyGenerator") return iamPolicy(name, random);
  return {
    apiVersion: "builtin",
    kind,
    metadata: { name, namespace: random.pick(["ns1", undefined]) },
    literals: ["a=1", `b=${oddString(random)}`],
    files: random.chance(0.3) ? [addFile("file", oddString(random))] : undefined,
    type: kind === "SecretGenerator" && random.chance(0.3) ? "custom" : undefined,
    options: random.chance(0.2) ? { disableNameSuffixHash: true, annotations: pairs(random) } : undefined,
  };
}

function iamPolicy(name: string, random: Random): Fields {
  return of("IAMPolicyGenerator", {
    cloud: random.chance(0.95) ? "gke" : "other",
    kubernetesService: { name, namespace: random.pick(["ns1", undefined]) },
    serviceAccount: { name: "gsa", projectId: "project" },
  });
}

function transformerPlugin(object: Known, known: readonly Known[], random: Random): Fields {
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
    () =>
      of("ValueAddTransformer", {
        value: random.pick(["added", "é", undefined, "1"]),
        targets: [
          {
            selector: random.chance(0.4) ? targetOf(object, random) : undefined,
            fieldPath: random.pick(["metadata/annotations/added", "metadata/name", "metadata/namespace", "spec/new"]),
            filePathPosition: random.chance(0.3) ? random.int(3) : undefined,
          },
        ],
      }),
    () =>
      of("PatchJson6902Transformer", {
        target: { ...targetOf(object, random), kind: object.kind, name: object.name },
        jsonOp: jsonPatch(object, random),
      }),
    () => of("ReplacementTransformer", { replacements: [replacementItem(known, random)] }),
    () => of("PrefixSuffixTransformer", { prefix: "pre-", suffix: "-suf", fieldSpecs: atName }),
    () => of("HashTransformer", {}),
  ])();
}
