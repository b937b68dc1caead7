import { type Cause, getValue, type Mapping, type Node } from "../yaml/node";
import { initialState } from "./buildAnnotations";
import { BuildFailure } from "./failure";
import { flagField, mappingField, textField, textItems } from "./fields";
import { joinPath } from "./filePath";
import { type Layer, layerResource } from "./layer";
import type { HelmRequest } from "./ports";
import type { Resource } from "./resource";

/**
 * Inflates one chart through the host's port (upstream: `HelmChartInflationGenerator`).
 * @throws BuildFailure: the placeholder of a host without helm, or the reason why helm failed.
 */
export function inflateChart(
  layer: Layer,
  chart: Mapping,
  globals: Mapping | undefined,
  cause: Cause,
): readonly Resource[] {
  const { run } = layer;
  const name = textField(chart, "name") || textField(chart, "chartName");
  const place = (getValue(chart, "name") ?? getValue(chart, "chartName"))?.origin.place ?? cause.place;
  if (run.options.helm === undefined) {
    throw new BuildFailure({
      code: "kustomization/helm-not-run",
      severity: "error",
      place,
      message: `The helm chart ${name} was not inflated; the build goes on without it.`,
      help: "Let the host run helm, or commit what the chart renders to and list it under `resources`.",
      detail: "must specify --enable-helm",
      data: { chart: name },
    });
  }
  if (name === "") throw helmFailure(place, "A chart must have a name.", "chart name cannot be empty");
  run.portCalls++;
  const found = run.options.helm.inflate(requestFrom(layer, chart, globals, name));
  if (found.kind === "failed")
    throw helmFailure(place, `helm could not render ${name}: ${found.reason}`, "unable to run:");
  if (found.kind === "pending") {
    run.portIsPending = true;
    throw new BuildFailure({
      code: "kustomization/pending-file",
      severity: "error",
      place,
      message: "helm is running.",
    });
  }
  const { objects, problems } = run.documents.objectsOf(found.source);
  const [broken] = problems;
  if (broken !== undefined) throw new BuildFailure(broken);
  return objects.map((node) => layerResource(layer, node, { ...initialState(node), fromHelm: true }));
}

/** The request of a `helmCharts` entry, a deprecated `helmChartInflationGenerator` entry or a plugin's configuration. */
function requestFrom(layer: Layer, chart: Mapping, globals: Mapping | undefined, name: string): HelmRequest {
  const either = (field: string, old: string): string => textField(chart, field) || textField(chart, old);
  const home = (field: string, old: string): string => textField(globals, field) || either(field, old);
  const namespace = textField(layer.kustomization.fields.node, "namespace") || layer.helmNamespace;
  const inline = mappingField(chart, "valuesInline") ?? mappingField(chart, "valuesLocal");
  return {
    root: layer.root.path,
    chartHome: joinPath(layer.root.path, home("chartHome", "chartHome") || "charts"),
    configHome: home("configHome", "helmHome"),
    name,
    version: either("version", "chartVersion"),
    repo: either("repo", "chartRepoUrl"),
    releaseName: textField(chart, "releaseName"),
    namespace: textField(chart, "namespace") || namespace,
    nameTemplate: textField(chart, "nameTemplate"),
    valuesFile: either("valuesFile", "values"),
    additionalValuesFiles: textItems(chart, "additionalValuesFiles"),
    valuesInline: inline === undefined ? undefined : jsonOf(inline),
    valuesMerge: textField(chart, "valuesMerge") || "override",
    apiVersions: textItems(chart, "apiVersions"),
    kubeVersion: textField(chart, "kubeVersion"),
    includeCrds: flagField(chart, "includeCRDs"),
    skipHooks: flagField(chart, "skipHooks"),
    skipTests: flagField(chart, "skipTests"),
  };
}

function jsonOf(node: Node): string {
  if (node.kind === "sequence") return `[${node.items.map(jsonOf).join(",")}]`;
  if (node.kind === "mapping") {
    return `{${node.entries.map(({ key, value }) => `${JSON.stringify(key.text)}:${jsonOf(value)}`).join(",")}}`;
  }
  if (node.tag === "null") return "null";
  return node.tag === "bool" || node.tag === "int" || node.tag === "float" ? node.text : JSON.stringify(node.text);
}

function helmFailure(place: Cause["place"], message: string, detail: string): BuildFailure {
  return new BuildFailure({
    code: "kustomization/helm-failed",
    severity: "error",
    place,
    message,
    help: "Run `helm template` by hand to see more.",
    detail,
  });
}
