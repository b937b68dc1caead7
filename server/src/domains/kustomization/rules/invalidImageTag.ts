import type { Finding, Fix } from "../../../analysis/finding";
import { documentOf, pathAt, rewriteFix } from "../../../analysis/repair";
import type { FixContext, Hit, Rule } from "../../../analysis/rule";
import { useSuggestion } from "../../../analysis/suggestionFix";
import { renameKey } from "../../../yaml/edit";
import type { Scalar } from "../../../yaml/node";
import { imageEntries } from "../imageEntries";

const hex = "ac61c247578acbe30d1348bbed9442d753eb70bb8533638719c50e78143baa0c";

/** A tag or digest that no image can have: the pods would not start. */
export const invalidImageTag: Rule = {
  code: "kustomization/invalid-image-tag",
  severity: "warning",
  scope: "document",
  *check(context) {
    for (const { digest, newTag } of imageEntries(context)) {
      if (digest !== undefined && !isDigest(digest.text)) yield wrongDigest(digest);
      if (newTag !== undefined && !isTag(newTag.text)) yield wrongTag(newTag);
    }
  },
  docs: {
    summary: "The `digest` or `newTag` of an `images` entry is none.",
    explanation:
      "A digest is `sha256:` and 64 hexadecimal digits in small letters. A tag has letters, digits, `_`, `.` and `-`, and at most 128 of them; it may have a digest behind it. Kustomize checks neither, and the image cannot be pulled.",
    bad: `#- kustomization.yaml\nimages:\n- name: web\n  digest: ${hex}\n`,
    good: `#- kustomization.yaml\nimages:\n- name: web\n  digest: sha256:${hex}\n`,
  },
  fix: (finding, context) => [...useSuggestion(finding, context), ...moveToDigest(finding, context)],
};

/** The grammar of OCI's distribution specification. */
function isDigest(text: string): boolean {
  if (text.startsWith("sha256:")) return /^sha256:[0-9a-f]{64}$/.test(text);
  if (text.startsWith("sha512:")) return /^sha512:[0-9a-f]{128}$/.test(text);
  return /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/.test(text);
}

function isTag(text: string): boolean {
  const at = text.indexOf("@");
  if (at >= 0 && !isDigest(text.slice(at + 1))) return false;
  return /^\w[\w.-]{0,127}$/.test(at < 0 ? text : text.slice(0, at));
}

function wrongDigest(digest: Scalar): Hit {
  const bare = digest.text.replace(/^@/, "").toLowerCase();
  const suggestion = [bare, `sha256:${bare}`].find((each) => /^sha256:[0-9a-f]{64}$/.test(each));
  return {
    place: digest.origin.place,
    message: `\`${digest.text}\` is no digest.`,
    help: suggestion === undefined ? "Write `sha256:` and 64 hexadecimal digits." : `Write \`${suggestion}\`.`,
    data: { suggestion },
  };
}

function wrongTag(tag: Scalar): Hit {
  const isOnlyDigest = /^sha256:[0-9a-f]{64}$/.test(tag.text);
  return {
    place: tag.origin.place,
    message: `\`${tag.text}\` is no tag.`,
    help: isOnlyDigest ? "Write it under `digest`." : "Write a tag: letters, digits, `_`, `.` and `-`.",
    data: { isOnlyDigest },
  };
}

function moveToDigest(finding: Finding, context: FixContext): readonly Fix[] {
  const document = documentOf(finding, context);
  const path = document && pathAt(document, finding.place.start, finding.place.end);
  if (finding.data?.["isOnlyDigest"] !== true || document === undefined || path === undefined) return [];
  return rewriteFix("Move it to 'digest'", document, [(current) => renameKey(current, path, "digest")]);
}
