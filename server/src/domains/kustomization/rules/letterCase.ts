import { replaceFix } from "../../../analysis/repair";
import type { Hit, Rule } from "../../../analysis/rule";
import { kustomizationSchema } from "../../../schema/kustomizationSchema";
import { fieldOf } from "../../../schema/lookUp";
import type { Schema } from "../../../schema/schema";
import type { Node } from "../../../yaml/node";
import { kindOf, rootMapping } from "../kustomizationFiles";

/** Kustomize reads field names in any letter case; people and other tools do not. */
export const letterCase: Rule = {
  code: "kustomization/letter-case",
  severity: "warning",
  scope: "document",
  *check({ documents }) {
    const root = rootMapping(documents[0]);
    if (root !== undefined) yield* misspelt(root, kustomizationSchema(kindOf(root)));
  },
  docs: {
    summary: "A field name is written in another letter case than Kustomize's.",
    explanation: "It builds, because Kustomize does not look at the case of field names, but other tools do.",
    bad: "#- kustomization.yaml\nnameprefix: dev-\nconfigMapGenerator:\n- name: a\n",
    good: "#- kustomization.yaml\nnamePrefix: dev-\nconfigMapGenerator:\n- name: a\n",
  },
  fix(finding) {
    const name = finding.data?.["name"];
    return typeof name === "string" ? [replaceFix(`Change to '${name}'`, finding, name)] : [];
  },
};

function* misspelt(node: Node, schema: Schema): Iterable<Hit> {
  if (node.kind === "sequence" && schema.items !== undefined) {
    for (const item of node.items) yield* misspelt(item, schema.items);
  }
  if (node.kind !== "mapping" || schema.properties === undefined) return;
  for (const { key, value } of node.entries) {
    const known = fieldOf(schema, key.text);
    if (known !== undefined) {
      yield* misspelt(value, known);
      continue;
    }
    const folded = key.text.toLowerCase();
    const name = [...schema.properties.keys()].find((candidate) => candidate.toLowerCase() === folded);
    if (name === undefined) continue;
    const message = `\`${key.text}\` is written \`${name}\`.`;
    yield { place: key.origin.place, message, help: `Write \`${name}\`.`, data: { name } };
    const schemaOfName = schema.properties.get(name);
    if (schemaOfName !== undefined) yield* misspelt(value, schemaOfName);
  }
}
