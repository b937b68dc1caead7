import type { Hit, Rule } from "../../../analysis/rule";
import { type DeployedApplication, deployedApplications, destinationNamespace } from "../deployedApplications";
import { applicationText, configText, repositorySample } from "../deployedSamples";
import { nameNode, objectsOfApplication, type SourceObject } from "../sourceObjects";

const sample = (second: string): string =>
  `${repositorySample}#- overlays/dev/a.yaml\n${configText("settings")}#- overlays/dev/b.yaml\n${configText(second)}#- application.yaml\n${applicationText()}`;

/** An object that an Application deploys twice: most often from two files of a plain directory. */
export const repeatedObject: Rule = {
  code: "argocd/repeated-object",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const application of deployedApplications(context)) {
      const first = new Map<string, SourceObject>();
      for (const object of [...(objectsOfApplication(context, application) ?? [])].sort(byPlace)) {
        const key = keyOf(object, application);
        const before = first.get(key);
        if (before === undefined) first.set(key, object);
        else yield describe(object, before, application);
      }
    }
  },
  docs: {
    summary: "An Application deploys an object twice.",
    explanation:
      "Of a plain directory Argo CD takes every manifest. Of two with the same kind, name and namespace one counts, and the Application shows a `RepeatedResourceWarning`. (Kustomize refuses to build that.)",
    bad: sample("settings"),
    good: sample("colours"),
  },
};

/** What tells objects apart in the cluster. An object without a namespace goes into that of the destination. */
function keyOf({ group, kind, name, namespace, scope }: SourceObject, deployed: DeployedApplication): string {
  const place = scope === "Cluster" ? "" : namespace || destinationNamespace(deployed)?.text || "";
  return [group, kind, place, name].join("\n");
}

/** As files come in a directory: the later one is told. */
function byPlace(a: SourceObject, b: SourceObject): number {
  const [one, other] = [a.node.origin.place, b.node.origin.place];
  if (one.file.path !== other.file.path) return one.file.path < other.file.path ? -1 : 1;
  return one.start - other.start;
}

function describe(object: SourceObject, before: SourceObject, { name }: DeployedApplication): Hit {
  return {
    place: nameNode(object).origin.place,
    message: `\`${name.text}\` deploys the ${object.kind} \`${object.name}\` twice; only one of the two counts.`,
    help: "Remove or rename one of the two.",
    detail: "RepeatedResourceWarning",
    related: [
      { place: nameNode(before).origin.place, message: "The other one." },
      { place: name.origin.place, message: "The Application." },
    ],
  };
}
