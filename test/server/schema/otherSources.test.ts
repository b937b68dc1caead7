import { expect, test } from "vitest";
import { findFacts } from "../../../server/src/lsp/facts";
import { customKinds } from "../../../server/src/schema/customResources";
import { formatMistake } from "../../../server/src/schema/formats";
import { schemaAt } from "../../../server/src/schema/lookUp";
import { openApiKinds } from "../../../server/src/schema/openApi";
import { type KnownKind, type SchemaOrigin, sourceOf } from "../../../server/src/schema/schemaSource";
import { createSchemas } from "../../../server/src/schema/schemas";
import { loadSchemaFolder } from "../../../server/src/workspace/schemaFolder";
import { Workspace } from "../../../server/src/workspace/workspace";
import { readDocuments } from "../../../server/src/yaml/read";
import { parseFixture } from "../../support/fixture";
import { memoryFileSystem } from "../../support/memoryFileSystem";
import { schemaBundle } from "../../support/schemaBundle";

const from: SchemaOrigin = { source: "workspace", title: "crd.yaml" };
const rootOf = (text: string) => readDocuments({ path: "/a.yaml", text })[0]?.root;

const header =
  "kind: CustomResourceDefinition\nspec:\n  group: example.com\n  names: {kind: Thing, plural: things, shortNames: [th]}\n";

test("a definition of v1 makes a kind for each version that is served", () => {
  const kinds = customKinds(
    rootOf(
      `apiVersion: apiextensions.k8s.io/v1\n${header}  scope: Cluster\n  versions:\n  - {name: v1, served: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {a: {type: string}}}}}}}\n  - {name: v0, served: false}\n`,
    ),
    from,
  );
  expect(
    kinds.map(({ apiVersion, kind, scope, plural, shortNames }) => ({ apiVersion, kind, scope, plural, shortNames })),
  ).toEqual([{ apiVersion: "example.com/v1", kind: "Thing", scope: "Cluster", plural: "things", shortNames: ["th"] }]);
  const schema = kinds[0]?.schema;
  expect(schema && schemaAt(schema, ["spec", "a"])?.type).toBe("string");
  expect([...(schema?.properties?.keys() ?? [])].sort()).toEqual(["apiVersion", "kind", "metadata", "spec"]);
});

test("a definition of v1beta1 has one schema for all versions", () => {
  const kinds = customKinds(
    rootOf(
      `apiVersion: apiextensions.k8s.io/v1beta1\n${header}  version: v1\n  validation: {openAPIV3Schema: {properties: {spec: {properties: {n: {type: integer, minimum: 1}}}}}}\n`,
    ),
    from,
  );
  expect(kinds.map(({ apiVersion, scope }) => [apiVersion, scope])).toEqual([["example.com/v1", "Namespaced"]]);
  const schema = kinds[0]?.schema;
  expect(schema && schemaAt(schema, ["spec", "n"])?.minimum).toBe(1);
});

test("a definition that is half typed makes no kind, or one that takes anything", () => {
  expect(
    customKinds(rootOf("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n"), from),
  ).toEqual([]);
  const [kind] = customKinds(rootOf(`apiVersion: apiextensions.k8s.io/v1\n${header}  versions: [{name: v1}]\n`), from);
  expect(kind?.schema).toEqual({ others: true });
});

test("OpenAPI files may refer to themselves in circles", () => {
  const [kind] = openApiKinds(
    rootOf(
      "definitions:\n  a.Thing:\n    x-kubernetes-group-version-kind: [{group: example.com, version: v1, kind: Thing}]\n    properties: {next: {$ref: '#/definitions/a.Thing'}, items: {type: array, x-kubernetes-patch-merge-key: name, items: {type: string}}}\n",
    ),
    { source: "openapi", title: "schema.json" },
  );
  expect(kind?.apiVersion).toBe("example.com/v1");
  expect(kind?.schema && schemaAt(kind.schema, ["next", "next", "items"])?.mergeKey).toBe("name");
});

test("a JSON Schema says by its only values what it is for", () => {
  const [kind] = openApiKinds(
    rootOf('{"properties": {"apiVersion": {"enum": ["example.com/v1"]}, "kind": {"const": "Thing"}}}'),
    { source: "folder", title: "thing.json" },
  );
  expect([kind?.apiVersion, kind?.kind]).toEqual(["example.com/v1", "Thing"]);
});

