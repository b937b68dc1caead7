import { expect, test } from "vitest";
import { namesNamespace } from "../../../../client/src/cluster/argocd/namespacePattern";

// The answers are those of gobwas/glob v0.2.3, which Argo CD 3.5 uses.
test.each([
  ["team-*", "team-a", true],
  ["team-*", "shop", false],
  ["team-?", "team-ab", false],
  ["team.a", "team-a", false],
  ["team-[a-c]", "team-b", true],
  ["team-[a-c]", "team-d", false],
  ["team-[!a-c]", "team-d", true],
  ["team-[!a-c]", "team-b", false],
  ["team-[ax]", "team-x", true],
  ["team-[!ax]", "team-x", false],
  ["team-[-a]", "team--", true],
  ["team-[^a]", "team-a", true],
  ["team-[ab-c]", "team--", true],
  ["[ab", "a", false],
  ["[]", "a", false],
  ["[c-a]", "b", false],
  ["[a-cx]", "a", false],
  ["team-\\[a]", "team-a", false],
  ["{team,shop}-a", "shop-a", true],
  ["{team,shop}-a", "book-a", false],
  ["{team,{shop,book}}-a", "book-a", true],
  // What is left of `team-{a,b}` in a list that commas divide.
  ["team-{a", "team-a", true],
  ["b}", "b", false],
])("the glob %s for %s: %s", (pattern, namespace, expected) => {
  expect(namesNamespace(["none", pattern], namespace)).toBe(expected);
});

test.each([
  ["/^team-(a|b)$/", "team-a", true],
  ["/team/", "my-team-a", true],
  // The sample in Argo CD's documentation.
  ["/^((?!not-allowed).)*$/", "team-a", true],
  ["/^((?!not-allowed).)*$/", "is-not-allowed", false],
  ["/(/", "(", false],
  ["//", "team-a", false],
])("the regular expression %s for %s: %s", (pattern, namespace, expected) => {
  expect(namesNamespace([pattern], namespace)).toBe(expected);
});
