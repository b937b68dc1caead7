import type { Hit, Rule } from "../../../analysis/rule";
import { entryOf } from "../applications";
import { deployedApplications } from "../deployedApplications";
import { applicationText, configText, repositorySample } from "../deployedSamples";
import { nameNode, objectsOfApplication } from "../sourceObjects";

const files = `#- overlays/dev/config.yaml\n${configText("settings")}`;
const withoutNamespace = applicationText().replace("    namespace: book-dev\n", "");

/** An object that neither its manifest nor the Application puts anywhere. */
export const objectWithoutNamespace: Rule = {
  code: "argocd/object-without-namespace",
  severity: "error",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const deployed of deployedApplications(context)) {
      const { destination, spec } = deployed.application;
      if (destination === undefined || destination.namespace !== undefined) continue;
      const objects = objectsOfApplication(context, deployed) ?? [];
      const homeless = objects.filter(({ scope, namespace }) => scope === "Namespaced" && namespace === undefined);
      const [object] = homeless;
      const key = entryOf(spec, "destination")?.key;
      if (object === undefined || key === undefined) continue;
      const more = homeless.length === 1 ? "" : `, nor ${homeless.length - 1} more`;
      yield {
        place: key.origin.place,
        message: `The destination names no namespace, and the ${object.kind} \`${object.name}\` has none either${more}.`,
        help: "Add `namespace` to the destination.",
        detail: `Namespace for ${object.name} ${object.group}/, Kind=${object.kind} is missing.`,
        related: [{ place: nameNode(object).origin.place, message: "This object." }],
      };
    }
  },
  docs: {
    summary: "An Application renders objects without a namespace, and its destination names none.",
    explanation: "Argo CD does not know where to put them, and refuses to sync.",
    bad: `${repositorySample}${files}#- application.yaml\n${withoutNamespace}`,
    good: `${repositorySample}${files}#- application.yaml\n${applicationText()}`,
  },
};
