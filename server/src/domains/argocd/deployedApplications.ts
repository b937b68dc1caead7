import { findSource } from "../../analysis/applicationSource";
import { buildAt, type DeployedObject, deployedObjects, isLeftOut } from "../../analysis/deployedObjects";
import { isPlaceholder } from "../../analysis/placeholders";
import type { BuildContext, WorkspaceContext } from "../../analysis/rule";
import { type Application, type ApplicationSource, argocdGroup, findApplication } from "../../argocd/application";
import { type Project, viewProject } from "../../argocd/projectPermission";
import type { Repository } from "../../workspace/repositories";
import type { Scalar } from "../../yaml/node";

/** An Application as it reaches Argo CD, with what of its sources lies in the workspace. */
export interface DeployedApplication extends DeployedObject {
  readonly application: Application;
  readonly name: Scalar;
  readonly sources: readonly DeployedSource[];
  /** It lies below a kustomization and none lists it: somebody may have left it there for later. */
  readonly isLeftOut: boolean;
}

/** A source of an Application. */
export interface DeployedSource {
  readonly source: ApplicationSource;
  /** The work tree of its repository, when it is in the workspace. */
  readonly repository: Repository | undefined;
  /** Absolute path of what `path` names; absent when the repository is elsewhere, or the path leaves it. */
  readonly directory: string | undefined;
  /** Whether the files at hand are those that Argo CD takes: it follows the branch that is checked out, or the main one. */
  readonly isCurrent: boolean;
  /** The build of its kustomization. */
  readonly build: BuildContext | undefined;
}

/** What was found once for a state of the workspace. */
interface Known {
  readonly applications: readonly DeployedApplication[];
  readonly projects: ReadonlyMap<string, readonly Project[]>;
}

const known = new WeakMap<WorkspaceContext, Known>();

/** Every Application that somebody applies, or that another Application deploys; those of ApplicationSets are not among them. */
export function deployedApplications(context: WorkspaceContext): readonly DeployedApplication[] {
  return knownOf(context).applications;
}

/** The AppProjects of a name: several, where several instances of Argo CD have one each. */
export function projectsNamed(context: WorkspaceContext, name: string): readonly Project[] {
  return knownOf(context).projects.get(name) ?? [];
}

/** Whether a text is all there: no template fills in a part of it later. */
export function isSettled(text: Scalar | undefined): text is Scalar {
  return text !== undefined && !isPlaceholder(text.text);
}

function knownOf(context: WorkspaceContext): Known {
  let found = known.get(context);
  if (found === undefined) {
    const applications = deployedObjects(context, argocdGroup, "Application").flatMap(
      (object) => viewDeployed(object, context) ?? [],
    );
    const projects = new Map<string, Project[]>();
    for (const { node } of deployedObjects(context, argocdGroup, "AppProject")) {
      const project = viewProject(node);
      if (project !== undefined) projects.set(project.name, [...(projects.get(project.name) ?? []), project]);
    }
    found = { applications, projects };
    known.set(context, found);
  }
  return found;
}

function viewDeployed(object: DeployedObject, context: WorkspaceContext): DeployedApplication | undefined {
  const { snapshot } = context;
  const application = findApplication(object.node);
  if (application?.name === undefined) return undefined;
  const sources = application.sources.map((source): DeployedSource => {
    const { repoUrl, path, chart, targetRevision } = source;
    const found = findSource(snapshot, {
      repoURL: isSettled(repoUrl) ? repoUrl.text : undefined,
      path: isSettled(path) ? path.text : undefined,
      targetRevision: targetRevision?.text,
      chart: chart?.text,
    });
    const directory = found?.directory;
    const isCurrent = found?.isCurrent === true;
    return { source, repository: found?.repository, directory, isCurrent, build: buildAt(context, directory ?? "") };
  });
  return { ...object, application, name: application.name, sources, isLeftOut: isLeftOut(snapshot, object) };
}

/** The namespace that an Application is deployed into, when it says one that is all there. */
export function destinationNamespace({ application }: DeployedApplication): Scalar | undefined {
  const namespace = application.destination?.namespace;
  return isSettled(namespace) ? namespace : undefined;
}
