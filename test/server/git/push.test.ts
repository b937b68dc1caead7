import { renameSync } from "node:fs";
import { basename, dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { createGitWork } from "../../../server/src/git/gitWork";
import { nodePrograms } from "../../../server/src/platform/node/nodePrograms";
import { type GitHttpOptions, serveRepositories } from "../../support/gitHttpServer";
import { failureOf, get } from "../../support/gitOutcome";
import { addHook, bareRepository, type GitRepository, gitRepository } from "../../support/gitRepository";
import { setVariable } from "../../support/setVariable";
import { temporaryFolder } from "../../support/temporaryFolder";

interface Pushing {
  readonly local: GitRepository;
  readonly remote: GitRepository;
  readonly push: ReturnType<typeof createGitWork>["push"];
}

/** A repository with one commit more than its remote `origin`, at `url` or at a path. */
function open(url?: (remote: GitRepository) => string): Pushing {
  const local = gitRepository({ "a.yaml": "a: 1\n" });
  const remote = bareRepository(local);
  local.git("remote", "add", "origin", url?.(remote) ?? `file://${remote.root}`);
  commit(local, "a: 2\n");
  return { local, remote, push: createGitWork(nodePrograms, local.root).push };
}

function commit({ git, write }: GitRepository, text: string): void {
  write({ "a.yaml": text });
  git("commit", "-q", "-a", "-m", text.trim());
}

/** The same over smart HTTP. */
async function openHttp(options: GitHttpOptions, signedIn?: string): Promise<Pushing & { readonly url: string }> {
  const pushing = open();
  const { root } = pushing.remote;
  pushing.remote.git("config", "http.receivepack", "true");
  const server = await serveRepositories(dirname(root), options);
  const url = `${server.url}/${basename(root)}`;
  const [user = "", password = ""] = signedIn?.split(":") ?? [];
  pushing.local.git(
    "remote",
    "set-url",
    "origin",
    signedIn === undefined ? url : url.replace("//", `//${user}:${password}@`),
  );
  // Nobody's own helpers.
  for (const name of ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"]) setVariable(name, "/dev/null");
  setVariable("GIT_ASKPASS", "");
  setVariable("no_proxy", "127.0.0.1");
  return { ...pushing, url };
}

describe("a push", () => {
  test("updates the branch, makes a new one that is followed from then on, or finds that nothing is to do", async () => {
    const { local, remote, push } = open();
    const url = `file://${remote.root}`;
    expect(get(await push())).toEqual({
      remote: "origin",
      url,
      branch: "main",
      change: "updated",
      words: "",
      offered: undefined,
    });
    expect(remote.git("rev-parse", "main")).toBe(local.git("rev-parse", "main"));
    local.git("branch", "-q", "--no-track", "bump/one");
    expect(get(await push({ branch: "bump/one" }))).toMatchObject({ branch: "bump/one", change: "created" });
    expect(local.git("rev-parse", "--abbrev-ref", "bump/one@{upstream}")).toBe("origin/bump/one");
    expect(get(await push({ branch: "bump/one" })).change).toBe("upToDate");
    expect(get(await push({ branch: "bump/one", to: "release" }))).toMatchObject({
      branch: "release",
      change: "created",
    });
    expect(local.git("rev-parse", "--abbrev-ref", "bump/one@{upstream}")).toBe("origin/bump/one");
  });

  test("that would overwrite what others pushed is rejected, and nothing is lost", async () => {
    const { local, remote, push } = open();
    const other = gitRepository();
    other.git("pull", "-q", remote.root, "main");
    commit(other, "a: 3\n");
    other.git("push", "-q", remote.root, "main");
    const before = local.git("for-each-ref");
    const failure = failureOf(await push());
    expect(failure.kind).toBe("rejected");
    expect(failure.message).toBe(`\`main\` of \`origin\` (file://${remote.root}) has commits that are not here.`);
    expect(failure.help).toContain("the commits stay on `main`");
    expect(local.git("for-each-ref")).toBe(before);
    expect(remote.git("log", "-1", "--format=%s", "main")).toBe("a: 3");
  });

  test.each(["pre-receive", "update"])("that the hook %s of the server declines is told in its words", async (hook) => {
    const { local, remote, push } = open();
    addHook(remote, hook, "echo 'Friday: no pushes to main'; echo 'fatal: see https://wiki.example' >&2; exit 1");
    const before = local.git("for-each-ref");
    const failure = failureOf(await push());
    expect(failure.kind).toBe("hookDeclined");
    expect(failure.detail).toContain("Friday: no pushes to main\nfatal: see https://wiki.example");
    expect(local.git("for-each-ref")).toBe(before);
  });

  test("that the server refuses on its own is told as that", async () => {
    const { remote, push } = open();
    remote.git("config", "receive.denyNonFastForwards", "true");
    remote.git("config", "receive.denyCurrentBranch", "refuse");
    remote.git("config", "core.bare", "false");
    expect(failureOf(await push())).toMatchObject({
      kind: "remoteRefused",
      detail: expect.stringContaining("branch is currently checked out"),
    });
  });

  test("that a hook of the person declines is told in its words, whatever they sound like", async () => {
    const { local, push } = open();
    addHook(local, "pre-push", "echo 'certificate of the test suite: Authentication failed' >&2; exit 1");
    const failure = failureOf(await push());
    expect(failure.kind).toBe("hookDeclined");
    expect(failure.message).toContain("`pre-push`");
    expect(failure.detail).toContain("certificate of the test suite");
  });

  test("names the page that the server offers", async () => {
    const { remote, push } = open();
    addHook(
      remote,
      "post-receive",
      "echo; echo 'Create a pull request for main by visiting:'; echo '  https://git.example/a/b/pull/new/main'",
    );
    const pushed = get(await push());
    expect(pushed.offered).toBe("https://git.example/a/b/pull/new/main");
    expect(pushed.words).toContain("Create a pull request");
  });

  test("that hangs is stopped, or called off", async () => {
    const { local, remote, push } = open();
    addHook(remote, "pre-receive", "mkfifo wait; cat wait");
    const failure = failureOf(await push({ timeout: 600 }));
    expect([failure.kind, failure.stands]).toEqual([
      "timedOut",
      "The commits stay on `main`; whether they arrived is not known.",
    ]);
    const asking = new AbortController();
    const pushing = push({ signal: asking.signal });
    asking.abort();
    expect(failureOf(await pushing).kind).toBe("cancelled");
    expect(local.git("status", "--porcelain")).toBe("");
  });
});

describe("where a push goes", () => {
  test("follows the configuration, as git does", async () => {
    const { local, push } = open();
    const other = bareRepository(local);
    local.git("remote", "add", "fork", other.root);
    expect(get(await push()).remote).toBe("origin");
    local.git("config", "remote.pushDefault", "fork");
    expect(get(await push()).remote).toBe("fork");
    local.git("config", "branch.main.pushRemote", "origin");
    expect(get(await push()).remote).toBe("origin");
    expect(get(await push({ remote: "fork" })).remote).toBe("fork");
  });

  test.each<[string, Parameters<Pushing["push"]>[0], string, (local: GitRepository) => void]>([
    ["no remote", {}, "noRemote", ({ git }) => git("remote", "remove", "origin")],
    [
      "several remotes",
      {},
      "noRemote",
      ({ git }) => {
        git("remote", "rename", "origin", "one");
        git("remote", "add", "two", "/two");
      },
    ],
    ["an unknown remote", { remote: "nowhere" }, "noRemote", () => {}],
    ["an unknown branch", { branch: "nothing" }, "noCommit", () => {}],
    ["no branch", {}, "failed", ({ git }) => git("checkout", "-q", "--detach")],
    [
      "a branch that follows another",
      { branch: "bump" },
      "upstreamDiffers",
      ({ git }) => {
        git("fetch", "-q");
        git("branch", "-q", "--track", "bump", "origin/main");
      },
    ],
  ])("is told where it cannot be known: %s", async (_what, request, kind, prepare) => {
    const { local, push } = open();
    prepare(local);
    expect(failureOf(await push(request)).kind).toBe(kind);
  });

  test("is told where there is nothing", async () => {
    const { remote, push } = open();
    renameSync(remote.root, `${remote.root}.away`);
    expect(failureOf(await push()).kind).toBe("remoteNotFound");
    renameSync(`${remote.root}.away`, remote.root);
  });
});

describe("over HTTP", () => {
  test("those who are signed in may push, and their password is told nobody", async () => {
    const { remote, local, push, url } = await openHttp({ people: ["wanja:s3cret"] }, "wanja:s3cret");
    expect(get(await push())).toMatchObject({ url, change: "updated" });
    expect(remote.git("rev-parse", "main")).toBe(local.git("rev-parse", "main"));
    commit(local, "a: 3\n");
    addHook(remote, "update", "echo 'main is protected'; exit 1");
    const failure = failureOf(await push());
    expect(failure).toMatchObject({ kind: "hookDeclined", detail: expect.stringContaining("main is protected") });
    expect(JSON.stringify(failure)).not.toContain("s3cret");
  });

  test("a credential helper signs in", async () => {
    const { local, push } = await openHttp({ people: ["wanja:s3cret"] });
    local.git("config", "credential.helper", "!f() { echo username=wanja; echo password=s3cret; }; f");
    expect(get(await push()).change).toBe("updated");
  });

  test.each<[string, GitHttpOptions, string | undefined, string]>([
    ["nobody signed in", { people: ["wanja:s3cret"] }, undefined, "authenticationFailed"],
    ["with a wrong password", { people: ["wanja:s3cret"] }, "wanja:wr0ng", "authenticationFailed"],
    ["without the right to", { status: 403 }, "wanja:s3cret", "notPermitted"],
    ["to a repository that is not there", { status: 404 }, undefined, "remoteNotFound"],
    ["to a server that is down", { status: 503 }, undefined, "unreachable"],
  ])("%s, it fails with the reason and leaves all as it was", async (_what, options, signedIn, kind) => {
    const { local, push } = await openHttp(options, signedIn);
    const before = [local.git("for-each-ref"), local.git("config", "--list", "--local")];
    const failure = failureOf(await push());
    expect(failure.kind).toBe(kind);
    expect(JSON.stringify(failure)).not.toMatch(/s3cret|wr0ng/);
    expect([local.git("for-each-ref"), local.git("config", "--list", "--local")]).toEqual(before);
  });

  test("a server that nobody finds, or that does not answer, delays nothing for ever", async () => {
    const { local, push } = await openHttp({ silent: true });
    expect(failureOf(await push({ timeout: 600 })).kind).toBe("timedOut");
    local.git("remote", "set-url", "origin", "http://127.0.0.1:1/a.git");
    expect(failureOf(await push()).kind).toBe("unreachable");
  });

  test("a helper that hangs is stopped with the push", async () => {
    const { local, push } = await openHttp({ people: ["wanja:s3cret"] });
    const fifo = `${temporaryFolder({})}/wait`;
    local.git("config", "credential.helper", `!f() { mkfifo ${fifo}; cat ${fifo}; }; f`);
    expect(failureOf(await push({ timeout: 800 })).kind).toBe("timedOut");
  });
});
