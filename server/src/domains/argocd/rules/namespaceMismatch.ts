import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { permitsDestination } from "../../../argocd/projectPermission";
import { getValue, type Node } from "../../../yaml/node";
import { findInstances } from "../argocdInstances";
import { type DeployedApplication, deployedApplications, destinationNamespace } from "../deployedApplications";
import { applicationText, configText, repositorySample } from "../deployedSamples";
import { projectOf } from "../projects";
import { objectsOfApplication } from "../sourceObjects";

const files = `#- overlays/dev/kustomization.yaml\nnamespace: book-dev\nresources:\n- config.yaml\n#- overlays/dev/config.yaml\n${configText("settings")}`;

/** An overlay that puts everything into another namespace than the Application says. */
export const namespaceMismatch: Rule = {
  code: "argocd/namespace-mismatch",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const deployed of deployedApplications(context)) {
      const wanted = destinationNamespace(deployed);
      if (wanted === undefined || wanted.text === "default" || findInstances(context).homes.has(wanted.text)) continue;
      const objects = (objectsOfApplication(context, deployed) ?? []).filter(({ scope }) => scope === "Namespaced");
      const namespaces = new Set(objects.map(({ namespace }) => namespace ?? wanted.text));
      const [only, ...others] = namespaces;
      if (only === undefined || others.length > 0 || only === wanted.text) continue;
      const fields = namespaceFields(deployed);
      // Manifests may each say where they belong, and the destination stand for nothing.
      if (fields.length === 0 || isRefused(context, deployed, only)) continue;
      yield {
        place: wanted.origin.place,
        message: `The overlay puts all of its objects into \`${only}\`, so nothing is deployed into \`${wanted.text}\`.`,
        help: "Write the same namespace in both.",
        related: fields.map((field) => ({ place: field.origin.place, message: "The namespace of the overlay." })),
        data: { suggestion: only },
      };
    }
  },
  fix: useSuggestion,
  docs: {
    summary: "The namespace of an overlay is not that of the Application that deploys it.",
    explanation:
      "The namespace of the objects wins, and the destination means nothing. Whoever reads the Application, or creates its namespace and its rights, is misled.",
    bad: `${repositorySample}${files}#- application.yaml\n${applicationText({ destination: "book-stage" })}`,
    good: `${repositorySample}${files}#- application.yaml\n${applicationText()}`,
  },
};

/** Whether the project does not permit the namespace, which is told as that. */
function isRefused(context: WorkspaceContext, deployed: DeployedApplication, namespace: string): boolean {
  const { server, name } = deployed.application.destination ?? {};
  const target = { server: server?.text, name: name?.text, namespace };
  const projects = projectOf(context, deployed);
  return projects.length > 0 && !projects.some((each) => permitsDestination(each, target));
}

/** `namespace` of the kustomizations that the Application builds. */
function namespaceFields({ sources }: DeployedApplication): readonly Node[] {
  return sources.flatMap(({ build }) => {
    if (build === undefined) return [];
    const file = build.snapshot.graph.at(build.root)?.file;
    const root = file === undefined ? undefined : build.snapshot.documents(file)[0]?.root;
    return getValue(root, "namespace") ?? [];
  });
}
