import { isPlaceholder } from "../../../analysis/placeholders";
import type { Hit, Rule } from "../../../analysis/rule";
import { decodeBase64, isSecretValue } from "../../../kubernetes/secretText";
import type { Resource } from "../../../kustomize/resource";
import { baseName } from "../../../platform/path";
import { getIn, getValue, textOf } from "../../../yaml/node";
import type { Place } from "../../../yaml/source";

/** A secretGenerator that is given secrets in plain text. */
export const plainSecret: Rule = {
  code: "kustomization/plain-secret",
  severity: "warning",
  scope: "build",
  *check({ result }): Iterable<Hit> {
    for (const resource of result.resources) {
      if (resource.generated && resource.id.kind === "Secret") yield* checkGenerated(resource);
    }
  },
  docs: {
    summary: "A secretGenerator is given a password, a token or a private key in plain text.",
    explanation:
      "Everyone who can read the repository can read it. Files are told of as an information, since Git may ignore them; those that SOPS has encrypted are left alone.",
    bad: "#- kustomization.yaml\nsecretGenerator:\n- name: database\n  literals:\n  - username=app\n  - password=s3cr3t-Pa55\n",
    good: "#- kustomization.yaml\nresources:\n- secret.yaml\n#- secret.yaml\napiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: database\nspec:\n  secretStoreRef:\n    kind: ClusterSecretStore\n    name: vault\n  dataFrom:\n  - extract:\n      key: database\n",
  },
};

/** One finding for each entry of the kustomization: a literal, or a file. */
function* checkGenerated({ node, id }: Resource): Iterable<Hit> {
  const entries = new Map<string, { readonly place: Place; readonly keys: string[]; readonly isLiteral: boolean }>();
  const data = getValue(node, "data");
  for (const { key, value } of data?.kind === "mapping" ? data.entries : []) {
    const change = value.origin.change;
    const text = decodeBase64(textOf(value) ?? "") ?? "";
    if (change === undefined || !isSecretValue(key.text, text) || isPlaceholder(text) || isEncrypted(text)) continue;
    const { place, path } = change;
    const at = `${place.file.path}\n${path}`;
    const known = entries.get(at);
    if (known === undefined) entries.set(at, { place, keys: [key.text], isLiteral: path.includes("/literals/") });
    else known.keys.push(key.text);
  }
  const name = textOf(getIn(node, ["metadata", "name"])) ?? id.name;
  for (const { place, keys, isLiteral } of entries.values()) {
    const shown = keys.map((key) => `\`${key}\``).join(", ");
    yield {
      place,
      message: `${isLiteral ? "The generator" : `\`${baseName(place.file.text.slice(place.start, place.end))}\``} puts ${shown} into the Secret \`${name}\` in plain text.`,
      help: "Keep it out of Git: let an ExternalSecret fetch it, seal it, or generate from a file that SOPS has encrypted.",
      severity: isLiteral ? undefined : "information",
    };
  }
}

function isEncrypted(text: string): boolean {
  return /^sops_|^["']?sops["']?:|ENC\[/m.test(text);
}
