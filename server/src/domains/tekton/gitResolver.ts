import { findRepository } from "../../argocd/repositoryUrl";
import { joinPath } from "../../platform/path";
import type { Reference } from "../../tekton/reference";
import type { Snapshot } from "../../workspace/snapshot";
import { type Scalar, textOf } from "../../yaml/node";

/** The file that a git resolver shall fetch, in a repository that is open here. */
export interface GitFile {
  /** Absolute path. */
  readonly path: string;
  /** `pathInRepo` as written. */
  readonly node: Scalar;
  /** The revision is the one that lies here: none is named, or the branch that is checked out. */
  readonly isCurrent: boolean;
}

/** Finds the file of `resolver: git`; `undefined` when its repository is not open, or something in it is not known yet. */
export function findGitFile(reference: Reference, snapshot: Snapshot): GitFile | undefined {
  if (reference.resolver?.text !== "git") return undefined;
  const told = new Map(reference.params.map(({ name, value }) => [name, value]));
  const url = textOf(told.get("url"));
  const node = told.get("pathInRepo");
  if (url === undefined || node?.kind !== "scalar" || /\$\(|\{\{|\$\{/.test(url + node.text)) return undefined;
  const repository = findRepository(snapshot.repositories, url);
  if (repository === undefined) return undefined;
  const revision = textOf(told.get("revision")) ?? "";
  const isCurrent = revision === "" || revision === "HEAD" || revision === repository.branch;
  return { path: joinPath(repository.root, node.text.replace(/^\/+/, "")), node, isCurrent };
}
