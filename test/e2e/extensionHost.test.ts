import path from "node:path";
import { describe, inject, test } from "vitest";
import { type HostSuite, runHostSuite } from "./support/hostResults";
import { project } from "./support/vsCode";

const module = inject("hostModule");

const suites: readonly HostSuite[] = [
  { name: "example", module },
  { name: "yamlExtension", module, besides: [path.join(project, "test/e2e/standIns/redHatYaml")] },
];

// The tests run inside VS Code under mocha, all of a suite at once; each is listed here with its outcome.
for (const suite of suites) {
  const results = await runHostSuite(suite);
  describe(`inside VS Code: ${suite.name}`, () => {
    test("tests ran", ({ expect }) => expect(results).not.toEqual([]));
    for (const { title, error } of results) {
      test(title, () => {
        if (error !== undefined) throw new Error(error);
      });
    }
  });
}
