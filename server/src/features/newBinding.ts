import { type Controller, controllerBinding, writeBindings } from "../analysis/controllerBinding";
import type { Feature, FeatureContext } from "../analysis/feature";
import { applicationsIn, sourcesOf } from "../analysis/writtenApplications";
import { joinPath } from "../platform/path";
import { type NewBindingParameters, type NewManifest, newBindingRequest } from "../protocol/newObjects";
import type { Snapshot } from "../workspace/snapshot";
import { textOf } from "../yaml/node";
import { toFileEdits } from "./fileEdits";

/** The RoleBinding that lets an Argo CD deploy into a namespace, written where the rule about missing ones would write it. */
export const newBindingFeature: Feature<NewBindingParameters, NewManifest | null> = {
  method: newBindingRequest,
  capabilities: {},
  waitsForWorkspace: true,
  empty: null,
  handle(parameters, context) {
    const { namespace, controller } = parameters;
    const { snapshot, toUri } = context;
    const existing = findBinding(snapshot, controller, namespace);
    const { title, edits, creates } = writeInto(context, parameters);
    return {
      title,
      object: controllerBinding(controller, namespace),
      edits: toFileEdits({ edits, creates }, context),
      ...(existing !== undefined && { existing: toUri(existing) }),
    };
  },
};

function findBinding(snapshot: Snapshot, { name, namespace: home }: Controller, namespace: string): string | undefined {
  const mentions = snapshot.symbols.mentionsOf({
    object: { group: "", kind: "ServiceAccount", name, namespace: home },
  });
  return mentions.find(({ from }) => {
    return from.kind === "ClusterRoleBinding" || (from.kind === "RoleBinding" && from.namespace === namespace);
  })?.place.file.path;
}

/** Beside the Namespace, or an Application that deploys into it, but outside of what those Applications deploy. */
function writeInto({ snapshot }: FeatureContext, { namespace, controller }: NewBindingParameters) {
  const needing = applicationsIn(snapshot).filter((each) => textOf(each.destination?.namespace) === namespace);
  const directories = needing.flatMap((each) => sourcesOf(snapshot, each).flatMap(({ directory }) => directory ?? []));
  const anchor =
    needing[0]?.node.origin.place.file.path ?? joinPath(snapshot.folders[0] ?? "/", "argocd-role-binding.yaml");
  return writeBindings(snapshot, { controller, namespaces: [namespace], directories }, anchor);
}
