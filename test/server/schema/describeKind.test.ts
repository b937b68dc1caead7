import { describe, expect, test } from "vitest";
import { describeKind, describeKindField, describeLifecycle } from "../../../server/src/schema/describeKind";
import type { KnownKind, SchemaOrigin } from "../../../server/src/schema/schemaSource";

const known = (from: SchemaOrigin): KnownKind => ({
  apiVersion: "example.com/v1",
  kind: "Book",
  schema: { type: "object", description: "Something to read." },
  scope: "Cluster",
  shortNames: ["bk"],
  from,
});
const options = { showPath: (path: string) => path.replace("/ws/", "") };

test.each<[SchemaOrigin["source"], string, string]>([
  ["workspace", "/ws/crd.yaml", "as crd.yaml defines it"],
  ["openapi", "/ws/schema.json", "as the OpenAPI file schema.json has it"],
  ["folder", "/schemas/book.json", "from the folder of schemas, /schemas/book.json"],
  ["cluster", "dev", "from the cluster dev"],
  ["bundle", "Books 1.2", "Books 1.2"],
])("says that %s says so", (source, title, expected) => {
  expect(describeKind(known({ source, title }), options)).toBe(
    `**Book** \`example.com/v1\`\n\nSomething to read.\n\nBelongs to the cluster. Short: \`bk\`.\n\n*${expected}*`,
  );
});

test("a field names the product that has it since some version", () => {
  const field = { name: "pages", schema: { type: "integer", since: "1.1" } as const, required: true };
  expect(describeKindField(known({ source: "bundle", title: "Books 1.2" }), field)).toBe(
    "**pages** `integer` (required)\n\nSince Books 1.1.\n\n*Book `example.com/v1`, Books 1.2*",
  );
});

describe("the end of a version", () => {
  const lifecycle = { deprecated: "1.21", removed: "1.25", use: "batch/v1", note: "Mind the gap." };
  test.each<[string | undefined, string]>([
    [undefined, "Deprecated since Kubernetes 1.21, gone from 1.25. Use `batch/v1`. Mind the gap."],
    ["1.9", "Deprecated since Kubernetes 1.21, gone from 1.25. Use `batch/v1`. Mind the gap."],
    ["1.25", "**Gone** since Kubernetes 1.25; the settings say 1.25. Use `batch/v1`. Mind the gap."],
    ["1.30", "**Gone** since Kubernetes 1.25; the settings say 1.30. Use `batch/v1`. Mind the gap."],
  ])("where the settings say %s", (version, expected) => {
    expect(describeLifecycle(lifecycle, version)).toBe(expected);
  });

  test("of another product does not depend on the version of Kubernetes", () => {
    expect(describeLifecycle({ product: "tekton", deprecated: "0.43", removed: "0.47" }, "1.30")).toBe(
      "Deprecated since Tekton 0.43, gone from 0.47.",
    );
  });
});
