import { expect, test } from "vitest";
import { orderRoots } from "../../../server/src/lsp/rootOrder";
import { folder, parseFixture, shortPath } from "../../support/fixture";
import { inspect } from "../../support/inspect";

const tree = `
#- a/base/kustomization.yaml
resources: [a.yaml]
#- a/base/a.yaml
#- a/dev/kustomization.yaml
resources: [../base]
#- a/all/kustomization.yaml
resources: [../dev]
#- b/base/kustomization.yaml
resources: [b.yaml]
#- b/base/b.yaml
#- b/dev/kustomization.yaml
resources: [../base]
#- c/kustomization.yaml
resources: []
#- d/kustomization.yaml
resources: []
`;

async function order(recent: readonly string[], shown: readonly string[]) {
  const { snapshot } = await inspect(parseFixture(tree));
  // The fixture's files are all open; here nobody has opened any.
  const closed = Object.create(snapshot, { openFiles: { value: () => [] } });
  const roots = snapshot.graph.kustomizations.map(({ root }) => root);
  const inFolder = (path: string) => `${folder}/${path}`;
  const { urgent, others } = orderRoots(roots, closed, { recent: recent.map(inFolder), shown: shown.map(inFolder) });
  return [urgent.map(shortPath), others.map(shortPath)];
}

test("previews come first, then what the last edited files show in, the nearest first", async () => {
  expect(await order(["b/base/b.yaml", "a/base/a.yaml"], ["c"])).toEqual([
    ["c", "b/base", "b/dev", "a/base", "a/dev", "a/all"],
    ["d"],
  ]);
});

test("a kustomization file stands for its directory", async () => {
  expect(await order(["a/base/kustomization.yaml"], [])).toEqual([
    ["a/base", "a/dev", "a/all"],
    ["b/base", "b/dev", "c", "d"],
  ]);
});

test("where nobody looks at anything all are alike", async () => {
  expect(await order(["gone/x.yaml"], [])).toEqual([[], ["a/all", "a/base", "a/dev", "b/base", "b/dev", "c", "d"]]);
});
