import type { Hit, Rule } from "../../../analysis/rule";
import { type DeployedApplication, deployedApplications, destinationNamespace } from "../deployedApplications";
import { applicationText, configText, repositorySample } from "../deployedSamples";
import { nameNode, objectsOfApplication, type SourceObject } from "../sourceObjects";

const files = ["dev", "test"]
  .map((stage) => `#- overlays/${stage}/config.yaml\n${configText(`settings-${stage}`)}`)
  .join("");
const first = applicationText();
const second = applicationText({ name: "book-test" });

/** An object that two Applications deploy into the same place. */
export const sharedObject: Rule = {
  code: "argocd/shared-object",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const owners = new Map<string, { readonly application: DeployedApplication; readonly object: SourceObject }>();
    for (const application of deployedApplications(context)) {
      const shared = new Map<DeployedApplication, SourceObject[]>();
      for (const object of objectsOfApplication(context, application) ?? []) {
        const key = keyOf(object, application);
        const owner = owners.get(key);
        if (owner === undefined) owners.set(key, { application, object });
        else if (!isSame(owner.application, application)) {
          shared.set(owner.application, [...(shared.get(owner.application) ?? []), object]);
        }
      }
      for (const [owner, objects] of shared) yield describe(application, owner, objects);
    }
  },
  docs: {
    summary: "Two Applications deploy the same object into the same namespace of the same cluster.",
    explanation:
      "Each of them takes it from the other with every sync, and deletes it when it is removed from its own source. Only Applications that are deployed together are compared.",
    bad: `${repositorySample}${files}#- application.yaml\n${first}---\n${second}`,
    good: `${repositorySample}${files}#- application.yaml\n${first}---\n${applicationText({ name: "book-test", path: "overlays/test" })}`,
  },
};

/** Where an object ends up. Applications that are not deployed together may be for different clusters. */
function keyOf({ group, kind, name, namespace, scope }: SourceObject, deployed: DeployedApplication): string {
  const { destination } = deployed.application;
  const place = scope === "Cluster" ? "" : (namespace ?? destinationNamespace(deployed)?.text ?? "");
  const cluster = destination?.server?.text ?? destination?.name?.text;
  const together = deployed.root ?? deployed.name.origin.place.file.path;
  return [together, deployed.application.namespace?.text, cluster, group, kind, place, name].join("\n");
}

function isSame(one: DeployedApplication, other: DeployedApplication): boolean {
  return one.name.text === other.name.text;
}

function describe(application: DeployedApplication, owner: DeployedApplication, objects: readonly SourceObject[]): Hit {
  const [object] = objects;
  const more = objects.length - 1;
  const rest = more === 0 ? "" : more === 1 ? " and one other object" : ` and ${more} other objects`;
  const path = application.sources.find((source) => source.directory !== undefined)?.source.path;
  return {
    place: (path ?? application.name).origin.place,
    message: `\`${owner.name.text}\` deploys the ${object?.kind} \`${object?.name}\`${rest} into the same place.`,
    help: "Give each object one owner, or another namespace.",
    detail: "SharedResourceWarning",
    related: [
      { place: owner.name.origin.place, message: "The other Application." },
      ...(object === undefined ? [] : [{ place: nameNode(object).origin.place, message: "The object." }]),
    ],
  };
}
