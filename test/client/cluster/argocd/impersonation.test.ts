import { expect, test } from "vitest";
import { ApiError } from "../../../../client/src/cluster/apiError";
import type { Application } from "../../../../client/src/cluster/argocd/application";
import { accountOf, findImpersonatedAccount } from "../../../../client/src/cluster/argocd/impersonation";
import type { AppProject } from "../../../../client/src/cluster/argocd/projects";
import { trimProject } from "../../../../client/src/cluster/argocd/projects";
import type { OpenCluster } from "../../../../client/src/cluster/openClusters";
import { type Answer, fakeConnection } from "../../../support/fakeConnection";

const application: Application = {
  metadata: { name: "book-dev", namespace: "argocd" },
  spec: { project: "books", destination: { name: "in-cluster", namespace: "book-dev" } },
};

/** A project with entries as `server namespace account`. */
function project(...entries: readonly string[]): AppProject {
  const destinationServiceAccounts = entries.map((entry) => {
    const [server = "", namespace = "", defaultServiceAccount = ""] = entry.split(" ");
    return { server, namespace, defaultServiceAccount };
  });
  return { metadata: { name: "books", namespace: "argocd" }, spec: { destinationServiceAccounts } };
}

const own = "https://kubernetes.default.svc";

// As argo-cd's `DeriveServiceAccountToImpersonate` answers.
test.each([
  ["the first entry that fits", [`${own} shop-* shop`, `${own} book-* deployer`, "* * last"], "book-dev/deployer"],
  ["a namespace of its own", [`${own} * accounts:deployer`], "accounts/deployer"],
  ["globs without separators", ["https://*.svc {book,shop}-dev deployer"], "book-dev/deployer"],
  ["another cluster", ["https://example.com * deployer"], undefined],
  ["a fitting entry without a name that could be", [`${own} * de*loyer`, "* * last"], undefined],
  ["no entries", [], undefined],
])("a project says who deploys: %s", (_, entries, expected) => {
  const account = accountOf(application, project(...entries));
  expect(account && `${account.namespace}/${account.name}`).toBe(expected);
});

/** A cluster that watches the project of the Application, and has this in `argocd-cm`. */
function home(argocdCm: Answer, known: AppProject | undefined): OpenCluster {
  const { connection } = fakeConnection((request) => (request.path.endsWith("/argocd-cm") ? argocdCm(request) : known));
  const projects = known && new Map([["argocd/books", trimProject(known)]]);
  return { connection, controlPlanes: [{ namespace: "argocd" }], projects } as unknown as OpenCluster;
}

const { signal } = new AbortController();
const enabled = () => ({ data: { "application.sync.impersonation.enabled": "true" } });
const forbidden = () => new ApiError("forbidden", "User ada cannot get configmaps.");

test("whether Argo CD deploys in the name of that account is read from its configuration", async () => {
  const books = project(`${own} * deployer`);
  const deployer = { namespace: "book-dev", name: "deployer" };
  expect(await findImpersonatedAccount(home(enabled, books), application, signal)).toEqual({
    ...deployer,
    isInForce: true,
  });
  const off = () => ({ data: {} });
  expect(await findImpersonatedAccount(home(off, books), application, signal)).toEqual({
    ...deployer,
    isInForce: false,
  });
  expect(await findImpersonatedAccount(home(forbidden, books), application, signal)).toEqual(deployer);
  expect(await findImpersonatedAccount(home(enabled, project()), application, signal)).toBeUndefined();
});

test("a project that nobody lets us watch is read, and one that cannot be read keeps nobody from going on", async () => {
  const watched = home(enabled, project(`${own} * deployer`));
  const unwatched = { ...watched, projects: undefined };
  expect(await findImpersonatedAccount(unwatched, application, signal)).toMatchObject({ name: "deployer" });
  const { connection } = fakeConnection(() => new ApiError("unreachable", "Nothing listens there."));
  expect(await findImpersonatedAccount({ ...unwatched, connection }, application, signal)).toBeUndefined();
});
