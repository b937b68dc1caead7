import type { ControllerChoice } from "../../../../server/src/protocol/newObjects";
import type { ImpersonatedAccount } from "../../cluster/argocd/impersonation";

/** A service account, and why it is one that may need the rights. */
export interface AccountChoice extends ControllerChoice {
  readonly why?: string | undefined;
}

/**
 * The service accounts that may need the rights to deploy an Application, the likeliest first: the one that its project names (`destinationServiceAccounts`)
 * unless its Argo CD is known not to act in its name, then those of the Argo CDs. One that does not act is never the only choice.
 */
export function accountsFor(
  controllers: readonly ControllerChoice[],
  project: string,
  account: ImpersonatedAccount | undefined,
): readonly AccountChoice[] {
  if (account === undefined || (account.isInForce === false && controllers.length === 0)) return controllers;
  const { namespace, name, isInForce } = account;
  const says = `The project '${project}' names it in destinationServiceAccounts`;
  const why = {
    true: `${says}: Argo CD deploys there in its name.`,
    false: `${says}, but argocd-cm does not turn that on (application.sync.impersonation.enabled).`,
    undefined: `${says}; whether Argo CD deploys in its name cannot be seen, as argocd-cm cannot be read.`,
  }[`${isInForce}`];
  const own: AccountChoice = { namespace, name, why };
  const others = controllers.filter((each) => each.namespace !== namespace || each.name !== name);
  return isInForce === false ? [...others, own] : [own, ...others];
}