test("the definition being edited knows best, then the cluster, the folder, the OpenAPI file, the bundle", () => {
  const source = (name: SchemaOrigin["source"]) => {
    const known: KnownKind = { apiVersion: "v1", kind: "Pod", from: { source: name, title: name }, schema: {} };
    return sourceOf([known]);
  };
  const all = {
    workspace: source("workspace"),
    cluster: source("cluster"),
    folder: source("folder"),
    openApiOf: () => source("openapi"),
    bundle: schemaBundle,
  };
  const asked: string[] = [];
  for (const name of ["", "workspace", "cluster", "folder", "openApiOf"]) {
    if (name !== "") Reflect.deleteProperty(all, name);
    asked.push(createSchemas(all).find("v1", "Pod", "/a.yaml")?.from.source ?? "");
  }
  expect(asked).toEqual(["workspace", "cluster", "folder", "openapi", "bundle"]);
});

test("a folder of schemas is read, whatever lies in it", async () => {
  const fixture = parseFixture(
    `#- schemas/crd.yaml\napiVersion: apiextensions.k8s.io/v1\n${header}  versions: [{name: v1}]\n#- schemas/broken.json\n{"a\n#- schemas/notes.txt\nhi\n`,
  );
  const source = await loadSchemaFolder(memoryFileSystem(fixture), "/ws/schemas");
  expect([...source.kinds()].map(({ kind, from: { title } }) => [kind, title])).toEqual([
    ["Thing", "/ws/schemas/crd.yaml"],
  ]);
  expect([...(await loadSchemaFolder(memoryFileSystem(fixture), "/ws/nothing")).kinds()]).toEqual([]);
});

test("schemas of a snapshot stay the same object until a definition changes", async () => {
  const crd = `apiVersion: apiextensions.k8s.io/v1\n${header}  versions: [{name: v1}]\n`;
  const fixture = parseFixture(`#- crd.yaml\n${crd}#- a.yaml\na: 1\n`);
  const workspace = new Workspace({
    fileSystem: memoryFileSystem(fixture),
    findFacts,
    schemas: { bundle: schemaBundle },
  });
  await workspace.setFolders(["/ws"]);
  const before = workspace.snapshot.schemas;
  expect(before.find("example.com/v1", "Thing")?.from.title).toBe("/ws/crd.yaml");
  workspace.setBuffer("/ws/a.yaml", "a: 2\n");
  expect(workspace.snapshot.schemas).toBe(before);
  workspace.setBuffer("/ws/crd.yaml", crd.replace("v1}]", "v2}]"));
  expect(workspace.snapshot.schemas.find("example.com/v1", "Thing")).toBeUndefined();
  expect(workspace.snapshot.schemas.find("example.com/v2", "Thing")).toBeDefined();
});

test.each([
  ["quantity", ["500m", "1.5Gi", "1e3", "-1", ".5", "0"], ["10GB", "1 Gi", "Gi", "1.5.0"]],
  ["go-duration", ["1h30m", "1.5h", "0", "-5s", "10µs"], ["1d", "5", "1 h", ""]],
  ["date-time", ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.5+02:00"], ["2026-01-31", "noon"]],
  ["int32", ["2147483647", "-2147483648"], ["2147483648"]],
  ["int64", ["9223372036854775807"], ["9223372036854775808"]],
  ["byte", ["c2VjcmV0", "", "YQ=="], ["secret!", "YQ="]],
  ["whatever", ["x"], []],
])("the format %s", (format, right, wrong) => {
  expect(right.filter((text) => formatMistake(text, format) !== undefined)).toEqual([]);
  expect(wrong.filter((text) => formatMistake(text, format) === undefined)).toEqual([]);
});

test("of two files that define a kind the first by path counts, whichever was read or opened first", async () => {
  const definition = (field: string): string =>
    `apiVersion: apiextensions.k8s.io/v1\n${header}  scope: Cluster\n  versions:\n  - {name: v1, served: true, schema: {openAPIV3Schema: {type: object, properties: {${field}: {type: string}}}}}\n`;
  const files = new Map([
    ["/b/b.yaml", definition("late")],
    ["/b/a.yaml", definition("early")],
  ]);
  const workspace = new Workspace({ fileSystem: memoryFileSystem({ files, directories: [] }), findFacts });
  await workspace.setFolders(["/b"]);
  const isEarly = (): boolean | undefined =>
    workspace.snapshot.schemas.find("example.com/v1", "Thing", "/b/c.yaml")?.schema?.properties?.has("early");
  expect(isEarly()).toBe(true);
  workspace.setBuffer("/b/a.yaml", definition("early").replace("kind: Thing", "kind: Thing "));
  expect(isEarly()).toBe(true);
});
