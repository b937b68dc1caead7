import { objectsOf } from "../../../analysis/checkedObjects";
import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, rewriteFix } from "../../../analysis/repair";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { removeAt } from "../../../yaml/edit";
import { getIn, type Mapping, type Node } from "../../../yaml/node";
import type { RewriteStep } from "../../../yaml/rewrite";
import { type ExportedField, findExportedFields } from "../exportedFields";

/** A manifest with fields that only an API server writes. */
export const exportedFields: Rule = {
  code: "core/exported-fields",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    if (isForTests(context.file.path)) return;
    for (const { node, partial, inTemplate } of objectsOf(context)) {
      if (partial || inTemplate) continue;
      const fields = findExportedFields(node);
      const [first] = fields;
      if (first === undefined) continue;
      const names = fields.map((field) => `\`${field.at(-1)}\``).join(", ");
      yield {
        place: keyPlace(node, first),
        message: `The manifest was exported from a cluster: the API server writes ${names}, not you.`,
        help: "Remove what the server writes.",
      };
    }
  },
  docs: {
    summary: "A manifest holds fields that the API server writes, such as `status`, `uid` or `resourceVersion`.",
    explanation:
      "They come with `kubectl get -o yaml`. In Git they go stale: a `resourceVersion` makes an apply fail, a `status` is nobody's business, and the finalizers of a Namespace belong to the cluster. Empty fields, which code generators leave, are not told.",
    bad: "#- a.yaml\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: web\n  labels:\n    kubernetes.io/metadata.name: web\nspec:\n  finalizers:\n  - kubernetes\n",
    good: "#- a.yaml\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: web\n",
  },
  fix: strip,
};

/** What a test feeds to a program may well be an export. */
function isForTests(path: string): boolean {
  return /\/(?:testdata|fixtures?|\.chainsaw-test|e2e|tests?)\//.test(path);
}

function keyPlace(root: Mapping, path: ExportedField): Hit["place"] {
  const holder = getIn(root, path.slice(0, -1));
  const entry = holder?.kind === "mapping" ? holder.entries.find(({ key }) => key.text === path.at(-1)) : undefined;
  return (entry?.key ?? root).origin.place;
}

/** Removes all of them at once, and the maps that held nothing else. */
function strip(finding: Finding, context: FixContext): readonly Fix[] {
  const document = documentOf(finding, context);
  if (document?.root?.kind !== "mapping" || document.problems.length > 0) return [];
  const steps = findExportedFields(document.root).map(
    (): RewriteStep => (current) => {
      const { root } = current;
      const field = root?.kind === "mapping" ? findExportedFields(root).at(-1) : undefined;
      return root === undefined || field === undefined ? undefined : removeAt(current, widen(root, field));
    },
  );
  return rewriteFix("Remove what the server wrote", document, steps);
}

/** The outermost field that holds only this one. */
function widen(root: Node, path: ExportedField): ExportedField {
  const holder = getIn(root, path.slice(0, -1));
  const isAlone = path.length > 2 && holder?.kind === "mapping" && holder.entries.length === 1;
  const isSpec = path.length === 2 && path[0] === "spec" && holder?.kind === "mapping" && holder.entries.length === 1;
  return isAlone || isSpec ? widen(root, path.slice(0, -1)) : path;
}
