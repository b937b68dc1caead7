import { expect, test } from "vitest";
import { toDeploying } from "../../../../client/src/cluster/argocd/deployingApplication";

const metadata = { name: "web", namespace: "team" };
const spec = { project: "shop", destination: { namespace: "book" } };
const common = { name: "web", home: "team", project: "shop", namespace: "book" };

test.each([
  ["in the namespace of its Argo CD", { metadata, spec, status: { controllerNamespace: "team" } }, [], "web"],
  ["elsewhere, as its controller says", { metadata, spec, status: { controllerNamespace: "argocd" } }, [], "team_web"],
  ["elsewhere, beside the only Argo CD there is", { metadata, spec }, [{ namespace: "argocd" }], "team_web"],
  ["where nobody knows of an Argo CD", { metadata, spec }, [], "web"],
])("an Application %s has the name by which it is known", (_, application, planes, instanceName) =>
  expect(toDeploying(application, planes)).toEqual({ ...common, instanceName }),
);
