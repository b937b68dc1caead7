import { describeField } from "./describe";
import { lifecycleRemedy, lifecycleWords } from "./lifecycle";
import type { Schema } from "./schema";
import type { KnownKind, Lifecycle, SchemaOrigin } from "./schemaSource";

/** What a description is made for. */
export interface DescribeOptions {
  /** The version of Kubernetes that the settings name, for example `1.30`. */
  readonly kubernetesVersion?: string | undefined;
  /** A path as people see it. */
  readonly showPath?: ((path: string) => string) | undefined;
}

/** A kind as Markdown: what it is for, how long its version lives, and who says so. */
export function describeKind(known: KnownKind, options: DescribeOptions = {}): string {
  const { apiVersion, kind, schema, lifecycle, scope, shortNames = [] } = known;
  const parts = [`**${kind}** \`${apiVersion}\``];
  if (lifecycle !== undefined) parts.push(describeLifecycle(lifecycle, options.kubernetesVersion));
  if (schema?.description !== undefined) parts.push(schema.description);
  const facts: string[] = [];
  if (scope !== undefined) facts.push(scope === "Cluster" ? "Belongs to the cluster." : "Lives in a namespace.");
  if (shortNames.length > 0) facts.push(`Short: ${shortNames.map((name) => `\`${name}\``).join(", ")}.`);
  if (facts.length > 0) parts.push(facts.join(" "));
  parts.push(`*${describeOrigin(known.from, options)}*`);
  return parts.join("\n\n");
}

/** A field of a kind as Markdown, with who says so. */
export function describeKindField(
  known: KnownKind,
  field: { readonly name: string; readonly schema: Schema; readonly required: boolean },
  options: DescribeOptions = {},
): string {
  const { apiVersion, kind, from } = known;
  const product = from.source === "bundle" ? from.title.replace(/ \d[\d.]*$/, "") : "version";
  const text = describeField(field.name, field.schema, field.required, product);
  return `${text}\n\n*${kind} \`${apiVersion}\`, ${describeOrigin(from, options)}*`;
}

/** Since when a version of an API is deprecated, when it ends or ended, and what to use. */
export function describeLifecycle(lifecycle: Lifecycle, kubernetesVersion?: string): string {
  const words = lifecycleWords(lifecycle, kubernetesVersion).replace(/^gone/, "**Gone**").replace(/^d/, "D");
  const remedy = lifecycleRemedy(lifecycle);
  return `${words}.${remedy === undefined ? "" : ` ${remedy}`}`;
}

function describeOrigin({ source, title }: SchemaOrigin, { showPath = (path) => path }: DescribeOptions): string {
  switch (source) {
    case "workspace":
      return `as ${showPath(title)} defines it`;
    case "openapi":
      return `as the OpenAPI file ${showPath(title)} has it`;
    case "folder":
      return `from the folder of schemas, ${showPath(title)}`;
    case "cluster":
      return `from the cluster ${title}`;
    case "bundle":
      return title;
  }
}
