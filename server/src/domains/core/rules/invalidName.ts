import { type CheckedObject, objectsOf } from "../../../analysis/checkedObjects";
import { isToFillIn } from "../../../analysis/manifests";
import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { groupOf } from "../../../kubernetes/apiGroup";
import { getIn, textOf } from "../../../yaml/node";

/** A name that the API server does not take for the kind. */
export const invalidName: Rule = {
  code: "core/invalid-name",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const object of objectsOf(context)) {
      if (object.known === undefined || object.partial || object.inTemplate) continue;
      const name = getIn(object.node, ["metadata", "name"]);
      const text = textOf(name);
      if (name === undefined || text === undefined || isPlaceholder(text) || text === "_") continue;
      // Pipelines as Code makes a name of its own.
      if (context.file.path.includes("/.tekton/") || isToFillIn(context.file.path)) continue;
      const mistake = nameMistake(text, object);
      if (mistake === undefined) continue;
      const message = `\`${text}\` cannot be the name of a ${object.kind}: ${mistake}.`;
      yield { place: name.origin.place, message, help: "Choose another name." };
    }
  },
  docs: {
    summary: "The name of an object is one that the API server does not take.",
    explanation:
      "Most names are lower-case letters, digits, `-` and `.`, at most 253 of them. A Namespace and a Service take no dots and 63 characters, a CronJob 52; names of roles may hold almost anything.",
    bad: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: Web_Config\n",
    good: "#- a.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-config\n",
  },
};

const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/** apimachinery `validation`: what a name must be, by kind. */
function nameMistake(name: string, { apiVersion, kind }: CheckedObject): string | undefined {
  const group = groupOf(apiVersion);
  if (hasPathNames(group)) {
    return name === "." || name === ".." || /[/%]/.test(name) ? "`/` and `%` cannot stand in it" : undefined;
  }
  if (group === "" && (kind === "Namespace" || kind === "Service")) {
    if (!label.test(name)) return "only lower-case letters, digits and `-` can stand in it, none of these at an end";
    return tooLong(name, 63);
  }
  if (!name.split(".").every((part) => label.test(part))) {
    return "only lower-case letters, digits, `-` and `.` can stand in it, and it begins and ends with a letter or digit";
  }
  return tooLong(name, group === "batch" && kind === "CronJob" ? 52 : group === "batch" ? 63 : 253);
}

function tooLong(name: string, most: number): string | undefined {
  return name.length > most ? `it has ${name.length} characters, ${most} are allowed` : undefined;
}

/** Groups whose names are only parts of a URL. */
function hasPathNames(group: string): boolean {
  return /^(?:rbac\.authorization|certificates)\.k8s\.io$|\.openshift\.io$/.test(group);
}
