import { asPrinted } from "../yaml/asPrinted";
import type { Mapping, Scalar } from "../yaml/node";
import { initialState } from "./buildAnnotations";
import { extendOrigin } from "./buildMetadata";
import { decode } from "./decode";
import { BuildFailure } from "./failure";
import { type Field, scalarItems } from "./fields";
import { requireJson } from "./jsonConfig";
import { pluginShapes } from "./kustomizationShape";
import { type Accumulator, appendResource, attempt, emptyAccumulator, type Layer, layerResource } from "./layer";
import type { Resource } from "./resource";
import { headOf, objectsOf } from "./resourceFile";
import { apiVersionOf, gvkText, idText } from "./resourceId";

/** A configured plugin: the object that configures it, and its decoded fields. */
export interface Plugin {
  readonly config: Resource;
  readonly kind: string;
  readonly fields: Field<Mapping>;
}

/**
 * Reads the plugin configurations that a field lists: inline, in files, or as the result of a kustomization. Plugins that
 * would run a program are reported and left out.
 */
export function readPlugins(
  layer: Layer,
  accumulator: Accumulator,
  field: "generators" | "transformers" | "validators",
): readonly Plugin[] {
  const configs: Accumulator = emptyAccumulator();
  const named: Field<Scalar>[] = [];
  const entries = scalarItems(layer.kustomization.fields, field);
  for (const entry of entries) {
    const read = inlineObjects(layer, entry);
    if (read === undefined) named.push(entry);
    else {
      attempt(layer, accumulator, () => {
        for (const config of read) appendResource(configs, config, entry.node.origin.place);
      });
    }
  }
  layer.gather(configs, named);
  if (configs.partial) accumulator.partial = true;
  return configs.set.resources.flatMap((config) => {
    const plugin = configure(layer, accumulator, config, entries);
    return plugin === undefined ? [] : [plugin];
  });
}

/** The objects of an entry that is itself YAML of objects; `undefined` when it is a path. */
function inlineObjects(layer: Layer, entry: Field<Scalar>): readonly Resource[] | undefined {
  const { file } = entry.node.origin.place;
  const { objects, problems } = objectsOf(file, layer.run.documents.embeddedIn(entry.node));
  if (problems.length > 0) return undefined;
  const buildOrigin = layer.origin === undefined ? undefined : extendOrigin(layer.origin, layer.kustomization.fileName);
  return objects.map((node) => layerResource(layer, node, { ...initialState(node), buildOrigin }));
}

function configure(
  layer: Layer,
  accumulator: Accumulator,
  config: Resource,
  entries: readonly Field[],
): Plugin | undefined {
  let plugin: Plugin | undefined;
  attempt(layer, accumulator, () => {
    const { kind } = config.id;
    if (apiVersionOf(config.id) !== "builtin") throw notRun(config, entries[0]);
    const shape = pluginShapes.get(kind);
    if (shape === undefined) throw unknownKind(config);
    requireJson(config.node);
    const { value, problems } = decode(asPrinted(config.node), shape, {
      unknownFields: "ignore",
      lenientStrings: readByText.has(kind) ? "text" : "sigs",
      what: kind,
    });
    const [broken] = problems;
    if (broken !== undefined) throw new BuildFailure(broken);
    plugin = { config, kind, fields: { node: value, path: "" } };
  });
  return plugin;
}

/** The plugins that upstream reads with go-yaml where it reads all others with sigs.k8s.io/yaml. */
const readByText: ReadonlySet<string> = new Set(["PrefixTransformer", "SuffixTransformer", "PrefixSuffixTransformer"]);

/** Programs, containers and Go plugins are never run: a configuration file must not start anything on its reader's machine. */
function notRun(config: Resource, entry: Field | undefined): BuildFailure {
  const { kind } = config.id;
  const place = headOf(config.node);
  const isElsewhere = entry !== undefined && entry.node.origin.place.file !== place.file;
  return new BuildFailure({
    code: "kustomization/plugin-not-run",
    severity: "error",
    place: isElsewhere ? entry.node.origin.place : place,
    message: `${kind} is no plugin of Kustomize itself; it would run a program, and that is never done here.`,
    help: "Commit what the plugin generates and list it under `resources`, or use a built-in plugin (`apiVersion: builtin`).",
    detail: `external plugins disabled; unable to load external plugin '${kind}'`,
    related: isElsewhere ? [{ place, message: "The plugin is configured here." }] : undefined,
    data: { kind },
  });
}

function unknownKind(config: Resource): BuildFailure {
  return new BuildFailure({
    code: "kustomization/unknown-plugin",
    severity: "error",
    place: headOf(config.node),
    message: `Kustomize has no built-in plugin ${config.id.kind}.`,
    help: `Use one of ${[...pluginShapes.keys()].join(", ")}.`,
    detail: `unable to load builtin ${gvkText(config.id)}`,
  });
}

/** A plugin of one field that belongs in another. */
export function misplacedPlugin(plugin: Plugin, wanted: "generator" | "transformer"): BuildFailure {
  return new BuildFailure({
    code: "kustomization/misplaced-plugin",
    severity: "error",
    place: headOf(plugin.config.node),
    message: `${plugin.kind} is no ${wanted}.`,
    help: `Move it to \`${wanted === "generator" ? "transformers" : "generators"}\`.`,
    detail: `plugin ${idText(plugin.config.id)} not a ${wanted}`,
  });
}
