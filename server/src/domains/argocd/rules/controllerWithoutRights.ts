import { isFullyKnown } from "../../../analysis/deployedObjects";
import { knownNames } from "../../../analysis/knownNames";
import type { Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { findNeed, type Need } from "../controllerNeeds";
import { bindingsOf } from "../controllerRights";
import { deployedApplications } from "../deployedApplications";
import { applicationText, bindingText, namespaceText } from "../deployedSamples";
import { giveRights } from "../giveRights";

/** A namespace into which an Application is deployed, and in which Argo CD's controller may do nothing. */
export const controllerWithoutRights: Rule = {
  code: "argocd/controller-without-rights",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const seen = new Set<string>();
    const byFile = new Map<string, Need[]>();
    for (const application of deployedApplications(context)) {
      const need = findNeed(context, application);
      if (need === undefined || hasRights(context, need)) continue;
      const { controller, namespace } = need;
      const account = `${controller.namespace}/${controller.name}`;
      if (seen.has(`${account}\n${namespace.text}`)) continue;
      seen.add(`${account}\n${namespace.text}`);
      const key = `${account}\n${namespace.origin.place.file.path}`;
      byFile.set(key, [...(byFile.get(key) ?? []), need]);
    }
    for (const needs of byFile.values()) yield* describe(context, needs);
  },
  fix: giveRights,
  docs: {
    summary: "An Application is deployed into a namespace in which Argo CD's controller has no rights.",
    explanation:
      "The Argo CD of OpenShift GitOps may change little outside of its own namespace. Every namespace that it deploys into needs a RoleBinding for its service account, or the label `argocd.argoproj.io/managed-by` on the Namespace; without one of them the first sync fails. For information only where nothing else about the namespace is kept in the workspace. `argocd.controllers` in the settings names the service accounts of other installations.",
    bad: `#- namespace.yaml\n${namespaceText("book-dev")}#- application.yaml\n${applicationText()}`,
    good: `#- namespace.yaml\n${namespaceText("book-dev")}#- role-binding.yaml\n${bindingText("book-dev")}#- application.yaml\n${applicationText()}`,
  },
};

/** A binding whose namespace nobody wrote may be applied in any. */
function hasRights(context: WorkspaceContext, { controller, namespace }: Need): boolean {
  return bindingsOf(context, controller).some((binding) => [undefined, namespace.text].includes(binding.namespace));
}

/** One finding for the namespaces that the Applications of one file need: what is missing is one file. */
function* describe(context: WorkspaceContext, needs: readonly Need[]): Iterable<Hit> {
  const [first, ...others] = needs;
  if (first === undefined) return;
  const { controller, namespace } = first;
  const names = needs.map((need) => need.namespace.text);
  const isKeptHere =
    bindingsOf(context, controller).length > 0 || names.some((name) => knownNames(context, "", "Namespace").has(name));
  const directories = needs.flatMap(({ application }) =>
    application.sources.flatMap(({ directory }) => directory ?? []),
  );
  yield {
    place: namespace.origin.place,
    message: `Nothing in the workspace gives Argo CD's controller rights in \`${names.join("`, `")}\`.`,
    help: `Bind a role such as \`admin\` to \`${controller.name}\` of \`${controller.namespace}\` there, or label the Namespace.`,
    detail: `is forbidden: User "system:serviceaccount:${controller.namespace}:${controller.name}" cannot create resource`,
    severity: isKeptHere && isFullyKnown(context, first.application) ? undefined : "information",
    related: others.map((need) => ({
      place: need.namespace.origin.place,
      message: `No rights in \`${need.namespace.text}\` either.`,
    })),
    data: { controller, namespaces: names, directories },
  };
}
