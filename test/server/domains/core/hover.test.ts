import { expect, test } from "vitest";
import type { Hover, MarkupContent } from "vscode-languageserver-types";
import { hoverFeature } from "../../../../server/src/features/hover";
import { checkHover } from "../../../support/checkHover";
import { openEditor } from "../../../support/editor";

/** What a hover says, without the words of upstream's description. */
async function hoverOf(text: string): Promise<readonly string[]> {
  const hover = await (await openEditor(text)).askAtCursor<Hover | null>(hoverFeature);
  const value = (hover?.contents as MarkupContent | undefined)?.value ?? "";
  return value
    .split("\n\n")
    .filter((part) => /^[*`]|^(?:Deprecated|Default|One of|Always|Since|Lives|Belongs)/.test(part));
}

const from = expect.stringMatching(/^\*Deployment `apps\/v1`, Kubernetes [\d.]+\*$/);
const deployment = "#- web.yaml\napiVersion: apps/v1\nkind: Deployment\n";

test("a field has its type, whether it is required, and who says so", async () => {
  expect(await hoverOf(`${deployment}spec:\n  tem<|>plate: {}\n`)).toEqual(["**template** `object` (required)", from]);
});

test("a value has what its field has", async () => {
  expect(await hoverOf(`${deployment}spec:\n  replicas: <|>3\n`)).toEqual([
    "**replicas** `integer`",
    "Default: `1`.",
    from,
  ]);
});

test("a field with few values lists them", async () => {
  expect(await hoverOf(`${deployment}spec:\n  strategy: {ty<|>pe: Recreate}\n`)).toContain(
    "One of `Recreate`, `RollingUpdate`.",
  );
});

test("apiVersion and kind tell what the kind is", async () => {
  const told = [
    "**Deployment** `apps/v1`",
    "Lives in a namespace. Short: `deploy`.",
    expect.stringMatching(/^\*Kubernetes/),
  ];
  expect(await hoverOf("#- web.yaml\napi<|>Version: apps/v1\nkind: Deployment\n")).toEqual(told);
  expect(await hoverOf("#- web.yaml\napiVersion: apps/v1\nkind: Deploy<|>ment\n")).toEqual(told);
});

test("a version that ends says so", async () => {
  const told = await hoverOf("#- a.yaml\nkind: Cron<|>Job\napiVersion: batch/v1beta1\n");
  expect(told[1]).toBe("Deprecated since Kubernetes 1.21, gone from 1.25. Use `batch/v1`.");
});

test("a kind that the workspace defines names its definition", () =>
  checkHover(
    `#- crds/book.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: books.example.com}
spec:
  group: example.com
  names: {kind: Book, plural: books}
  scope: Namespaced
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties:
              isbn: {type: string, description: What is on its back.}
#- a.yaml
apiVersion: example.com/v1
kind: Book
spec:
  <|is<|>bn|>: "1"
`,
    "**isbn** `string`\n\nWhat is on its back.\n\n*Book `example.com/v1`, as crds/book.yaml defines it*",
  ));

test("metadata of such a kind is that of all", async () => {
  const text = "#- a.yaml\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  na<|>me: a\n";
  expect((await hoverOf(text))[0]).toBe("**name** `string`");
});

test("the objects in a List are of their own kinds", async () => {
  const text =
    "#- a.yaml\napiVersion: v1\nkind: List\nitems:\n- apiVersion: apps/v1\n  kind: Deployment\n  spec: {repl<|>icas: 1}\n";
  expect(await hoverOf(text)).toEqual(["**replicas** `integer`", "Default: `1`.", from]);
});

test("a patch in a kustomization is of its target's kind", async () => {
  const text =
    "#- kustomization.yaml\npatches:\n- target: {kind: Deployment}\n  patch: |-\n    spec:\n      repl<|>icas: 3\n";
  expect(await hoverOf(text)).toEqual(["**replicas** `integer`", "Default: `1`.", from]);
});

test.each([
  ["a group that nobody knows", "apiVersion: example.com/v1\nki<|>nd: Book\n"],
  ["a field that the schema does not know", "apiVersion: v1\nkind: Pod\nspecc<|>: 1\n"],
  ["the label of an object", "apiVersion: v1\nkind: List\nitems:\n- a<|>: 1\n"],
  ["a template", "apiVersion: v1\nki<|>nd: Pod\n{{ if }}\n"],
])("nothing on %s", (_, text) => checkHover(`#- a.yaml\n${text}`, null));
