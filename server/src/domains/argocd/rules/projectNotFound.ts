import { knownNames } from "../../../analysis/knownNames";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { argocdGroup } from "../../../argocd/application";
import { didYouMean } from "../../../platform/didYouMean";
import { deployedApplications, isSettled } from "../deployedApplications";
import { applicationText, projectText } from "../deployedSamples";

/** A project that nobody defines, though projects are kept here. */
export const projectNotFound: Rule = {
  code: "argocd/project-not-found",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const projects = knownNames(context, argocdGroup, "AppProject");
    if (projects.namespacesOf.size === 0) return;
    for (const { application } of deployedApplications(context)) {
      const { project } = application;
      if (!isSettled(project) || project.text === "default" || projects.has(project.text)) continue;
      const suggestion = didYouMean(project.text, projects.namespacesOf.keys());
      yield {
        place: project.origin.place,
        message: `No AppProject in the workspace is called \`${project.text}\`.`,
        help: suggestion === undefined ? "It has to exist in Argo CD's namespace." : `Write \`${suggestion}\`.`,
        detail: "Application referencing project which does not exist",
        data: { suggestion },
      };
    }
  },
  fix: useSuggestion,
  docs: {
    summary: "An Application belongs to a project that is not in the workspace, though others are.",
    explanation:
      "Argo CD deploys nothing for a project that does not exist. The rule is silent where the workspace keeps no AppProjects, and about `default`, which Argo CD makes itself.",
    bad: `#- project.yaml\n${projectText("sourceRepos:", "- '*'", "destinations:", "- {server: '*', namespace: '*'}")}#- application.yaml\n${applicationText({ project: "boko" })}`,
    good: `#- project.yaml\n${projectText("sourceRepos:", "- '*'", "destinations:", "- {server: '*', namespace: '*'}")}#- application.yaml\n${applicationText({ project: "book" })}`,
  },
};
