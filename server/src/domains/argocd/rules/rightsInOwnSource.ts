import type { Hit, Rule } from "../../../analysis/rule";
import { isInside } from "../../../platform/path";
import { getIn } from "../../../yaml/node";
import { findNeed } from "../controllerNeeds";
import { bindingsOf, type ControllerBinding } from "../controllerRights";
import { type DeployedApplication, deployedApplications } from "../deployedApplications";
import { applicationText, bindingText, repositorySample, serviceText } from "../deployedSamples";

const config = `#- overlays/dev/service.yaml\n${serviceText("book")}`;

/** A binding that the controller would have to make, to be allowed to make it. */
export const rightsInOwnSource: Rule = {
  code: "argocd/rights-in-own-source",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const application of deployedApplications(context)) {
      const need = findNeed(context, application);
      if (need === undefined) continue;
      const { controller, namespace } = need;
      const bindings = bindingsOf(context, controller).filter((each) =>
        [undefined, namespace.text].includes(each.namespace),
      );
      const [first] = bindings;
      if (first === undefined || !bindings.every((binding) => isDeployedBy(binding, application))) continue;
      const name = getIn(first.node, ["metadata", "name"]) ?? first.node;
      yield {
        place: name.origin.place,
        message: `Only \`${application.name.text}\` deploys this binding, and without it Argo CD may deploy nothing into \`${namespace.text}\`.`,
        help: "Let an administrator apply it, from outside of what the Application deploys.",
        detail: "attempting to grant RBAC permissions not currently held",
        related: [{ place: application.name.origin.place, message: "The Application." }],
      };
    }
  },
  docs: {
    summary: "The binding that Argo CD's controller needs for an Application lies in what that Application deploys.",
    explanation:
      "The controller cannot give itself rights that it does not have, so the first sync fails. What Argo CD needs is applied by somebody else, once.",
    bad: `${repositorySample}${config}#- overlays/dev/role-binding.yaml\n${bindingText("book-dev")}#- application.yaml\n${applicationText()}`,
    good: `${repositorySample}${config}#- bootstrap/role-binding.yaml\n${bindingText("book-dev")}#- application.yaml\n${applicationText()}`,
  },
};

function isDeployedBy({ root, node }: ControllerBinding, { sources }: DeployedApplication): boolean {
  return sources.some(({ directory }) => {
    if (directory === undefined) return false;
    return root === undefined ? isInside(directory, node.origin.place.file.path) : root === directory;
  });
}
