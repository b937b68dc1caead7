import type { Hit, Rule } from "../../../analysis/rule";
import { permitsKind } from "../../../argocd/projectPermission";
import { getValue } from "../../../yaml/node";
import { deployedApplications } from "../deployedApplications";
import { applicationText, namespaceText, projectText, repositorySample } from "../deployedSamples";
import { placeOfProject, projectOf, refusal } from "../projects";
import { objectsOfApplication } from "../sourceObjects";

const anywhere = ["sourceRepos:", "- '*'", "destinations:", "- server: '*'", "  namespace: '*'"];
const files = `#- overlays/dev/namespace.yaml\n${namespaceText("book-dev")}`;

/** An object of a kind that the project may not deploy. */
export const kindNotPermitted: Rule = {
  code: "argocd/kind-not-permitted",
  severity: "error",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const deployed of deployedApplications(context)) {
      const projects = projectOf(context, deployed);
      if (projects.length === 0) continue;
      const refused = new Set<string>();
      for (const { node, group, kind, name, scope } of objectsOfApplication(context, deployed) ?? []) {
        if (scope === undefined || refused.has(`${group}/${kind}`)) continue;
        const clusterScoped = scope === "Cluster";
        if (projects.some((project) => permitsKind(project, { group, kind, name, clusterScoped }))) continue;
        refused.add(`${group}/${kind}`);
        const list = clusterScoped ? "clusterResourceWhitelist" : "namespaceResourceWhitelist";
        yield {
          place: (getValue(node, "kind") ?? node).origin.place,
          message: `\`${deployed.name.text}\` deploys a ${kind}, which the project \`${projects[0]?.name}\` does not permit.`,
          help: `Add \`{group: ${JSON.stringify(group)}, kind: ${kind}}\` to \`${list}\` of the project.`,
          detail: `resource ${group}:${kind} is not permitted in project ${projects[0]?.name}`,
          severity: refusal(deployed, projects),
          related: placeOfProject(projects, ["spec", list], "What the project permits."),
        };
      }
    }
  },
  docs: {
    summary: "An Application renders an object of a kind that its project does not permit.",
    explanation:
      "The sync fails. Kinds that live in no namespace, such as Namespaces, are permitted only when `clusterResourceWhitelist` of the project lists them; others unless a list excludes them.",
    bad: `${repositorySample}${files}#- project.yaml\n${projectText(...anywhere)}#- application.yaml\n${applicationText({ project: "book" })}`,
    good: `${repositorySample}${files}#- project.yaml\n${projectText(...anywhere, "clusterResourceWhitelist:", "- group: ''", "  kind: Namespace")}#- application.yaml\n${applicationText({ project: "book" })}`,
  },
};
