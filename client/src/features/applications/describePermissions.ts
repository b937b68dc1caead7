import type { Right } from "../../cluster/accessReview";
import { describeMissing } from "../../cluster/accessReview";
import { type Application, applications } from "../../cluster/argocd/application";
import type { ArgocdAccess } from "../../cluster/argocd/argocdAccess";
import type { Connection } from "../../cluster/connection";
import type { RememberedRights } from "../../cluster/rememberedRights";

/** What a person can do with an Application, by the right that it takes. */
const deeds: readonly (readonly [verb: Right["verb"], deeds: string])[] = [
  ["patch", "refresh, sync, roll back, terminate, pause and resume auto-sync"],
  ["delete", "delete"],
];

/** What is not permitted to the person with an Application, a line each; empty when everything is. Never rejects. */
export async function describePermissions(
  rights: RememberedRights,
  connection: Connection,
  { metadata: { namespace, name } }: Pick<Application, "metadata">,
): Promise<readonly string[]> {
  const { group, plural: resource } = applications;
  const wanted = deeds.map(([verb]): Right => ({ verb, group, resource, namespace, name }));
  try {
    const missing = await rights.findMissing(connection, wanted);
    return missing.map(({ right }) => {
      const [, what = ""] = deeds.find(([verb]) => verb === right.verb) ?? [];
      return `Not permitted: ${what}. ${describeMissing(right)}`;
    });
  } catch (error) {
    return [`What you may do is not known: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** The same for someone who goes through the API server of an Argo CD, whose roles decide. Never rejects. */
export async function describeRoles(argocd: ArgocdAccess, application: Application): Promise<readonly string[]> {
  try {
    const answers = await Promise.all(
      (["sync", "rollBack", "setAutoSync", "delete"] as const).map((deed) => argocd.missing(deed, application)),
    );
    return answers.flat();
  } catch (error) {
    return [`What you may do is not known: ${error instanceof Error ? error.message : String(error)}`];
  }
}
