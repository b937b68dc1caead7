import { expect, test } from "vitest";
import { pushFailure } from "../../../server/src/git/pushFailure";

/** What git, ssh and servers say where tests have none of them. */
test.each([
  [
    "authenticationFailed",
    "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n",
  ],
  ["untrustedServer", "Host key verification failed.\nfatal: Could not read from remote repository.\n"],
  [
    "unreachable",
    "ssh: connect to host github.com port 22: Connection timed out\nfatal: Could not read from remote repository.\n",
  ],
  ["unreachable", "fatal: unable to access 'https://git.example/': Could not resolve host: git.example\n"],
  [
    "unreachable",
    "fatal: unable to access 'https://git.example/': Proxy CONNECT aborted\nfatal: Could not read from remote repository",
  ],
  [
    "untrustedServer",
    "fatal: unable to access 'https://git.example/': SSL certificate problem: self-signed certificate\n",
  ],
  [
    "untrustedServer",
    "fatal: unable to access 'https://git.example/': server certificate verification failed. CAfile: none CRLfile: none\n",
  ],
  ["remoteNotFound", "ERROR: Repository not found.\nfatal: Could not read from remote repository.\n"],
  ["remoteNotFound", "remote: Repository not found.\nfatal: repository 'https://github.com/a/b/' not found\n"],
  [
    "notPermitted",
    "remote: Permission to a/b.git denied to wanja.\nfatal: unable to access 'https://github.com/a/b/': The requested URL returned error: 403\n",
  ],
  [
    "authenticationFailed",
    "remote: Support for password authentication was removed.\nfatal: Authentication failed for 'https://github.com/a/b/'\n",
  ],
  ["failed", "fatal: something new\n"],
])("%s: %j", (kind, errors) => {
  const failure = pushFailure({
    output: "",
    errors,
    branch: "bump",
    to: "main",
    remote: "origin",
    url: "https://git.example",
  });
  expect(failure.kind).toBe(kind);
  expect(failure.message + failure.help).not.toMatch(/\b(?:REMOTE|BRANCH)\b/);
  expect(failure.help).toContain("the commits stay on `bump`");
});

test.each([
  ["rejected", "!\trefs/heads/a:refs/heads/a\t[rejected] (non-fast-forward)"],
  ["rejected", "!\trefs/heads/a:refs/heads/a\t[rejected] (fetch first)"],
  ["hookDeclined", "!\trefs/heads/a:refs/heads/a\t[remote rejected] (protected branch hook declined)"],
  ["hookDeclined", "!\trefs/heads/a:refs/heads/a\t[remote rejected] (pre-receive hook declined)"],
  [
    "remoteRefused",
    "!\trefs/heads/a:refs/heads/a\t[remote rejected] (push declined due to repository rule violations)",
  ],
  ["remoteRefused", "!\trefs/heads/a:refs/heads/a\t[remote failure] (remote failed to report status)"],
])("%s: %s", (kind, line) => {
  const errors =
    "remote: GH013: Repository rule violations found\nerror: failed to push some refs to 'https://git.example'\n";
  const push = {
    output: `To https://git.example\n${line}\nDone\n`,
    errors,
    branch: "a",
    to: "a",
    remote: "origin",
    url: "x",
  };
  expect(pushFailure(push)).toMatchObject({ kind, detail: expect.stringContaining("rule violations found") });
});
