import type { Cause, Mapping } from "../yaml/node";
import { absorb } from "./absorb";
import { builtinOrigin, pluginOrigin } from "./buildMetadata";
import { type Field, mappingField, mappingItems, textField } from "./fields";
import { type IamPolicy, makeIamServiceAccount } from "./filters/iamPolicy";
import { type Generated, makeConfigMap, makeSecret } from "./generators/generate";
import type { ReadContent } from "./generators/keyValue";
import { contentReader } from "./generators/readContent";
import { inflateChart } from "./helmCharts";
import { type Accumulator, attempt, type Layer, layerResource } from "./layer";
import { misplacedPlugin, type Plugin, readPlugins } from "./plugins";
import { fetchRemoteFile } from "./remoteBase";
import { isRemoteFile } from "./remoteUrl";
import { type BuildOrigin, freshState, type Resource } from "./resource";
import { headOf } from "./resourceFile";
import { scalarIn } from "./transformers/changes";
import { causeOf } from "./transformers/transformer";

/** Runs the generators of a kustomization in upstream's order: ConfigMaps, Secrets, charts, then configured plugins. */
export function runGenerators(layer: Layer, accumulator: Accumulator): void {
  const { fields } = layer.kustomization;
  const globals = mappingField(fields.node, "helmGlobals");
  const run = (field: string, kind: string, make: (entry: Field<Mapping>, cause: Cause) => readonly Resource[]) => {
    const origin =
      layer.origin === undefined ? undefined : builtinOrigin(layer.origin, layer.kustomization.fileName, kind);
    for (const entry of mappingItems(fields, field)) {
      const cause = causeOf(field, entry);
      const succeeded = attempt(layer, accumulator, () =>
        add(layer, accumulator, make(entry, cause), { origin, cause }),
      );
      if (!succeeded) accumulator.partial = true;
    }
  };
  run("configMapGenerator", "ConfigMapGenerator", (entry, cause) => [
    generated(layer, makeConfigMap(requestOf(layer, entry, cause))),
  ]);
  run("secretGenerator", "SecretGenerator", (entry, cause) => [
    generated(layer, makeSecret(requestOf(layer, entry, cause))),
  ]);
  for (const field of ["helmCharts", "helmChartInflationGenerator"]) {
    run(field, "HelmChartInflationGenerator", (entry, cause) => inflateChart(layer, entry.node, globals, cause));
  }
  runPlugins(layer, accumulator);
}

function runPlugins(layer: Layer, accumulator: Accumulator): void {
  for (const plugin of readPlugins(layer, accumulator, "generators")) {
    const cause: Cause = { transformer: plugin.kind, place: headOf(plugin.config.node), path: "" };
    const succeeded = attempt(layer, accumulator, () => {
      const made = runPlugin(layer, plugin, cause);
      add(layer, accumulator, made, { origin: pluginOrigin(plugin.config), cause });
    });
    if (!succeeded) accumulator.partial = true;
  }
}

function runPlugin(layer: Layer, plugin: Plugin, cause: Cause): readonly Resource[] {
  const { fields, kind } = plugin;
  const request = { args: fields, read: readerOf(layer), cause };
  switch (kind) {
    case "ConfigMapGenerator":
      return [generated(layer, makeConfigMap(request))];
    case "SecretGenerator":
      return [generated(layer, makeSecret(request))];
    case "HelmChartInflationGenerator":
      return inflateChart(layer, fields.node, undefined, cause);
    case "IAMPolicyGenerator":
      return [layerResource(layer, makeIamServiceAccount(iamPolicyFrom(fields), cause))];
    default:
      throw misplacedPlugin(plugin, "generator");
  }
}

function iamPolicyFrom({ node }: Field<Mapping>): IamPolicy {
  const service = mappingField(node, "kubernetesService");
  const account = mappingField(node, "serviceAccount");
  return {
    cloud: textField(node, "cloud"),
    kubernetesName: scalarIn(service, "name"),
    kubernetesNamespace: scalarIn(service, "namespace"),
    serviceAccountName: scalarIn(account, "name"),
    projectId: scalarIn(account, "projectId"),
  };
}

/** Generators may name files far away too. */
function readerOf(layer: Layer): ReadContent {
  const read = contentReader(layer.reading, layer.root);
  return (path, place) =>
    isRemoteFile(path) ? { source: fetchRemoteFile(layer.run, path, place) } : read(path, place);
}

function requestOf(layer: Layer, args: Field<Mapping>, cause: Cause) {
  const globalOptions = mappingField(layer.kustomization.fields.node, "generatorOptions");
  return { args, globalOptions, read: readerOf(layer), cause };
}

function generated(layer: Layer, { node, behavior, needsHash }: Generated): Resource {
  return layerResource(layer, node, { ...freshState, generated: true, behavior, needsHash });
}

interface Made {
  readonly origin: BuildOrigin | undefined;
  readonly cause: Cause;
}

function add(layer: Layer, accumulator: Accumulator, made: readonly Resource[], { origin, cause }: Made): void {
  for (const resource of made) {
    const withOrigin = resource.buildOrigin === undefined ? { ...resource, buildOrigin: origin } : resource;
    absorb(accumulator, withOrigin, layer.run.schema.isClusterScoped, cause);
  }
}
