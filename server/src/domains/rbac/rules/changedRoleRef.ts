import type { Finding, Fix } from "../../../analysis/finding";
import { isPlaceholder } from "../../../analysis/placeholders";
import { documentOf, fixOf, pathAt } from "../../../analysis/repair";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { setValue } from "../../../yaml/edit";
import { getIn, type Node, type Scalar, textOf } from "../../../yaml/node";
import { rewrite } from "../../../yaml/rewrite";
import { comparedBindings } from "../committedBindings";
import { roleKinds } from "../objects";
import { bindingSample } from "../samples";

/** The fields of `roleRef` that say which role it is. */
const fields = ["name", "kind"] as const;

const binding = (name: string, role: string): string =>
  bindingSample({
    name,
    namespace: "book-dev",
    role: `ClusterRole ${role}`,
    subject: ["kind: ServiceAccount", "name: pipeline", "namespace: book-ci"],
  });

const sample = (name: string): string =>
  `#- HEAD:rights.yaml\n${binding("pipeline", "view")}#- rights.yaml\n${binding(name, "edit")}`;

/** A binding that gives another role than the same binding in git. */
export const changedRoleRef: Rule = {
  code: "rbac/changed-role-ref",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    for (const { now, before } of comparedBindings(context)) {
      const differing = before.map(({ roleRef }) =>
        fields.filter((field) => differs(now.roleRef[field], roleRef[field])),
      );
      const [first] = before;
      const [changed = []] = differing;
      const place = now.roleRef[changed[0] ?? "name"]?.origin.place;
      // A kind that there is not, half typed for example, is told by the schema. Where git has several of one name, nobody knows which of them
      // is deployed.
      if (!roleKinds.includes(now.roleRef.kind?.text ?? "Role")) continue;
      if (first === undefined || place === undefined || isReplaced(now.node)) continue;
      if (differing.some(({ length }) => length === 0) || before.length > 1) continue;
      const kind = first.roleRef.kind?.text;
      const name = first.roleRef.name?.text;
      const role = [kind ?? "role", name === undefined ? "" : `\`${name}\``].join(" ").trim();
      yield {
        place,
        message: `The role of a binding cannot be changed: in Git, \`${now.name}\` gives the ${role}.`,
        help: "Where it is deployed, delete the binding so that it is made anew (in Argo CD: annotate it with `argocd.argoproj.io/sync-options: Force=true,Replace=true`), or give it another name.",
        data: { restore: changed.map((field) => [field, first.roleRef[field]?.text]), role },
      };
    }
  },
  fix: restoreRole,
  docs: {
    summary: "A binding gives another role than the same binding in the commit that is checked out.",
    explanation:
      "The API server refuses to change `roleRef`, so that whoever was given rights cannot be given others unnoticed; Argo CD shows the sync as failed. Where the old binding is deployed, it has to be deleted and made anew. `#- HEAD:PATH` in the samples is the file as Git has it; nothing is said of files that Git does not have.",
    bad: sample("pipeline"),
    good: sample("pipeline-edits"),
  },
};

/** What one side leaves out, a patch for example, or what is filled in later, is no difference. */
function differs(now: Scalar | undefined, before: Scalar | undefined): boolean {
  if (now === undefined || before === undefined || now.text === before.text) return false;
  return !isPlaceholder(now.text) && !isPlaceholder(before.text);
}

/** Whether Argo CD deletes the binding and makes it anew when it cannot change it (argo-cd documentation, `sync-options`, Force Sync). */
function isReplaced(binding: Node): boolean {
  const options = textOf(getIn(binding, ["metadata", "annotations", "argocd.argoproj.io/sync-options"])) ?? "";
  return options.split(",").some((option) => option.trim() === "Force=true");
}

function restoreRole(finding: Finding, context: FixContext): readonly Fix[] {
  const document = documentOf(finding, context);
  const { start, end } = finding.place;
  const path = document === undefined ? undefined : pathAt(document, start, end);
  const restore = finding.data?.["restore"];
  if (document === undefined || path?.at(-2) !== "roleRef" || !Array.isArray(restore)) return [];
  const roleRef = path.slice(0, -1);
  const edit = rewrite(
    document,
    restore.map(
      ([field, text]) =>
        (current) =>
          setValue(current, [...roleRef, String(field)], String(text)),
    ),
  );
  return edit === undefined
    ? []
    : fixOf(`Restore the ${finding.data?.["role"]}`.replaceAll("`", "'"), document.file, [edit]);
}
