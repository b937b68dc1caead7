import { expect, test } from "vitest";
import { contextsAtStart } from "../../../client/src/cluster/contextsAtStart";

const contexts = ["dev", "eu-prod-1", "team/stage", "__proto__"].map((name) => ({ name }));

test.each([
  [[], []],
  [["dev"], ["dev"]],
  [
    ["*prod*", "*/stage"],
    ["eu-prod-1", "team/stage"],
  ],
  [["*"], ["dev", "eu-prod-1", "team/stage", "__proto__"]],
  [["unknown", ""], []],
  [["__proto__"], ["__proto__"]],
  // Mistakes that VS Code underlines in the settings.
  ["dev", []],
  [[1, null, "dev"], ["dev"]],
  [undefined, []],
])("the setting %j opens %j", (setting, expected) => {
  expect(contextsAtStart(contexts, setting).map(({ name }) => name)).toEqual(expected);
});
