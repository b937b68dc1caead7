import type { Finding, Fix } from "../../../analysis/finding";
import { type FoundReference, findReferences } from "../../../analysis/nameReference";
import { renderedObjects } from "../../../analysis/renderedObjects";
import { toChanges } from "../../../analysis/repair";
import type { BuildContext, FixContext, Hit, Rule } from "../../../analysis/rule";
import { nameReferenceRules } from "../../../kustomize/nameReferenceRules";
import type { Resource } from "../../../kustomize/resource";
import { defaultConfig } from "../../../kustomize/transformerConfig";
import { joinPath, parentPath } from "../../../platform/path";
import { appendItem } from "../../../yaml/edit";
import { getIn } from "../../../yaml/node";

const sample = (prefix: string): string =>
  `#- kustomization.yaml\n${prefix}resources:\n- service.yaml\n- route.yaml\n#- service.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n  - port: 80\n#- route.yaml\napiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: web\nspec:\n  to:\n    kind: Service\n    name: web\n  tls:\n    termination: edge\n    insecureEdgeTerminationPolicy: Redirect\n`;

/** A renamed object, and a field that Kustomize does not know, so that it still says the old name. */
export const nameNotFollowed: Rule = {
  code: "kustomization/name-not-followed",
  severity: "warning",
  scope: "build",
  *check(context) {
    // What is a part of others is deployed by them, with what they add.
    const isPart = context.snapshot.graph.includersOf(context.root).length > 0;
    const renamed = isPart ? new Map<string, Resource>() : findRenamed(context);
    if (renamed.size === 0) return;
    for (const resource of context.result.resources) {
      for (const reference of findReferences(resource.node, context.references)) {
        const { group, kind, name, namespace } = reference.object;
        const target = renamed.get(`${group}\n${kind}\n${name}`);
        if (target === undefined || (namespace && target.id.namespace && namespace !== target.id.namespace)) continue;
        yield hitFor(reference, resource, target);
      }
    }
  },
  docs: {
    summary: "An object was renamed by a prefix, a suffix or a hash, and a field that names it was not.",
    explanation:
      "Kustomize follows the names of objects through the fields of Kubernetes' own kinds. It does not know those of Routes, of Tekton, of Argo Rollouts and of other custom resources, unless a file under `configurations` names them in `nameReference`. The fix writes that file.",
    bad: sample("namePrefix: dev-\n"),
    good: sample(""),
  },
  fix: followField,
};

/** Objects by the names that they had, as far as nothing else in the build has such a name now. */
function findRenamed({ result }: BuildContext): ReadonlyMap<string, Resource> {
  const renamed = new Map<string, Resource>();
  const objects = renderedObjects(result);
  for (const resource of result.resources) {
    const { group, name } = resource.id;
    for (const former of resource.previousIds) {
      if (former.name === name || objects.find(group, former.kind, former.name).length > 0) continue;
      renamed.set(`${group}\n${former.kind}\n${former.name}`, resource);
    }
  }
  return renamed;
}

function hitFor({ place, path, object }: FoundReference, from: Resource, { node, id }: Resource): Hit {
  const change = getIn(node, ["metadata", "name"])?.origin.change;
  const field = fieldPath(path);
  const isKnown = isFollowed(from, field);
  const reason = isKnown
    ? "this still says the old name, because the two have different namespaces, prefixes or suffixes"
    : `Kustomize does not follow the name in \`${field.replaceAll("/", ".")}\` of a ${from.id.kind}`;
  return {
    place,
    message: `The ${id.kind} \`${object.name}\` is called \`${id.name}\` in the build, and ${reason}.`,
    help: isKnown
      ? "Give both the same namespace and prefix, in the same kustomization."
      : "Name the field in a file under `configurations`, with the key `nameReference`.",
    related: change === undefined ? [] : [{ place: change.place, message: `It is renamed here to \`${id.name}\`.` }],
    data: {
      kustomization: change?.place.file.path,
      fileName: `${from.id.kind.toLowerCase()}-references.yaml`,
      configuration: isKnown ? undefined : configurationFor(id, from.id, field),
    },
  };
}

/** Whether Kustomize follows names in a field, as far as it counts two objects as belonging together. */
function isFollowed({ id }: Resource, field: string): boolean {
  const rules = nameReferenceRules(defaultConfig, id).flat();
  return rules.some(({ path }) => path === field || `${path}/name` === field);
}

/** The path as a field spec writes it: without positions, which Kustomize goes through by itself. */
function fieldPath(pointer: string): string {
  const steps = pointer.split("/").slice(1);
  return steps
    .filter((step) => !/^\d+$/.test(step))
    .map((step) => step.replaceAll("~1", "\\/").replaceAll("~0", "~"))
    .join("/");
}

function configurationFor(target: Resource["id"], from: Resource["id"], path: string): string {
  const group = (name: string): string => (name === "" ? "" : `  group: ${name}\n`);
  return `nameReference:\n- kind: ${target.kind}\n${group(target.group)}  version: ${target.version}\n  fieldSpecs:\n  - kind: ${from.kind}\n${group(from.group).replace("  ", "    ")}    path: ${path}\n`;
}

/** Writes the configuration beside the kustomization that renames the object, and lists it there. */
function followField({ data }: Finding, { snapshot }: FixContext): readonly Fix[] {
  const [path, fileName, text] = [data?.["kustomization"], data?.["fileName"], data?.["configuration"]];
  if (typeof path !== "string" || typeof fileName !== "string" || typeof text !== "string") return [];
  const created = joinPath(parentPath(path), fileName);
  const document = snapshot.documents(path)[0];
  const edits = document && appendItem(document, ["configurations"], fileName);
  if (document === undefined || edits === undefined || snapshot.lookUp(created).kind === "file") return [];
  const title = `Let Kustomize follow this field, with '${fileName}'`;
  return [{ title, edits: toChanges(document.file, edits), creates: [{ path: created, text }], preferred: true }];
}
