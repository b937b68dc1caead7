import { expect, test } from "vitest";
import { wantedSchemasFeature } from "../../../server/src/features/wantedSchemas";
import { openEditor } from "../../support/editor";
import { folder } from "../../support/fixture";

async function wantedIn(text: string): Promise<readonly string[]> {
  const editor = await openEditor(text);
  return editor.ask(wantedSchemasFeature, { kind: "source", path: folder });
}

test("clusters are asked for custom resources, and for what we do not know, but not for Kubernetes itself", async () => {
  const text = `#- a.yaml
apiVersion: apps/v1
kind: Deployment
---
apiVersion: v1
kind: List
items:
- apiVersion: "example.com/v1" # ours
  kind: Book
- kind: ClusterRole
  apiVersion: rbac.authorization.k8s.io/v1
#- b.yaml
{{ template }}
apiVersion: tekton.dev/v1
kind: Task
spec:
  apiVersion: $(params.version)
`;
  expect(await wantedIn(text)).toEqual(["example.com/v1", "tekton.dev/v1"]);
});

test("an empty workspace wants nothing", async () => {
  expect(await wantedIn("#- a.yaml\nname: a\n")).toEqual([]);
});
