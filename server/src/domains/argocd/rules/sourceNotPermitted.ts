import type { Hit, Rule } from "../../../analysis/rule";
import { permitsSource } from "../../../argocd/projectPermission";
import { deployedApplications, isSettled } from "../deployedApplications";
import { applicationText, projectText } from "../deployedSamples";
import { placeOfProject, projectOf, refusal } from "../projects";

const destinations = ["destinations:", "- server: https://kubernetes.default.svc", "  namespace: '*'"];

/** A repository from which the project may not deploy. */
export const sourceNotPermitted: Rule = {
  code: "argocd/source-not-permitted",
  severity: "error",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const deployed of deployedApplications(context)) {
      const projects = projectOf(context, deployed);
      for (const { source } of deployed.sources) {
        const { repoUrl } = source;
        if (!isSettled(repoUrl) || projects.length === 0) continue;
        if (projects.some((project) => permitsSource(project, repoUrl.text))) continue;
        const [project] = projects;
        yield {
          place: repoUrl.origin.place,
          message: `The project \`${project?.name}\` does not permit this repository.`,
          help: "Add it to `sourceRepos` of the project.",
          detail: `application repo ${repoUrl.text} is not permitted in project '${project?.name}'`,
          severity: refusal(deployed, projects),
          related: placeOfProject(projects, ["spec", "sourceRepos"], "What it permits."),
        };
      }
    }
  },
  docs: {
    summary: "The project of an Application does not permit the repository of a source.",
    explanation:
      "Argo CD refuses such an Application. URLs are compared in lower case and without `.git`, but an `https` one is not an `ssh` one, and `*` does not go across a `/`.",
    bad: `#- project.yaml\n${projectText("sourceRepos:", "- https://example.com/shop.git", ...destinations)}#- application.yaml\n${applicationText({ project: "book" })}`,
    good: `#- project.yaml\n${projectText("sourceRepos:", "- https://example.com/book.git", ...destinations)}#- application.yaml\n${applicationText({ project: "book" })}`,
  },
};
