import type { Hit, Rule } from "../../../analysis/rule";
import { getIn, getValue, type Node, textOf } from "../../../yaml/node";
import { argocdObjects, itemsOf } from "../applications";
import { removeItem } from "../fixes";
import { projectSample } from "../samples";

/** An entry of a project that is there already. */
export const duplicateProjectEntry: Rule = {
  code: "argocd/duplicate-project-entry",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { spec } of argocdObjects(context, "AppProject")) {
      yield* duplicates(getValue(spec, "destinations"), destinationKey);
      yield* duplicates(getValue(spec, "destinationServiceAccounts"), accountKey);
      yield* duplicates(getValue(spec, "sourceRepos"), textOf);
      yield* duplicates(getValue(spec, "sourceNamespaces"), textOf);
      yield* duplicates(getValue(spec, "syncWindows"), windowKey);
      for (const role of itemsOf(getValue(spec, "roles"))) {
        yield* duplicates(getValue(role, "policies"), textOf);
        yield* duplicates(getValue(role, "groups"), textOf);
      }
      yield* duplicateRoles(getValue(spec, "roles"));
    }
  },
  docs: {
    summary: "A list of an AppProject has an entry twice.",
    explanation:
      "The second one changes nothing, and Argo CD's API and web pages refuse to save the project. Of two roles with one name, only one may be what was meant.",
    bad: projectSample("sourceRepos:", "- https://example.com/a.git", "- https://example.com/a.git"),
    good: projectSample("sourceRepos:", "- https://example.com/a.git", "- https://example.com/b.git"),
  },
  fix: (finding, context) => (finding.data?.["same"] === true ? removeItem(finding, context) : []),
};

type KeyOf = (item: Node) => string | undefined;

function* duplicates(list: Node | undefined, keyOf: KeyOf): Iterable<Hit> {
  const seen = new Set<string>();
  for (const item of itemsOf(list)) {
    const key = keyOf(item);
    if (key === undefined) continue;
    if (seen.has(key)) {
      const message = "This entry is there already.";
      yield { place: item.origin.place, message, help: "Remove it.", data: { same: true } };
    }
    seen.add(key);
  }
}

function* duplicateRoles(roles: Node | undefined): Iterable<Hit> {
  const seen = new Set<string>();
  for (const role of itemsOf(roles)) {
    const name = getValue(role, "name");
    const text = textOf(name);
    if (name === undefined || text === undefined) continue;
    if (seen.has(text)) {
      const message = `Another role is called \`${text}\`, too.`;
      yield { place: name.origin.place, message, help: "Give each role a name of its own." };
    }
    seen.add(text);
  }
}

/** argo-cd `AppProject.ValidateProject`: what tells destinations apart. */
const destinationKey: KeyOf = (item) => {
  const cluster = textOf(getValue(item, "server")) || textOf(getValue(item, "name"));
  return cluster === undefined ? undefined : `${cluster}/${textOf(getValue(item, "namespace")) ?? ""}`;
};

const accountKey: KeyOf = (item) =>
  `${textOf(getValue(item, "server")) ?? ""}/${textOf(getValue(item, "namespace")) ?? ""}`;

/** Windows are the same when all that decides about them is. */
const windowKey: KeyOf = (item) => {
  if (item.kind !== "mapping") return undefined;
  const parts = ["kind", "schedule", "duration", "timeZone", "manualSync", "andOperator", "syncOverrun"].map(
    (field) => textOf(getIn(item, [field])) ?? "",
  );
  const lists = ["applications", "namespaces", "clusters"].map((field) =>
    itemsOf(getValue(item, field)).map(textOf).join(),
  );
  return [...parts, ...lists].join("\n");
};
