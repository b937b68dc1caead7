import type { Application, ManagedResource } from "../../cluster/argocd/application";
import type { SyncOptions } from "../../cluster/argocd/operations";

/** What one may choose for a sync, besides a revision. */
export type SyncChoice =
  | "prune"
  | "dryRun"
  | "outOfSyncOnly"
  | "serverSide"
  | "replace"
  | "force"
  | "resources"
  | "revision";

/** A choice in words, and whether the Application has it chosen already. */
export interface OfferedChoice {
  readonly choice: SyncChoice;
  readonly label: string;
  readonly description: string;
  readonly picked: boolean;
}

/** The choices that are options of a sync, as an Application may have them too. */
const optionOf: ReadonlyMap<SyncChoice, string> = new Map([
  ["outOfSyncOnly", "ApplyOutOfSyncOnly=true"],
  ["serverSide", "ServerSideApply=true"],
  ["replace", "Replace=true"],
]);

/** What can be chosen for an Application, in the order in which people reach for it. */
export function offeredChoices(application: Application): readonly OfferedChoice[] {
  const { spec, status } = application;
  const own = spec?.syncPolicy?.syncOptions ?? [];
  const picked = (choice: SyncChoice): boolean => own.includes(optionOf.get(choice) ?? "");
  const offer = (choice: SyncChoice, label: string, description: string): OfferedChoice => {
    return { choice, label, description, picked: picked(choice) };
  };
  const { length: extra } = (status?.resources ?? []).filter(({ requiresPruning }) => requiresPruning === true);
  const left = extra === 0 ? "" : `: ${extra} ${extra === 1 ? "object" : "objects"}`;
  return [
    offer("prune", "Prune", `delete what is no longer in Git${left}`),
    offer("dryRun", "Dry run", "only say what would be done"),
    ...(chooseable(application).length > 0
      ? [offer("resources", "Choose objects…", "sync only these; hooks do not run then")]
      : []),
    offer("outOfSyncOnly", "Apply out-of-sync only", "leave alone what is in sync; hooks run"),
    // Each of several sources has a revision of its own.
    ...(!spec?.sources?.length
      ? [offer("revision", "Another revision…", `now ${spec?.source?.targetRevision || "HEAD"}`)]
      : []),
    offer("serverSide", "Server-side apply", "the API server merges, and keeps track of who set which field"),
    offer("replace", "Replace", "put the whole object in place of the live one; what others set in it is lost"),
    offer("force", "Force", "delete and create anew what cannot be changed; it is gone in between"),
  ];
}

/** Why choices do not go together; nothing when they do. */
export function conflictOf(choices: ReadonlySet<SyncChoice>): string | undefined {
  if (choices.has("serverSide") && choices.has("replace")) {
    return "Replace does not go with server-side apply: Argo CD would replace and not apply. Choose one of them.";
  }
  if (choices.has("serverSide") && choices.has("force")) {
    return "Force does not go with server-side apply: kubectl, which Argo CD works with, refuses it. Choose one of them.";
  }
  return undefined;
}

/** The options of the sync that choices ask for. */
export function toSyncOptions(
  choices: ReadonlySet<SyncChoice>,
  { revision, resources }: Pick<SyncOptions, "revision" | "resources">,
): SyncOptions {
  const named = [...optionOf];
  return {
    prune: choices.has("prune"),
    dryRun: choices.has("dryRun"),
    force: choices.has("force"),
    syncOptions: named.filter(([choice]) => choices.has(choice)).map(([, option]) => option),
    withoutOptions: named.filter(([choice]) => !choices.has(choice)).map(([, option]) => option),
    revision,
    resources,
  };
}

/** The objects of an Application that can be synced on their own, those that need it first. */
export function chooseable({ status }: Application): readonly ManagedResource[] {
  const resources = (status?.resources ?? []).filter(({ hook }) => hook !== true);
  const needsSync = (resource: ManagedResource): number => (resource.status === "Synced" ? 1 : 0);
  return [...resources].sort((a, b) => needsSync(a) - needsSync(b));
}
