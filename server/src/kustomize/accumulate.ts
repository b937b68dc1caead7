import type { Mapping, Scalar } from "../yaml/node";
import type { Place, SourceFile } from "../yaml/source";
import { demandFewLayers, demandFewObjects } from "./bounds";
import { initialState } from "./buildAnnotations";
import { extendOrigin } from "./buildMetadata";
import { configureTransformers } from "./configureTransformers";
import { BuildFailure } from "./failure";
import { type Field, scalarItems, textField } from "./fields";
import { runGenerators } from "./generate";
import type { IdleStep } from "./idleStep";
import type { Kustomization } from "./kustomizationFile";
import {
  type Accumulator,
  appendResource,
  attempt,
  duplicateProblem,
  emptyAccumulator,
  type Layer,
  layerResource,
  noteKind,
  noteSchemaUse,
  type Run,
} from "./layer";
import type { LayerKey, LayerResult } from "./layerCache";
import { isLoaded, loadFailure, type Root, tryFile } from "./loadFile";
import { loadFetchedRoot, loadRoot } from "./loadRoot";
import { useSchema } from "./openapi";
import type { Problem } from "./problem";
import type { Reading } from "./reading";
import { fetchRemote } from "./remoteBase";
import { isRemoteFile, parseRepositoryUrl } from "./remoteUrl";
import { type BuildOrigin, type Resource, withScope } from "./resource";
import { ResourceSet } from "./resourceSet";
import type { SchemaUse } from "./schemaUse";
import { runTransformers, runValidators } from "./transform";
import { mergeConfigs } from "./transformerConfig";
import { addVariable, collectVariables } from "./variables";

/** What a layer is built in. */
export interface LayerContext {
  readonly run: Run;
  readonly reading: Reading;
  readonly origin: BuildOrigin | undefined;
  readonly helmNamespace: string;
}

/** Builds the kustomization of a directory with all layers below it. */
export function buildLayer(context: LayerContext, root: Root, kustomization: Kustomization): LayerResult {
  // A base that is used twice has its problems once.
  const problems = new Set<Problem>();
  const idle = new Set<IdleStep>();
  const directories = new Set([root.path]);
  const report = (problem: Problem) => problems.add(problem);
  const notice = (step: IdleStep) => idle.add(step);
  const schemaUse: SchemaUse = { isAsked: false, isRead: false };
  const layer = openLayer({ ...context, report, notice, directories, schemaUse }, root, kustomization);
  const accumulator = emptyAccumulator();
  accumulate(layer, accumulator);
  return {
    resources: accumulator.set.resources,
    config: accumulator.config,
    variables: [...accumulator.variables.values()],
    problems: [...problems],
    idle: accumulator.partial ? [] : [...idle],
    partial: accumulator.partial,
    handedOn: accumulator.handedOn,
    isComponent: kustomization.isComponent,
    found: context.reading.found,
    directories,
    schemaUse,
  };
}

type LayerParts = LayerContext & Pick<Layer, "report" | "notice" | "directories" | "schemaUse">;

function openLayer(parts: LayerParts, root: Root, kustomization: Kustomization): Layer {
  for (const problem of kustomization.problems) parts.report(problem);
  const layer: Layer = {
    ...parts,
    root,
    kustomization,
    gather: (accumulator, entries) => {
      for (const entry of entries) {
        const succeeded = attempt(layer, accumulator, () => addEntry(layer, accumulator, entry));
        if (!succeeded) accumulator.partial = true;
      }
    },
  };
  return layer;
}

/**
 * Does everything that a kustomization says, in upstream's order (`KustTarget.accumulateTarget`). A component does it to what
 * the kustomization that includes it has gathered.
 */
function accumulate(layer: Layer, accumulator: Accumulator): void {
  // A field that cannot be read may have been one that brings objects.
  if (layer.kustomization.problems.some(({ severity }) => severity === "error")) accumulator.partial = true;
  layer.gather(accumulator, layer.kustomization.resources);
  configureTransformers(layer, accumulator);
  runGenerators(layer, accumulator);
  for (const entry of scalarItems(layer.kustomization.fields, "components")) {
    const succeeded = attempt(layer, accumulator, () => include(layer, accumulator, entry));
    if (!succeeded) accumulator.partial = true;
  }
  runTransformers(layer, accumulator);
  runValidators(layer, accumulator);
  collectVariables(layer, accumulator);
}

