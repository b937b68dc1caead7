import { nameSome } from "../../../../server/src/protocol/nameSome";
import type { Application, ManagedResource } from "../../cluster/argocd/application";
import { type Cascade, type DeletionPlan, recreatorOf } from "../../cluster/argocd/deletion";

/** How many objects are named before the rest is only counted. */
const mostNamed = 12;

/** What a person is told before an Application is deleted: a question, and what it means line by line. */
export interface DeletionWords {
  readonly question: string;
  readonly detail: string;
}

/** The words for a deletion. Everything that stays, goes along, or comes back is said. */
export function describeDeletion(application: Application, cascade: Cascade, plan: DeletionPlan): DeletionWords {
  const { name } = application.metadata;
  const parent = recreatorOf(application);
  const comesBack = parent && `It will probably come back: ${parent} makes it. Remove it there first.`;
  if (cascade === "none") {
    const stay = plan.deleted.length + plan.kept.length;
    const detail = [
      stay === 0
        ? "It has deployed nothing."
        : `${countOf(stay, "object")} ${stay === 1 ? "stays" : "stay"} in the cluster, looked after by nobody.`,
      comesBack,
    ];
    return { question: `Delete only the Application '${name}'?`, detail: join(detail) };
  }
  const { deleted, kept, cascading, waiting, isUnsure } = plan;
  const detail = [
    deleted.length === 0 ? "Its status lists no object to delete." : "Argo CD will delete:",
    ...listOf(deleted),
    cascading.length > 0 &&
      `Of these, ${namesOf(cascading)} will delete all that ${cascading.length === 1 ? "it" : "they"} deployed, too.`,
    waiting.length > 0 && `Argo CD waits for someone to confirm the deletion of ${namesOf(waiting)}.`,
    kept.length > 0 && `It leaves ${namesOf(kept)}.`,
    isUnsure && "Objects annotated with Delete=false, or with the policy keep of Helm, stay.",
    comesBack,
  ];
  return {
    question: `Delete '${name}' and ${deleted.length === 0 ? "what it deployed" : countOf(deleted.length, "object")}?`,
    detail: join(detail),
  };
}

/** `1 object`, `12 objects` */
export function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function listOf(resources: readonly ManagedResource[]): readonly string[] {
  const lines = resources.slice(0, mostNamed).map(({ kind, name, namespace }) => {
    return `  ${kind} ${name}${namespace ? ` in ${namespace}` : ""}`;
  });
  const more = resources.length - lines.length;
  return more > 0 ? [...lines, `  and ${more} more`] : lines;
}

function namesOf(resources: readonly ManagedResource[]): string {
  const names = resources.map(({ kind, name }) => `${kind} '${name}'`);
  return nameSome(names, 3);
}

function join(lines: readonly (string | false | undefined)[]): string {
  return lines.filter(Boolean).join("\n");
}
