import type { Hit, Rule } from "../../../analysis/rule";
import { fieldAt, namedFieldsAt } from "../../../tekton/field";
import { wholeObjectsOf } from "../objects";
import { headPlace, keyPlace } from "../places";
import { presentWays } from "../runnables";
import { sample } from "../samples";

/** An authority with no key, or with several. */
export const verificationKey: Rule = {
  code: "tekton/verification-key",
  severity: "error",
  scope: "document",
  *check(context): Iterable<Hit> {
    for (const { kind, spec } of wholeObjectsOf(context)) {
      if (kind !== "VerificationPolicy" || spec === undefined) continue;
      for (const authority of namedFieldsAt(spec, "authorities")) {
        const key = fieldAt(authority, "key");
        const [first, second] = key === undefined ? [] : presentWays(key.node, ["data", "secretRef", "kms"]);
        if (key === undefined || first === undefined) {
          const message = `The authority \`${authority.name}\` has no key.`;
          yield { place: headPlace(authority), message, help: "Add `data`, `secretRef` or `kms` to `key`." };
        } else if (second !== undefined) {
          const message = `\`${first}\` and \`${second}\` exclude each other.`;
          yield { place: keyPlace(key.node, second), message, help: "Keep one of them." };
        }
      }
    }
  },
  docs: {
    summary: "An authority of a VerificationPolicy has no key, or more than one.",
    explanation: "It has exactly one of `data`, `secretRef` and `kms`. Tekton's webhook refuses the policy otherwise.",
    bad: policy("      data: key\n      kms: gcpkms://keys/a\n"),
    good: policy("      kms: gcpkms://keys/a\n"),
  },
};

function policy(key: string): string {
  return sample(
    "VerificationPolicy",
    `  resources:\n  - pattern: https://example.com/.*\n  authorities:\n  - name: team\n    key:\n${key}`,
    "tekton.dev/v1alpha1",
  );
}
