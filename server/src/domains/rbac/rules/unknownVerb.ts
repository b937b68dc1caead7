import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { didYouMean } from "../../../platform/didYouMean";
import { rbacObjects, roleKinds, rulesOf } from "../objects";

/** A verb that no request has. */
export const unknownVerb: Rule = {
  code: "rbac/unknown-verb",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { node } of rbacObjects(context, roleKinds)) {
      for (const { verbs, nonResourceUrls } of rulesOf(node)) {
        if (nonResourceUrls.length > 0) continue;
        for (const { text, origin } of verbs) {
          if (resourceVerbs.has(text) || isPlaceholder(text)) continue;
          const meant = confused.get(text.toLowerCase());
          const suggestion = meant === undefined ? nearVerb(text) : undefined;
          if (meant === undefined && suggestion === undefined) continue;
          const message = `No request has the verb \`${text}\`, so it allows nothing.`;
          const help = meant ?? `Write \`${suggestion}\`.`;
          yield { place: origin.place, message, help, data: { suggestion } };
        }
      }
    }
  },
  fix: useSuggestion,
  docs: {
    summary: "A rule of a role has a misspelt verb.",
    explanation:
      "Nobody complains about a verb that does not exist, it just allows nothing. Those of resources are get, list, watch, create, update, patch, delete and deletecollection; some resources have more, such as bind, escalate, impersonate, approve, sign and use.",
    bad: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
rules:
- apiGroups: [""]
  resources: [pods]
  verbs: [get, List]
`,
    good: `#- role.yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
rules:
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list]
`,
  },
};

const resourceVerbs: ReadonlySet<string> = new Set([
  ..."* get list watch create update patch delete deletecollection impersonate bind escalate approve sign use".split(
    " ",
  ),
  // Of other groups and of newer versions: attest signers, mount volumes, read and write whole APIs of OpenShift and KubeVirt.
  ..."attest override post put proxy head".split(" "),
]);

/** What people write who think of files or of HTTP. */
const confused: ReadonlyMap<string, string> = new Map([
  ["read", "Write `get`, `list` and `watch`."],
  ["write", "Write `create`, `update`, `patch` and `delete`."],
  ["edit", "Write `update` and `patch`."],
  ["view", "Write `get`, `list` and `watch`."],
  ["remove", "Write `delete`."],
  ["apply", "Write `create` and `patch`."],
]);

/** Other verbs may be those of an API that we do not know: only a slip of one letter is one. */
function nearVerb(text: string): string | undefined {
  const near = didYouMean(text, resourceVerbs);
  if (near === undefined || near.length < 3) return undefined;
  return near === text.toLowerCase() || (text.length > 4 && Math.abs(near.length - text.length) <= 1)
    ? near
    : undefined;
}
