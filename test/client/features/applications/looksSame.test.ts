import { expect, test } from "vitest";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import { looksSame } from "../../../../client/src/features/applications/looksSame";

const application: Application = {
  metadata: { name: "a", resourceVersion: "1", labels: { team: "shop" } },
  status: { sync: { status: "Synced" }, reconciledAt: "1", resources: [{ kind: "Service", name: "web" }] },
};

test.each<[boolean, Application | undefined]>([
  [true, { ...application }],
  [true, { ...application, operation: undefined }],
  [true, { ...application, metadata: { ...application.metadata, resourceVersion: "2" } }],
  [true, { ...application, status: { ...application.status, reconciledAt: "2" } }],
  [false, { ...application, operation: { sync: {} } }],
  [false, { ...application, metadata: { ...application.metadata, labels: { team: "shop", constructor: "x" } } }],
  [false, { ...application, status: { ...application.status, resources: [] } }],
  [false, { ...application, status: { ...application.status, sync: undefined } }],
  [false, undefined],
])("looks the same, %s: %j", (same, other) => {
  expect(looksSame(application, other)).toBe(same);
  expect(looksSame(other, application)).toBe(same);
});
