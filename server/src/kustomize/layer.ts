import type { Mapping, Scalar } from "../yaml/node";
import type { Place, SourceFile } from "../yaml/source";
import { failureOf } from "./bounds";
import type { BuildOptions } from "./buildOptions";
import type { Documents } from "./documents";
import { BuildFailure } from "./failure";
import type { Field } from "./fields";
import type { IdleStep } from "./idleStep";
import type { Kustomization, KustomizationFiles } from "./kustomizationFile";
import type { LayerCache } from "./layerCache";
import type { Loader } from "./loader";
import { loadFile, type Root } from "./loadFile";
import { builtinSchema, type MergeSchema } from "./merge/mergeSchema";
import type { Problem } from "./problem";
import type { Reading } from "./reading";
import type { ReferenceMemo } from "./referenceMemo";
import { fetchRemoteFile } from "./remoteBase";
import { isRemoteFile } from "./remoteUrl";
import { type BuildOrigin, type BuildState, makeResource, type Resource } from "./resource";
import { apiVersionOf, idText } from "./resourceId";
import { ResourceSet } from "./resourceSet";
import type { SchemaUse } from "./schemaUse";
import type { StepMemos } from "./stepMemo";
import { emptyConfig, type TransformerConfig } from "./transformerConfig";
import type { Variable } from "./variable";

/** What is the same for all layers of a build. */
export interface Run {
  readonly options: BuildOptions;
  readonly loader: Loader;
  readonly documents: Documents;
  readonly kustomizations: KustomizationFiles;
  readonly layers: LayerCache;
  /** Absent when nobody builds again. */
  readonly memos: StepMemos | undefined;
  readonly references: ReferenceMemo | undefined;
  /** What results depend on besides the files: options, as text. */
  readonly context: string;
  /** How many bases and components were built: components, and results with a cycle or from a port, are not kept. */
  layersBuilt: number;
  /** How often a port was asked: what comes from outside is not kept. */
  portCalls: number;
  /** What a port is asked for is on its way. */
  portIsPending: boolean;
  /** What is known about kinds. The first layer that names a schema sets it for all that follows. */
  schema: MergeSchema;
  schemaIsSet: boolean;
  readonly schemaUse: SchemaUse;
}

/** Adds to what the built-in schema was needed for. */
export function noteSchemaUse({ run, schemaUse }: Pick<Layer, "run" | "schemaUse">, use: Partial<SchemaUse>): void {
  for (const noted of [run.schemaUse, schemaUse]) {
    noted.isAsked ||= use.isAsked === true;
    noted.isRead ||= use.isRead === true;
  }
}

/** One kustomization while it is built. */
export interface Layer {
  readonly run: Run;
  readonly root: Root;
  readonly kustomization: Kustomization;
  /** Notes what this layer and those below it look up. */
  readonly reading: Reading;
  /** For `buildMetadata`: the path of this layer from the root of the build; absent while nobody asked. */
  readonly origin: BuildOrigin | undefined;
  /** The nearest namespace of a layer above, for helm charts. */
  readonly helmNamespace: string;
  /** The directories of this layer and those below it. */
  readonly directories: Set<string>;
  /** What this layer and those below it needed the built-in schema for. */
  readonly schemaUse: SchemaUse;
  readonly report: (problem: Problem) => void;
  /** Notes a step that did nothing. */
  readonly notice: (step: IdleStep) => void;
  /** Adds the objects of files and the results of bases, as the field `resources` does. */
  readonly gather: (accumulator: Accumulator, entries: readonly Field<Scalar>[]) => void;
}

/** What a layer has gathered so far. A component works on that of the kustomization that includes it. */
export interface Accumulator {
  readonly set: ResourceSet;
  config: TransformerConfig;
  readonly variables: Map<string, Variable>;
  /** Something could not be loaded: that a later step does not find it is no news. */
  partial: boolean;
  /** How many objects this layer and those below it have taken over from their bases. */
  handedOn: number;
}

/** An accumulator with nothing in it. */
export function emptyAccumulator(): Accumulator {
  return { set: new ResourceSet(), config: emptyConfig, variables: new Map(), partial: false, handedOn: 0 };
}

/**
 * Runs one step of a layer. A failure becomes a problem, and the layer goes on as if the step were not there.
 * @returns whether the step succeeded.
 */
export function attempt(layer: Layer, accumulator: Accumulator, step: () => void): boolean {
  try {
    step();
    return true;
  } catch (error) {
    const failure = failureOf(error, { file: layer.kustomization.file, start: 0, end: 0 });
    if (failure === undefined) throw error;
    const { problem } = failure;
    if (problem.code === "kustomization/pending-file") {
      accumulator.partial = true;
      return false;
    }
    if (!(accumulator.partial && follows(problem))) layer.report(problem);
    return false;
  }
}

/** Problems that say that an object is not there: when something could not be loaded, that is the reason. */
const consequences: ReadonlySet<string> = new Set([
  "kustomization/patch-target-not-found",
  "kustomization/replicas-target-not-found",
  "kustomization/generator-target-not-found",
  "kustomization/replacement-source-not-found",
  "kustomization/variable-source-not-found",
]);

/** Whether a problem may only say that something is missing that could not be loaded. */
export function follows(problem: Problem): boolean {
  return consequences.has(problem.code);
}

/** Reads a file that the layer's kustomization, or a plugin's configuration, names. */
export function layerFile(layer: Layer, path: string, place: Place): SourceFile {
  if (isRemoteFile(path)) return fetchRemoteFile(layer.run, path, place);
  return loadFile(layer.reading, layer.root, path, place);
}

/** Makes a resource of an object that was read. */
export function layerResource(layer: Layer, node: Mapping, state?: BuildState): Resource {
  const resource = makeResource(node, layer.run.schema.isClusterScoped, state);
  noteKind(layer, resource);
  return resource;
}

/** Notes that the scope of an object's kind is asked for. */
export function noteKind(layer: Layer, { id }: Resource): void {
  if (layer.schemaUse.isAsked) return;
  if (builtinSchema().typeOfKind(apiVersionOf(id), id.kind) === undefined) noteSchemaUse(layer, { isAsked: true });
}

/**
 * Adds a resource whose id must be free.
 * @throws BuildFailure at `place`.
 */
export function appendResource(accumulator: Accumulator, resource: Resource, place: Place): void {
  const [known] = accumulator.set.sameAs(resource);
  if (known === undefined) accumulator.set.append(resource);
  else throw new BuildFailure(duplicateProblem(resource, accumulator.set.at(known), place));
}

/** Two objects of a build have the same id. */
export function duplicateProblem(resource: Resource, first: Resource | undefined, place: Place): Problem {
  const { kind, name, namespace } = resource.id;
  const where = namespace === "" ? "" : ` in the namespace ${namespace}`;
  return {
    code: "kustomization/duplicate-resource",
    severity: "error",
    place,
    message: `The ${kind} ${name}${where} is there twice.`,
    help: "Remove or rename one of the two.",
    detail: `may not add resource with an already registered id: ${idText(resource.id)}`,
    related:
      first === undefined ? undefined : [{ place: first.node.origin.place, message: "The other one comes from here." }],
    data: { kind, name, namespace },
  };
}
