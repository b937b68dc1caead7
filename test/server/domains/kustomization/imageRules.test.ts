import { describe, test } from "vitest";
import { checkDiagnostics } from "../../../support/checkDiagnostics";
import { checkFix } from "../../../support/checkFix";

const digest = "sha256:ac61c247578acbe30d1348bbed9442d753eb70bb8533638719c50e78143baa0c";
const images = (entry: string): string => `#- kustomization.yaml\nimages:\n- ${entry}`;

describe("kustomization/image-name-with-tag", () => {
  test("is the only finding of an entry with tags in both names", () =>
    checkDiagnostics(`
#- kustomization.yaml
images:
- digest: ${digest}
  name: quay.io/team/web:latest
#       ^^^^^^^^^^^^^^^^^^^^^^^ warning kustomization/image-name-with-tag
  newName: quay.io/team/web:v2
`));
  test("fix: both names", () =>
    checkFix(
      images(`name: web:latest\n  newName: quay.io/team/web:v2 # c\n  digest: ${digest}\n`),
      "kustomization/image-name-with-tag",
      "Change to 'web', and move the tag to 'newTag'",
      images(`name: web\n  newName: quay.io/team/web # c\n  newTag: v2\n  digest: ${digest}\n`),
    ));
});

describe("kustomization/new-name-with-tag", () => {
  test("warns of two tags; a digest behind the tag works", () =>
    checkDiagnostics(`
#- kustomization.yaml
images:
- name: a
  newName: team/a:v1
#          ^^^^^^^^^ warning kustomization/new-name-with-tag: The image becomes \`team/a:v1:v2\`, which is none
  newTag: v2
- name: b
  newName: team/b:v1
#          ^^^^^^^^^ information kustomization/new-name-with-tag
  digest: ${digest}
- name: c
  newName: localhost:5000/c
  newTag: v1
- name: d
  newName:
`));
  test.each([
    ["newTag: v2", "name: a\n  newName: team/a # c\n  newTag: v2\n", "Remove the tag from 'newName'"],
    [
      `digest: ${digest}`,
      `name: a\n  newName: team/a # c\n  newTag: v1\n  digest: ${digest}\n`,
      "Move the tag to 'newTag'",
    ],
  ])("fix beside %s", (beside, after, title) =>
    checkFix(
      images(`name: a\n  newName: team/a:v1 # c\n  ${beside}\n`),
      "kustomization/new-name-with-tag",
      title,
      images(after),
    ),
  );
});

describe("kustomization/image-name-pattern", () => {
  test("hits what has a meaning in regular expressions, not dots, ports and placeholders", () =>
    checkDiagnostics(`
#- kustomization.yaml
images:
- name: quay.io/team/.*
#       ^^^^^^^^^^^^^^^ information kustomization/image-name-pattern: \`*\` has a meaning of its own here
  newTag: v1
- name: localhost:5000/team/web.v2
  newTag: v1
- name: $(IMAGE)
  newTag: v1
- name: \${IMAGE}
  newTag: v1
`));
});

describe("kustomization/invalid-image-tag", () => {
  test("hits digests and tags that no image can have", () =>
    checkDiagnostics(`
#- kustomization.yaml
images:
- name: a
  digest: ${digest.slice(0, -1)}
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning kustomization/invalid-image-tag
- name: b
  newTag: team/b
#         ^^^^^^ warning kustomization/invalid-image-tag: \`team/b\` is no tag.
- name: c
  newTag: v1.0.0@${digest}
- name: d
  digest: ${digest}
- name: e
  newTag: ""
  digest: \${DIGEST}
- name: f
  digest:
`));
  test.each([
    [`digest: ${digest.slice(7)}`, `Change to '${digest}'`, `digest: ${digest}`],
    [`digest: ${digest.toUpperCase()}`, `Change to '${digest}'`, `digest: ${digest}`],
    [`newTag: ${digest}`, "Move it to 'digest'", `digest: ${digest}`],
  ])("fix: %s", (before, title, after) =>
    checkFix(
      images(`name: a\n  ${before}\n`),
      "kustomization/invalid-image-tag",
      title,
      images(`name: a\n  ${after}\n`),
    ),
  );
});

describe("kustomization/unpinned-remote", () => {
  test("hits what changes by itself", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources:
- https://github.com/team/base//deploy
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information kustomization/unpinned-remote
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information kustomization/remote-not-fetched
- github.com/team/other?ref=main
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint kustomization/unpinned-remote
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information kustomization/remote-not-fetched
- https://raw.githubusercontent.com/team/base/main/a.yaml
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information kustomization/unpinned-remote
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information kustomization/remote-not-fetched
- https://github.com/team/base/releases/latest/download/a.yaml
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information kustomization/unpinned-remote
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information kustomization/remote-not-fetched
`));
  test("leaves versions alone, and files elsewhere", () =>
    checkDiagnostics(`
#- kustomization.yaml
resources:
- https://github.com/team/base//deploy?ref=v1.2.3
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information kustomization/remote-not-fetched
- https://github.com/team/base/releases/download/v1/a.yaml
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information kustomization/remote-not-fetched
- https://example.com/a.yaml
# ^^^^^^^^^^^^^^^^^^^^^^^^^^ information kustomization/remote-not-fetched
`));
  const one = (ref: string): string =>
    `#- one/kustomization.yaml\nresources:\n- https://github.com/team/base//deploy${ref}\n#- two/kustomization.yaml\nresources:\n- https://github.com/team/base//other?ref=v1.2.3\n`;
  test("fix: the version that the workspace takes elsewhere", () =>
    checkFix(one(""), "kustomization/unpinned-remote", "Add '?ref=v1.2.3', as in 'two'", one("?ref=v1.2.3")));
});
