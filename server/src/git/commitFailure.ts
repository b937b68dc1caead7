import type { GitFailure } from "./gitFailure";
import { type GitEnd, unexpected } from "./gitProgram";

/** Why `git commit` did not make a commit, by its exit code and words. */
export function commitFailure(end: GitEnd): GitFailure {
  const words = `${end.errors}\n${end.output}`.trim();
  const detail = words === "" ? undefined : words;
  const known = reasons.find(({ says }) => says.test(words))?.failure;
  if (known !== undefined) return { ...known, detail };
  // What git itself has against a commit ends with 128; a hook's no with 1, and git adds no words to it.
  if (end.code === 1 && !/^fatal: /m.test(end.errors)) return { ...hookDeclined, detail };
  return unexpected("The commit", end);
}

const hookDeclined: GitFailure = {
  kind: "hookDeclined",
  message: "A hook of the repository declined the commit.",
  help: "Do what the hook says, then try again.",
};

const reasons: readonly { readonly says: RegExp; readonly failure: GitFailure }[] = [
  {
    says: /cannot do a partial commit during a ([\w-]+)/,
    failure: {
      kind: "operationInProgress",
      message: "A merge, rebase or the like is under way, in which git commits all files or none.",
      help: "Finish or abort it first; `git status` says how.",
    },
  },
  {
    says: /unmerged files|you need to resolve your current index first/,
    failure: { kind: "conflicted", message: "A merge left conflicts in the work tree.", help: "Resolve them first." },
  },
  {
    says: /^(?:nothing|no changes) (?:to commit|added to commit)|nothing added to commit/m,
    failure: {
      kind: "nothingToCommit",
      message: "There is nothing to commit: the files are as in the last commit.",
      help: "Save them first, if they are open in an editor.",
    },
  },
  {
    says: /Please tell me who you are|unable to auto-detect email address|empty ident name|no email was given/,
    failure: {
      kind: "noIdentity",
      message: "Git does not know who commits.",
      help: "Run: git config --global user.name 'YOUR NAME' and git config --global user.email YOU@EXAMPLE.COM (in a pipeline without '--global')",
    },
  },
  {
    says: /failed to sign the data|gpg failed|signing failed|Couldn't load public key|Load key .* failed|failed to write commit object/,
    failure: {
      kind: "signingFailed",
      message: "The commit could not be signed.",
      help: "Unlock the key of `user.signingKey` (a commit in a terminal asks for it), then try again.",
    },
  },
  {
    says: /The following paths are ignored/,
    failure: {
      kind: "ignored",
      message: "Git is told to ignore the file.",
      help: "Take it out of `.gitignore`, or add it yourself with `git add --force`.",
    },
  },
];