/** Adds what one entry of `resources` names: the objects of a file, or the result of a base. */
function addEntry(layer: Layer, accumulator: Accumulator, entry: Field<Scalar>): void {
  const { text: path, origin } = entry.node;
  const outcome = isRemoteFile(path) ? undefined : tryFile(layer.reading, layer.root, path);
  if (outcome !== undefined && isLoaded(outcome)) addFile(layer, accumulator, entry, outcome);
  else if (outcome === undefined || parseRepositoryUrl(path) !== undefined) addRemote(layer, accumulator, entry);
  else if (outcome.kind !== "directory") throw loadFailure(outcome, layer.root, path, origin.place);
  else addBase(layer, accumulator, loadRoot(layer.reading, layer.root, path, origin.place), entry);
}

function addRemote(layer: Layer, accumulator: Accumulator, entry: Field<Scalar>): void {
  const { text: url, origin } = entry.node;
  const found = fetchRemote(layer.run, url, origin.place);
  if (found.kind === "file") addFile(layer, accumulator, entry, found.source);
  else addBase(layer, accumulator, loadFetchedRoot(layer.reading, layer.root, { ...found, url }, origin.place), entry);
}

function addFile(layer: Layer, accumulator: Accumulator, entry: Field<Scalar>, file: SourceFile): void {
  const { objects, problems } = layer.run.documents.objectsOf(file);
  for (const problem of problems) layer.report(problem);
  if (problems.length > 0) accumulator.partial = true;
  const buildOrigin = layer.origin === undefined ? undefined : extendOrigin(layer.origin, entry.node.text);
  for (const node of objects) {
    const resource = resourceAsRead(layer, node, buildOrigin);
    noteKind(layer, resource);
    attempt(layer, accumulator, () => appendResource(accumulator, resource, entry.node.origin.place));
  }
}

/** The resource of an object as its file says it: the same one as in former builds, so that their steps are known. */
function resourceAsRead(layer: Layer, node: Mapping, buildOrigin: BuildOrigin | undefined): Resource {
  const { memos, schema } = layer.run;
  const make = (): Resource => layerResource(layer, node, { ...initialState(node), buildOrigin });
  return memos === undefined || buildOrigin !== undefined ? make() : memos.asRead(node, schema, make);
}

function addBase(layer: Layer, accumulator: Accumulator, root: Root, entry: Field<Scalar>): void {
  const { place } = entry.node.origin;
  demandFewObjects(accumulator.handedOn, place);
  const result = followingSchema(layer, accumulator, () => buildBase(layer, root, entry));
  for (const directory of result.directories) layer.directories.add(directory);
  noteSchemaUse(layer, result.schemaUse);
  if (result.isComponent) throw componentAsResource(root, entry.node);
  for (const problem of result.problems) layer.report(problem);
  for (const step of result.idle) layer.notice(step);
  if (result.partial) accumulator.partial = true;
  accumulator.handedOn += result.handedOn + result.resources.length;
  demandFewObjects(accumulator.handedOn, place);
  let clash: BuildFailure | undefined;
  for (const resource of result.resources) {
    try {
      appendResource(accumulator, resource, place);
    } catch (error) {
      if (!(error instanceof BuildFailure)) throw error;
      clash ??= error;
    }
  }
  if (clash !== undefined) throw clash;
  accumulator.config = mergeConfigs(accumulator.config, result.config, place);
  for (const variable of result.variables) addVariable(accumulator, variable);
}

/**
 * Does `work`, which may name the schema of the build. Upstream makes ids anew for each comparison, so what was gathered before is seen
 * through the new schema from then on.
 */
function followingSchema<T>({ run }: Layer, { set }: Accumulator, work: () => T): T {
  const before = run.schema;
  try {
    return work();
  } finally {
    const { isClusterScoped } = run.schema;
    if (run.schema !== before) set.replaceAll(set.resources.map((resource) => withScope(resource, isClusterScoped)));
  }
}

