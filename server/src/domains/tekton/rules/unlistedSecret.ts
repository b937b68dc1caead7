import { deployedObjects, isFullyKnown } from "../../../analysis/deployedObjects";
import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, fixOf, pathAt } from "../../../analysis/repair";
import type { FixContext, Hit, Rule, WorkspaceContext } from "../../../analysis/rule";
import { parentPath } from "../../../platform/path";
import type { Snapshot } from "../../../workspace/snapshot";
import { appendItem } from "../../../yaml/edit";
import { getIn, getValue, type Mapping, type Node, textOf } from "../../../yaml/node";
import type { Place } from "../../../yaml/source";
import { isSameNamespace } from "../catalog";

/** A Secret that is annotated for Tekton and that no ServiceAccount lists. */
export const unlistedSecret: Rule = {
  code: "tekton/unlisted-secret",
  severity: "warning",
  scope: "workspace",
  *check(context): Iterable<Hit> {
    const accounts = deployedObjects(context, "", "ServiceAccount").map(({ node }) => node);
    for (const { node, name, annotation, root } of annotatedSecrets(context)) {
      if (!isFullyKnown(context, { root }) || hasBroken(context.snapshot, node)) continue;
      const namespace = textOf(getIn(node, ["metadata", "namespace"]));
      const near = accounts.filter((each) =>
        isSameNamespace(textOf(getIn(each, ["metadata", "namespace"])), namespace),
      );
      if (near.some((account) => lists(account, name.text))) continue;
      const close = near.filter((each) => isBeside(each, node));
      const [only, ...others] = close;
      const account = others.length === 0 ? getIn(only, ["metadata", "name"]) : undefined;
      yield {
        place: name.place,
        message: `The Secret \`${name.text}\` is annotated with \`${annotation}\`, but no ServiceAccount lists it.`,
        help: "Add it to `secrets` of the ServiceAccount of the run: Tekton looks at no others.",
        // Without any ServiceAccount beside it, the one that lists it may be made elsewhere.
        severity: close.length === 0 ? "information" : undefined,
        root,
        data: { name: name.text, account: account?.origin.place, accountName: textOf(account) },
      };
    }
  },
  docs: {
    summary:
      "A Secret that is annotated with `tekton.dev/git-…` or `tekton.dev/docker-…` is listed by no ServiceAccount.",
    explanation:
      "Tekton gives its tasks the credentials of those annotated Secrets that the ServiceAccount of the run lists under `secrets`. Any other has no effect.",
    bad: "#- secret.yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: git\n  annotations:\n    tekton.dev/git-0: https://github.com\ntype: kubernetes.io/basic-auth\n#- account.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: pipeline-bot\n",
    good: "#- secret.yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: git\n  annotations:\n    tekton.dev/git-0: https://github.com\ntype: kubernetes.io/basic-auth\n#- account.yaml\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: pipeline-bot\nsecrets:\n- name: git\n",
  },
  fix(finding: Finding, context: FixContext): readonly Fix[] {
    const { name, account, accountName } = finding.data ?? {};
    if (typeof name !== "string" || !isPlace(account)) return [];
    const document = documentOf({ ...finding, place: account }, context);
    const path = document && pathAt(document, account.start, account.end);
    if (document === undefined || path === undefined) return [];
    const edits = appendItem(document, [...path.slice(0, -2), "secrets"], new Map([["name", name]]));
    return fixOf(`List it in the ServiceAccount '${String(accountName)}'`, document.file, edits, true);
  },
};

interface AnnotatedSecret {
  readonly node: Mapping;
  readonly name: { readonly text: string; readonly place: Place };
  readonly annotation: string;
  readonly root?: string | undefined;
}

/** Where objects that are or make Secrets keep the metadata of the Secret, and its name when that is another than their own. */
const makers = [
  { group: "", kind: "Secret", metadata: ["metadata"], name: ["metadata", "name"] },
  {
    group: "bitnami.com",
    kind: "SealedSecret",
    metadata: ["spec", "template", "metadata"],
    name: ["metadata", "name"],
  },
  {
    group: "external-secrets.io",
    kind: "ExternalSecret",
    metadata: ["spec", "target", "template", "metadata"],
    name: ["spec", "target", "name"],
  },
] as const;

function* annotatedSecrets(context: WorkspaceContext): Iterable<AnnotatedSecret> {
  for (const { group, kind, metadata, name: namePath } of makers) {
    for (const { node, root } of deployedObjects(context, group, kind)) {
      const annotation = keysOf(getIn(node, [...metadata, "annotations"])).find((key) =>
        /^tekton\.dev\/(?:git|docker)-/.test(key),
      );
      const name = getIn(node, namePath) ?? getIn(node, ["metadata", "name"]);
      const text = textOf(name);
      if (annotation === undefined || name === undefined || text === undefined) continue;
      yield { node, name: { text, place: name.origin.place }, annotation, root };
    }
  }
}

/** Whether a file beside an object is no YAML at present: it may hold the ServiceAccount. */
function hasBroken(snapshot: Snapshot, node: Mapping): boolean {
  const folder = parentPath(node.origin.place.file.path);
  const files = (snapshot.list(folder) ?? [])
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => `${folder}/${name}`);
  return files.some((path) => snapshot.documents(path).some(({ problems }) => problems.length > 0));
}

/** Whether two objects are written in the same folder. */
function isBeside(a: Mapping, b: Mapping): boolean {
  return parentPath(a.origin.place.file.path) === parentPath(b.origin.place.file.path);
}

function keysOf(node: Node | undefined): readonly string[] {
  return node?.kind === "mapping" ? node.entries.map(({ key }) => key.text) : [];
}

function lists(account: Mapping, secret: string): boolean {
  return ["secrets", "imagePullSecrets"].some((field) => {
    const list = getValue(account, field);
    return list?.kind === "sequence" && list.items.some((item) => textOf(getValue(item, "name")) === secret);
  });
}

function isPlace(value: unknown): value is Place {
  return typeof value === "object" && value !== null && "file" in value && "start" in value && "end" in value;
}
