import { describe, expect, test } from "vitest";
import { parseComparisonSettings } from "../../../server/src/argocd/comparisonSettings";
import { rulesFor } from "../../../server/src/argocd/ignoreDifferences";

const none = { name: "", namespace: "", jsonPointers: [], jqPathExpressions: [], managedFieldsManagers: [] };
const settingsOf = (data: Record<string, string>) => parseComparisonSettings(new Map(Object.entries(data)));

describe("what argocd-cm says of differences", () => {
  test.each<[string, Record<string, string>, object[]]>([
    [
      "a key for each kind",
      {
        "resource.customizations.ignoreDifferences.apps_Deployment": "jsonPointers:\n- /spec/replicas\n",
        "resource.customizations.ignoreDifferences.Service": "jqPathExpressions: [.spec.ports]\n",
        "resource.customizations.ignoreDifferences.all": "managedFieldsManagers: [kubectl]\n",
      },
      [
        { ...none, group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] },
        { ...none, group: "", kind: "Service", jqPathExpressions: [".spec.ports"] },
        { ...none, group: "*", kind: "*", managedFieldsManagers: ["kubectl"] },
      ],
    ],
    [
      "the one key, of which a key for a kind takes the place",
      {
        "resource.customizations": `apps/Deployment:
  ignoreDifferences: |
    jsonPointers: [/a]
"*.example.com/*":
  ignoreDifferences: |
    jsonPointers: [/b]
    managedFieldsManagers: [operator]
apps/StatefulSet:
  health.lua: return {}
`,
        "resource.customizations.ignoreDifferences.apps_Deployment": "jsonPointers: [/c]",
      },
      [
        { ...none, group: "*.example.com", kind: "*", jsonPointers: ["/b"] },
        { ...none, group: "apps", kind: "Deployment", jsonPointers: ["/c"] },
      ],
    ],
    [
      "nothing of what cannot be read, of other customizations and of hostile names",
      {
        "resource.customizations": "a: [",
        "resource.customizations.ignoreDifferences.apps_Deployment": "- a",
        "resource.customizations.ignoreDifferences.a_b_c": "jsonPointers: [/a]",
        "resource.customizations.health.apps_Deployment": "jsonPointers: [/a]",
        "resource.customizations.ignoreResourceUpdates.all": "jsonPointers: [/a]",
        "resource.customizations.ignoreDifferences.__proto__": "jsonPointers: [/a]",
      },
      [],
    ],
  ])("%s", (_, data, ignored) => expect(settingsOf(data).ignored).toEqual(ignored));

  test("counts for the kinds that it names, without their version", () => {
    const { ignored } = settingsOf({ "resource.customizations.ignoreDifferences.all": "jsonPointers: [/a]" });
    const service = { group: "", kind: "Service", name: "web", namespace: "shop" };
    expect(rulesFor(ignored, service)).toHaveLength(1);
  });

  test("managers of a kind without a group are never looked at, as in Argo CD", () => {
    const data = { "resource.customizations.ignoreDifferences.Service": "managedFieldsManagers: [a]" };
    expect(settingsOf(data).ignored).toEqual([{ ...none, group: "", kind: "Service" }]);
  });
});

test.each([
  [{}, { instanceLabel: "app.kubernetes.io/instance", writesInstanceLabel: false, ignoreAggregatedRoles: false }],
  [
    {
      "application.instanceLabelKey": "example.com/app",
      "application.resourceTrackingMethod": "annotation+label",
      "resource.compareoptions": "ignoreAggregatedRoles: true\n",
    },
    { instanceLabel: "example.com/app", writesInstanceLabel: true, ignoreAggregatedRoles: true },
  ],
])("how objects are known, and what of roles counts: %j", (data, settings) =>
  expect(settingsOf(data)).toMatchObject(settings),
);
