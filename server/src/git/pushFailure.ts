import type { GitFailure, GitFailureKind } from "./gitFailure";

/** A push that git did not get through with. */
export interface FailedPush {
  readonly output: string;
  readonly errors: string;
  readonly branch: string;
  readonly to: string;
  readonly remote: string;
  readonly url: string;
}

/** Why a push failed, by git's words; that the commits stay here is part of the help. */
export function pushFailure(push: FailedPush): GitFailure {
  const { output, errors, branch } = push;
  const said = wordsOfServer(errors);
  const [, summary = ""] = /^!\t[^\t]*\t\[(.*)$/m.exec(output) ?? [];
  const detail = [summary === "" ? "" : `[${summary}`, said === "" ? errors.trim() : said].join("\n").trim();
  const reason = summary === "" ? findReason(errors) : ofSummary(summary);
  const message = reason.message
    .replace("BRANCH", `\`${push.to}\``)
    .replace("REMOTE", `\`${push.remote}\` (${push.url})`);
  const help = `${reason.help} Nothing was pushed; the commits stay on \`${branch}\`.`;
  return { kind: reason.kind, message, help, ...(detail !== "" && { detail }) };
}

/** The lines that git marks as those of the server and of its hooks. */
export function wordsOfServer(errors: string): string {
  const lines = [...errors.matchAll(/^remote: ?(.*?)\s*$/gm)].map(([, line = ""]) => line);
  return lines.join("\n").trim();
}

interface Reason {
  readonly kind: GitFailureKind;
  readonly message: string;
  readonly help: string;
}

/** By what `git push --porcelain` says of the branch, for example `rejected] (fetch first)`. */
function ofSummary(summary: string): Reason {
  if (/^remote rejected\].*hook declined/.test(summary)) return declinedThere;
  if (/^remote rejected\]|^remote failure\]/.test(summary)) return refusedThere;
  if (/^rejected\]/.test(summary)) return behind;
  return unknown;
}

const declinedThere: Reason = {
  kind: "hookDeclined",
  message: "A hook of REMOTE declined the push to BRANCH.",
  help: "Do what it says, then push again; where the branch is protected, push another one and open a pull request.",
};

const declinedHere: Reason = {
  kind: "hookDeclined",
  message: "The hook `pre-push` of this repository declined the push to BRANCH.",
  help: "Do what it says, then push again.",
};

const refusedThere: Reason = {
  kind: "remoteRefused",
  message: "REMOTE refused the push to BRANCH.",
  help: "Do what it says, then push again; where the branch is protected, push another one and open a pull request.",
};

const behind: Reason = {
  kind: "rejected",
  message: "BRANCH of REMOTE has commits that are not here.",
  help: "Fetch them and rebase onto them (`git pull --rebase`), then push again.",
};

const unknown: Reason = {
  kind: "failed",
  message: "The push to REMOTE failed.",
  help: "See git's own words, and try `git push` in a terminal.",
};

/** The first reason whose words git used. */
function findReason(errors: string): Reason {
  // What a hook of the person has to say git leaves as it is and adds no reason of its own.
  const isHook = !/^fatal: /m.test(errors) && errors.includes("failed to push some refs");
  return isHook ? declinedHere : (reasons.find(({ says }) => says.test(errors))?.reason ?? unknown);
}

const reasons: readonly { readonly says: RegExp; readonly reason: Reason }[] = [
  {
    says: /certificate|Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/,
    reason: {
      kind: "untrustedServer",
      message: "REMOTE could not prove who it is.",
      help: "Make git trust its certificate (`http.sslCAInfo`) or its host key (connect once with ssh), then push again.",
    },
  },
  {
    says: /Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|Permission denied \(|Invalid username or|returned error: 401/,
    reason: {
      kind: "authenticationFailed",
      message: "REMOTE did not accept who you are.",
      help: "Run `git push` once in a terminal to sign in, or set up a credential helper or an ssh agent.",
    },
  },
  {
    says: /returned error: 403|Permission to .* denied|not allowed to push|insufficient permission/i,
    reason: {
      kind: "notPermitted",
      message: "You may not push to REMOTE.",
      help: "Ask for the right to write, or push to a fork of your own.",
    },
  },
  {
    says: /repository '[^']*' not found|Repository not found|does not appear to be a git repository|returned error: 404|does not exist/i,
    reason: {
      kind: "remoteNotFound",
      message: "There is no repository at REMOTE, or you may not know of it.",
      help: "Check the address with `git remote --verbose`.",
    },
  },
  {
    says: /Could not resolve host|Failed to connect|Couldn't connect|Connection (?:refused|timed out|reset|closed)|timed out|unreachable|hung up|Could not read from remote|returned error: 5\d\d|RPC failed/i,
    reason: {
      kind: "unreachable",
      message: "REMOTE does not answer.",
      help: "Check the network, VPN and proxy (`http.proxy`), then push again.",
    },
  },
];
