import { describe, expect, test } from "vitest";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import {
  checkName,
  destinationsOf,
  homesOf,
  namespacesOf,
  ownCluster,
  projectsOf,
  suggestName,
  takenNames,
  toDestination,
} from "../../../../client/src/features/applicationFiles/applicationOptions";
import type { ObjectChoices, SourceChoice } from "../../../../server/src/protocol/newObjects";

const source: SourceChoice = {
  root: "file:///ws/config/overlays/dev",
  path: "config/overlays/dev",
  label: "config/overlays/dev",
  role: "overlay",
  remotes: [{ name: "origin", url: "https://example.com/book-config.git" }],
  namespace: "book-dev",
  deployedBy: [],
};

const choices: ObjectChoices = {
  sources: [source],
  projects: ["shop"],
  argocdNamespaces: ["argocd", "openshift-gitops"],
  destinations: [ownCluster, { name: "prod" }],
  namespaces: ["web"],
  applications: [{ name: "written", namespace: "argocd" }, { name: "anywhere" }],
  controllers: [],
};

const live: Application = {
  metadata: { name: "running", namespace: "openshift-gitops" },
  spec: { project: "book", destination: { server: "https://other.example.com", namespace: "book-live" } },
};
const clusters = [
  { applications: new Map([["openshift-gitops/running", live]]), controlPlanes: [{ namespace: "gitops" }] },
];

test("namespaces and projects are offered in the order in which people count", () => {
  const many = { ...choices, projects: ["shop-10", "shop-9"], namespaces: ["web-10", "web-9"] };
  expect(projectsOf(many, [])).toEqual(["shop-9", "shop-10", "default"]);
  expect(namespacesOf(many, [], undefined)).toEqual(["web-9", "web-10"]);
});

describe("the name that is suggested", () => {
  test.each([
    [source, [], "book-dev"],
    [source, ["book-dev"], "book-dev-2"],
    [{ ...source, namespace: undefined }, [], "book-dev"],
    [{ ...source, namespace: "Web" }, ["web"], "book-dev"],
    [undefined, [], "book-dev"],
  ] as const)("%#", (from, taken, name) => {
    expect(suggestName(from, "git@example.com:team/book-config.git", source.path, taken)).toBe(name);
  });

  test("is a name whatever the path is", () => {
    expect(suggestName(undefined, "https://example.com/Team/Book_Shop.git", ".", [])).toBe("book-shop");
    expect(suggestName(undefined, "", ".", [])).toBe("application");
  });
});

test("a name must be one, and new where it is to be", () => {
  expect(checkName("book-dev", takenNames(choices, clusters, "argocd"))).toBeUndefined();
  expect(checkName("Book", [])).toContain("small letters");
  expect(checkName("written", takenNames(choices, clusters, "argocd"))).toBe(
    "There is an Application 'written' already.",
  );
  expect(takenNames(choices, clusters, "openshift-gitops")).toEqual(["anywhere", "running"]);
});

test("files and open contexts are offered together, each once and in a useful order", () => {
  expect(homesOf(choices, clusters)).toEqual(["gitops", "argocd", "openshift-gitops"]);
  expect(projectsOf(choices, clusters)).toEqual(["book", "shop", "default"]);
  expect(destinationsOf(choices, clusters)).toEqual([
    ownCluster,
    { name: "prod" },
    { server: "https://other.example.com" },
  ]);
  expect(namespacesOf(choices, clusters, source)).toEqual(["book-dev", "book-live", "web"]);
  expect(toDestination("https://a.example.com")).toEqual({ server: "https://a.example.com" });
  expect(toDestination("prod")).toEqual({ name: "prod" });
});
