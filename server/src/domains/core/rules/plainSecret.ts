import { objectsOf } from "../../../analysis/checkedObjects";
import type { Finding, Fix } from "../../../analysis/finding";
import { isToFillIn } from "../../../analysis/manifests";
import { documentOf, rewriteFix } from "../../../analysis/repair";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { baseName } from "../../../platform/path";
import { getIn, textOf } from "../../../yaml/node";
import { findPlainSecrets } from "../plainSecrets";
import { toExternalSecret } from "../toExternalSecret";

/** A secret that everyone can read who can read the repository. */
export const plainSecret: Rule = {
  code: "core/plain-secret",
  severity: "warning",
  scope: "document",
  *check(context): Iterable<Hit> {
    const { path } = context.file;
    if (isToFillIn(path) || isSample(path)) return;
    for (const { node, kind } of objectsOf(context)) {
      const secrets = findPlainSecrets(node);
      const [first] = secrets;
      if (first === undefined) continue;
      const names = [...new Set(secrets.map(({ name }) => `\`${name}\``))];
      const shown =
        names.length > 5 ? `${names.slice(0, 4).join(", ")} and ${names.length - 4} more` : names.join(", ");
      const name = textOf(getIn(node, ["metadata", "name"]));
      yield {
        place: first.key.origin.place,
        message: `The ${kind}${name === undefined ? "" : ` \`${name}\``} says ${shown} in plain text, for everyone who can read the repository.`,
        help: `Replace what was published. Then let an ExternalSecret fetch it, seal it (\`kubeseal --format yaml < ${baseName(path)}\`), or encrypt it (\`sops --encrypt --in-place ${baseName(path)}\`).`,
        severity: isForTests(path) ? "information" : undefined,
      };
    }
  },
  docs: {
    summary: "A Secret, a private key or a password stands in plain text in a manifest.",
    explanation:
      "Base64 hides nothing. Sealed and encrypted values (SealedSecret, SOPS), references to a store (Vault, 1Password, `<path:…>` of the Argo CD Vault Plugin) and placeholders are left alone, and so are names, addresses, certificates, and values with a comment for a scanner (`# gitleaks:allow`, `# notsecret`). In folders of tests it is an information. Turn the rule off with `core/plain-secret: off` where the repository is as safe as the cluster.",
    bad: "#- a.yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: database\nstringData:\n  username: app\n  password: s3cr3t-Pa55\n",
    good: "#- a.yaml\napiVersion: v1\nkind: Secret\nmetadata:\n  name: database\nstringData:\n  username: app\n  password: <path:secret/data/database#password>\n",
  },
  fix(finding: Finding, context: FixContext): readonly Fix[] {
    const document = documentOf(finding, context);
    const conversion = document && toExternalSecret(document, context.snapshot.symbols);
    return document === undefined || conversion === undefined
      ? []
      : rewriteFix(conversion.title, document, conversion.steps);
  },
};

/** A file that is there to be copied: `secret.example.yaml`. */
function isSample(path: string): boolean {
  return /(?:^|[-_.])(?:example|sample|dist|dummy|placeholder)s?\.ya?ml$/.test(baseName(path));
}

function isForTests(path: string): boolean {
  return /\/(?:e2e|tests?|testdata|test-.*|fixtures?|examples?|samples?|demos?|docs?|hack|quickstarts?)\//.test(path);
}
