import type { RevertedFile } from "../../../../server/src/protocol/revertFiles";

const changeWords: Readonly<Record<RevertedFile["change"], string>> = {
  changed: "becomes what it was",
  restored: "comes back",
  deleted: "is deleted, it was not there",
};

/** A file that a revert changes, in words for a pick list. */
export function describeFile({ label, change, sharedWith }: RevertedFile): {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
} {
  const shared = sharedWith.length === 0 ? "" : `${sharedWith.join(", ")} would change too`;
  return { label, description: changeWords[change], detail: shared };
}
