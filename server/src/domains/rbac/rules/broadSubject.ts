import type { Hit, Rule } from "../../../analysis/rule";
import { roleRefOf, subjectsOf } from "../../../kubernetes/bindings";
import { bindingKinds, rbacObjects } from "../objects";
import { bindingSample } from "../samples";

const sample = (group: string): string =>
  `#- binding.yaml\n${bindingSample({ name: "readers", role: "ClusterRole view", subject: ["kind: Group", `name: ${group}`] })}`;

/** A binding that gives rights to everybody. */
export const broadSubject: Rule = {
  code: "rbac/broad-subject",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node } of rbacObjects(context, bindingKinds)) {
      // The API server binds its own roles to everybody, for discovery and health.
      if (roleRefOf(node)?.name?.text.startsWith("system:") === true) continue;
      for (const { name, kind } of subjectsOf(node)) {
        const who = everybody.get(name?.text ?? "");
        if (name === undefined || who === undefined || kind?.text !== who.kind) continue;
        const { words, sure } = who;
        yield {
          place: name.origin.place,
          message: `This gives the rights to ${words}.`,
          help: "Name a group, a user or a ServiceAccount.",
          severity: sure ? undefined : "information",
        };
      }
    }
  },
  docs: {
    summary: "A binding gives rights to everybody, or to everybody who is logged in.",
    explanation:
      "A warning for those who need not even log in (`system:unauthenticated`, `system:anonymous`); for information for all who are logged in and for all ServiceAccounts, which some clusters want.",
    bad: sample("system:unauthenticated"),
    good: sample("developers"),
  },
};

interface Everybody {
  readonly kind: "User" | "Group";
  readonly words: string;
  /** Whether hardly anybody wants this. */
  readonly sure: boolean;
}

const everybody: ReadonlyMap<string, Everybody> = new Map([
  [
    "system:unauthenticated",
    { kind: "Group", words: "everybody who can reach the API server, without logging in", sure: true },
  ],
  [
    "system:anonymous",
    { kind: "User", words: "everybody who can reach the API server, without logging in", sure: true },
  ],
  [
    "system:authenticated",
    { kind: "Group", words: "everybody who is logged in, and every ServiceAccount", sure: false },
  ],
  ["system:authenticated:oauth", { kind: "Group", words: "everybody who is logged in", sure: false }],
  ["system:serviceaccounts", { kind: "Group", words: "the ServiceAccounts of all namespaces", sure: false }],
]);
