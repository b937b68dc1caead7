import { expect, test } from "vitest";
import type { ImpersonatedAccount } from "../../../../client/src/cluster/argocd/impersonation";
import { accountsFor } from "../../../../client/src/features/grantAccess/accounts";

const controller = { namespace: "argocd", name: "argocd-application-controller" };
const account: ImpersonatedAccount = { namespace: "book-dev", name: "deployer" };

/** The accounts that are offered, each with why. */
function offered(found: ImpersonatedAccount | undefined): readonly string[] {
  return accountsFor([controller], "books", found).map(({ name, why = "" }) => `${name} ${why}`.trim());
}

test("the account that a project names comes first, with the reason, unless its Argo CD acts in its own name", () => {
  expect(offered(undefined)).toEqual([controller.name]);
  const says = "The project 'books' names it in destinationServiceAccounts";
  expect(offered({ ...account, isInForce: true })).toEqual([
    `deployer ${says}: Argo CD deploys there in its name.`,
    controller.name,
  ]);
  expect(offered({ ...account, isInForce: undefined })[0]).toMatch(/^deployer .*argocd-cm cannot be read\.$/);
  expect(offered({ ...account, isInForce: false })).toEqual([
    controller.name,
    expect.stringMatching(/^deployer .*application\.sync\.impersonation\.enabled/),
  ]);
});

test("an account that is both is offered once", () => {
  expect(offered({ ...controller, isInForce: true })).toHaveLength(1);
});

test("an account in whose name nobody deploys is not taken without a question where no Argo CD is known", () => {
  expect(accountsFor([], "books", { ...account, isInForce: false })).toEqual([]);
  expect(accountsFor([], "books", { ...account, isInForce: true })).toMatchObject([account]);
});
