import { getValue, type Mapping } from "../yaml/node";
import { type Behavior, type BuildState, freshState } from "./resource";

/**
 * Annotations in which Kustomize keeps its own notes while it builds. We keep the notes beside the object instead, but an
 * object may be written with some of them, and none of them is ever printed.
 */
const domain = "internal.config.kubernetes.io/";

const noted = [
  "previousKinds",
  "previousNames",
  "previousNamespaces",
  "prefixes",
  "suffixes",
  "allowNameChange",
  "allowKindChange",
  "refBy",
  "generatorBehavior",
  "needsHashSuffix",
  "path",
  "index",
  "seqindent",
  "id",
  "annotations-migration-resource-id",
  "helm-generated",
].map((name) => `${domain}${name}`);

/** All annotations that are never printed (upstream: `resource.BuildAnnotations`). */
export const buildAnnotations: ReadonlySet<string> = new Set([
  ...noted,
  "config.kubernetes.io/path",
  "config.kubernetes.io/index",
  "config.k8s.io/id",
]);

/** Where `buildMetadata` prints the origin of an object. */
export const originAnnotation = "config.kubernetes.io/origin";
/** Where `buildMetadata` prints the transformers of an object. */
export const transformationsAnnotation = "alpha.config.kubernetes.io/transformations";
/** Marks an object that is only there for the build. */
export const localConfigAnnotation = "config.kubernetes.io/local-config";

/** The state that an object starts with: what its author wrote into Kustomize's own annotations, usually nothing. */
export function initialState(node: Mapping): BuildState {
  const annotations = getValue(getValue(node, "metadata"), "annotations");
  if (annotations?.kind !== "mapping") return freshState;
  if (!annotations.entries.some(({ key }) => buildAnnotations.has(key.text))) return freshState;
  const annotationText = (name: string): string => {
    const value = getValue(annotations, `${domain}${name}`);
    return value?.kind === "scalar" ? value.text : "";
  };
  const listOf = (name: string): readonly string[] =>
    annotationText(name) === "" ? [] : annotationText(name).split(",");
  const kinds = listOf("previousKinds");
  const namespaces = listOf("previousNamespaces");
  return {
    ...freshState,
    previousIds: listOf("previousNames").map((name, i) => ({
      name,
      kind: kinds[i] ?? "",
      namespace: namespaces[i] ?? "",
    })),
    prefixes: listOf("prefixes"),
    suffixes: listOf("suffixes"),
    behavior: behaviorFrom(annotationText("generatorBehavior")),
    needsHash: annotationText("needsHashSuffix") === "enabled",
    fromHelm: annotationText("helm-generated") === "true",
  };
}

/** What a generator's `behavior` means; a word that upstream does not know counts as none. */
function behaviorFrom(word: string): Behavior {
  return word === "create" || word === "replace" || word === "merge" ? word : "unspecified";
}