/** Builds a base, or takes its result from the cache. */
function buildBase(layer: Layer, root: Root, entry: Field<Scalar>): LayerResult {
  const { run } = layer;
  const origin = layer.origin === undefined ? undefined : extendOrigin(layer.origin, entry.node.text);
  const helmNamespace = textField(layer.kustomization.fields.node, "namespace") || layer.helmNamespace;
  const key: LayerKey = { root, schema: run.schema, context: JSON.stringify([run.context, origin, helmNamespace]) };
  const kept = run.layers.find(key, run.loader);
  if (kept !== undefined) {
    layer.reading.absorb(kept.found);
    return kept;
  }
  demandFewLayers(++run.layersBuilt, entry.node.origin.place);
  const reading = layer.reading.fork();
  const portCalls = run.portCalls;
  try {
    const kustomization = run.kustomizations.read(reading, root, entry.node.origin.place);
    useSchema(run, reading, root, kustomization);
    const result = buildLayer({ run, reading, origin, helmNamespace }, root, kustomization);
    if (run.schema === key.schema && run.portCalls === portCalls) run.layers.keep(key, run.loader, result);
    return result;
  } finally {
    layer.reading.absorb(reading.found);
  }
}

/** Lets a component do its work on what the layer has gathered so far. */
function include(layer: Layer, accumulator: Accumulator, entry: Field<Scalar>): void {
  const { text: path, origin } = entry.node;
  const root = componentRoot(layer, path, origin.place);
  layer.directories.add(root.path);
  demandFewLayers(++layer.run.layersBuilt, origin.place);
  const kustomization = layer.run.kustomizations.read(layer.reading, root, origin.place);
  followingSchema(layer, accumulator, () => useSchema(layer.run, layer.reading, root, kustomization));
  if (!kustomization.isComponent) throw noComponent(root, entry.node);
  const component = openLayer(
    {
      ...layer,
      origin: layer.origin === undefined ? undefined : extendOrigin(layer.origin, path),
      helmNamespace: textField(layer.kustomization.fields.node, "namespace") || layer.helmNamespace,
    },
    root,
    kustomization,
  );
  accumulate(component, accumulator);
  demandDistinct(accumulator, origin.place);
}

/**
 * Upstream adds what a component leaves behind to a new collection, object by object.
 * @throws BuildFailure when two of them have become the same.
 */
function demandDistinct({ set }: Accumulator, place: Place): void {
  const seen = new ResourceSet();
  for (const resource of set.resources) {
    const [known] = seen.sameAs(resource);
    if (known !== undefined) throw new BuildFailure(duplicateProblem(resource, seen.at(known), place));
    seen.append(resource);
  }
}

function componentRoot(layer: Layer, path: string, place: Place): Root {
  if (parseRepositoryUrl(path) === undefined) return loadRoot(layer.reading, layer.root, path, place);
  const found = fetchRemote(layer.run, path, place);
  if (found.kind === "directory") return loadFetchedRoot(layer.reading, layer.root, { ...found, url: path }, place);
  throw new BuildFailure({
    code: "kustomization/not-a-directory",
    severity: "error",
    place,
    message: `\`${path}\` is a file, not a component.`,
    help: "Name the directory of a component.",
  });
}

function componentAsResource(root: Root, entry: Scalar): BuildFailure {
  return new BuildFailure({
    code: "kustomization/component-as-resource",
    severity: "error",
    place: entry.origin.place,
    message: `\`${entry.text}\` is a Component.`,
    help: "Move the entry to `components`.",
    detail: `expected kind != 'Component' for path '${root.path}'`,
    data: { path: entry.text },
  });
}

function noComponent(root: Root, entry: Scalar): BuildFailure {
  return new BuildFailure({
    code: "kustomization/resource-as-component",
    severity: "error",
    place: entry.origin.place,
    message: `\`${entry.text}\` is a Kustomization, not a Component.`,
    help: "Move the entry to `resources`, or write `kind: Component` there.",
    detail: `expected kind 'Component' for path '${root.path}' but got 'Kustomization'`,
    data: { path: entry.text },
  });
}
