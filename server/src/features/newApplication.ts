import type { Feature, FeatureContext } from "../analysis/feature";
import { placeFile } from "../analysis/placeFile";
import { applicationsIn } from "../analysis/writtenApplications";
import { argocdGroup } from "../argocd/application";
import { findRepository } from "../argocd/repositoryUrl";
import { baseName, isInside, joinPath } from "../platform/path";
import { type NewApplicationParameters, type NewManifest, newApplicationRequest } from "../protocol/newObjects";
import { textOf } from "../yaml/node";
import { writeDocument } from "../yaml/writeDocument";
import { toFileEdits } from "./fileEdits";

/** A new Application, in a file beside the other Applications and listed where they are. */
export const newApplicationFeature: Feature<NewApplicationParameters, NewManifest | null> = {
  method: newApplicationRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: null,
  async handle(parameters, context) {
    const object = newApplication(parameters);
    const neighbour = neighbourOf(parameters, context);
    const { name } = parameters;
    const names = [`${name}.yaml`, `${name}-application.yaml`, `application-${name}.yaml`];
    const snapshot = await context.load(names.map((each) => joinPath(neighbour, `../${each}`)));
    const { path, listing } = placeFile(snapshot, neighbour, names);
    const creates = [{ path, text: writeDocument(object) }];
    const listed = listing === undefined ? "" : ` and list it in '${baseName(listing.file)}'`;
    return {
      title: `Write the Application into '${baseName(path)}'${listed}`,
      object,
      edits: toFileEdits({ edits: listing?.edits ?? [], creates }, context),
    };
  },
};

/** As people write it, with the finalizer that lets it take along what it deployed. */
function newApplication({ name, namespace, project, source, destination, sync }: NewApplicationParameters): object {
  const automated = sync === "selfHealing" ? { prune: true, selfHeal: true } : {};
  const { repoURL, targetRevision, path } = source;
  const { server, name: cluster, namespace: target } = destination;
  return {
    apiVersion: `${argocdGroup}/v1alpha1`,
    kind: "Application",
    metadata: { name, namespace, finalizers: ["resources-finalizer.argocd.argoproj.io"] },
    spec: {
      project,
      source: { repoURL, targetRevision, path },
      destination: { ...(cluster === undefined ? { server } : { name: cluster }), namespace: target },
      ...(sync !== "manual" && { syncPolicy: { automated } }),
    },
  };
}

/**
 * The file beside which it goes: that of another Application of the same Argo CD, else of any; where there is none, one that need not exist in
 * the directory `argocd` of the repository. Never within what it deploys itself.
 */
function neighbourOf({ namespace, source }: NewApplicationParameters, { snapshot }: FeatureContext): string {
  const repository = findRepository(snapshot.repositories, source.repoURL);
  const root = repository?.root ?? snapshot.folders[0] ?? "/";
  const deployed = joinPath(root, source.path);
  const others = applicationsIn(snapshot).filter(({ node }) => !isInside(deployed, node.origin.place.file.path));
  const near = others.find((each) => textOf(each.namespace) === namespace) ?? others[0];
  if (near !== undefined) return near.node.origin.place.file.path;
  const usual = joinPath(root, "argocd/applications.yaml");
  return isInside(deployed, usual) ? joinPath(root, "applications.yaml") : usual;
}
