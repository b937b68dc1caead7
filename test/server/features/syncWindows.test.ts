import { expect, test } from "vitest";
import { syncWindowsFeature } from "../../../server/src/features/syncWindows";
import type { SyncWindowsVerdict } from "../../../server/src/protocol/syncWindows";
import { openEditor } from "../../support/editor";

test("says for each Application what sync windows say, and when they open", async () => {
  const editor = await openEditor("#- kustomization.yaml\nresources: []\n");
  const verdicts = await editor.ask<readonly SyncWindowsVerdict[]>(
    syncWindowsFeature,
    { kind: "source", path: "/ws" },
    {
      windows: [{ kind: "allow", schedule: "0 22 * * *", duration: "1h", applications: ["web-*"] }],
      targets: ["web-dev", "other"].map((name) => ({ name, destination: {} })),
      time: Date.parse("2026-11-22T12:00:00Z"),
    },
  );
  expect(verdicts).toMatchObject([
    { manual: false, automatic: false, blocking: [0], opensAt: Date.parse("2026-11-22T22:00:00Z") + 1 },
    { manual: true, automatic: true, blocking: [] },
  ]);
});
