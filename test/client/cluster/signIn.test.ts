import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { ApiError } from "../../../client/src/cluster/apiError";
import { type ClusterContext, mergeKubeconfigs } from "../../../client/src/cluster/kubeconfig";
import { type Credential, SignIn } from "../../../client/src/cluster/signIn";
import { type RunProgram, runProgram } from "../../../client/src/platform/runProgram";
import { temporaryFolder } from "../../support/temporaryFolder";

const secret = "eyJhbGciOiJSUzI1NiJ9.c2VjcmV0LW9mLXRoZS10ZXN0";

test("the program runs once for all who wait, and again when what it gave was refused or has run out", async () => {
  const program = programThat(`echo '{"status": {"token": "t'$RUNS'"}}'`);
  const signIn = program.signIn();
  const [first, second] = await Promise.all([signIn.get(), signIn.get()]);
  expect(first).toEqual({ token: "t1" });
  expect(second).toBe(first);
  expect(await signIn.get()).toBe(first);
  signIn.forget(first as Credential);
  // Others were refused with the old one too.
  expect(await signIn.get()).toEqual({ token: "t2" });
  signIn.forget(first as Credential);
  expect(await signIn.get()).toEqual({ token: "t2" });
  expect(program.runs()).toBe(2);

  const old = programThat(`echo '{"status": {"token": "t", "expirationTimestamp": "2001-01-01T00:00:00Z"}}'`);
  const tired = old.signIn();
  await tired.get();
  await tired.get();
  expect(old.runs()).toBe(2);
});

test("the program is told what kubectl tells it, and starts beside its kubeconfig", async () => {
  const program = programThat(
    `printf '%s' "$KUBERNETES_EXEC_INFO|$1|$STAGE" > told; echo '{"status": {"token": "t"}}'`,
  );
  await program.signIn().get();
  const [info = "", argument, stage] = program.read("told").split("|");
  expect(JSON.parse(info)).toEqual({
    kind: "ExecCredential",
    apiVersion: "client.authentication.k8s.io/v1beta1",
    spec: { interactive: false, cluster: { server: "https://example.com" } },
  });
  expect([argument, stage]).toEqual(["get-token", "dev"]);
});

test("a client certificate counts instead of a token", () => {
  const { context } = programThat("");
  const config = context.makeConfig({ clientCertificateData: "CERT", clientKeyData: "KEY" });
  const user = config.getCurrentUser();
  expect(Buffer.from(user?.certData ?? "", "base64").toString()).toBe("CERT");
  expect(Buffer.from(user?.keyData ?? "", "base64").toString()).toBe("KEY");
  expect(user?.exec).toBeUndefined();
});

test("what a failing program says is for the person, without what may be a secret, and never in the message that is logged", async () => {
  const program = programThat(`echo "refresh failed for ${secret}, run oc login" >&2; echo "${secret}"; exit 3`);
  const failure = await failureOf(program.signIn());
  expect(failure.message).toBe(
    "'login', which signs in to 'dev', ended with 3. Sign in with kubectl in a terminal, then try again.",
  );
  expect(failure.details.output).toBe("refresh failed for …, run oc login");

  const wordy = await failureOf(programThat(`echo "${secret}"`).signIn());
  expect(wordy.message).toBe("'login', which signs in to 'dev', wrote something that is no ExecCredential in JSON.");
  expect(JSON.stringify(wordy)).not.toContain(secret);
});

test("a program that failed is not run again for all who ask next, but is a little later", async () => {
  const program = programThat("exit 1");
  const signIn = program.signIn();
  const first = await failureOf(signIn);
  expect(await failureOf(signIn)).toBe(first);
  expect(program.runs()).toBe(1);
  const later = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 6000);
  onTestFinished(() => later.mockRestore());
  expect(await failureOf(signIn)).not.toBe(first);
  expect(program.runs()).toBe(2);
});

test("a program that hangs is ended with all that it started, and nobody waits for it longer", async () => {
  const program = programThat("sleep 600 & echo $! > child; wait");
  // Its time is over when there is something to end, however long the machine takes for that.
  const late = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(late.signal);
  onTestFinished(() => timeout.mockRestore());
  const failing = failureOf(program.signIn({ patience: 500 }));
  await program.hasStartedChild();
  late.abort();
  expect((await failing).message).toContain("took more than 0.5 s");
  expect(timeout).toHaveBeenCalledWith(500);
  await vi.waitFor(() => expect(isRunning(Number(program.read("child")))).toBe(false), { timeout: 20_000 });
});

test("a program that runs while its context is closed is ended", async () => {
  const program = programThat("sleep 600 & echo $! > child; wait");
  const closed = new AbortController();
  const failure = failureOf(program.signIn({ signal: closed.signal }));
  await program.hasStartedChild();
  closed.abort();
  expect((await failure).kind).toBe("signIn");
  await vi.waitFor(() => expect(isRunning(Number(program.read("child")))).toBe(false), { timeout: 20_000 });
});

test("a program that is not there is named, with what the kubeconfig says about it; one that needs a terminal is not run", async () => {
  const missing = await failureOf(signInWith("command: no-such-login, installHint: Get it from your team."));
  expect(missing.message).toBe(
    "'no-such-login', which signs in to 'dev', was not found on the PATH of your login shell. Get it from your team.",
  );
  const asking = await failureOf(signInWith("command: no-such-login, interactiveMode: Always"));
  expect(asking.message).toContain("asks questions in a terminal");
});

test("a batch file of Windows, which Node does not start, is told to be one", async () => {
  const run = (): Promise<never> => Promise.reject(Object.assign(new Error("spawn EINVAL"), { code: "EINVAL" }));
  const { message } = await failureOf(make(contextWith("command: login.cmd", "/config"), { run }));
  expect(message).toMatch(/^'login\.cmd', which signs in to 'dev', cannot be started: a \.cmd or \.bat file needs/);
});

interface Overrides {
  readonly patience?: number;
  readonly signal?: AbortSignal;
  readonly run?: RunProgram;
}

/** A kubeconfig beside a shell script that counts its runs in `$RUNS`. */
function programThat(script: string) {
  const lines = ["#!/bin/sh", 'cd "$(dirname "$0")"', "echo run >> runs", "RUNS=$(wc -l < runs | tr -d ' ')", script];
  const folder = temporaryFolder({ login: `${lines.join("\n")}\n` });
  chmodSync(join(folder, "login"), 0o755);
  const more = "args: [get-token], env: [{ name: STAGE, value: dev }], provideClusterInfo: true";
  const context = contextWith(`command: ./login, ${more}`, join(folder, "config"));
  const read = (name: string): string => readFileSync(join(folder, name), "utf8").trim();
  return {
    ...{ context, read },
    hasStartedChild: () => vi.waitFor(() => expect(read("child")).not.toBe(""), { timeout: 20_000 }),
    runs: () => read("runs").split("\n").length,
    signIn: (overrides?: Overrides) => make(context, overrides),
  };
}

function signInWith(exec: string): SignIn {
  return make(contextWith(exec, "/config"));
}

function make({ name, program }: ClusterContext, overrides: Overrides = {}): SignIn {
  if (program === undefined) throw new Error("The user has no program.");
  const closed = new AbortController();
  onTestFinished(() => closed.abort());
  return new SignIn({ program, context: name, run: runProgram, signal: closed.signal, patience: 30_000, ...overrides });
}

function contextWith(exec: string, path: string): ClusterContext {
  const text = [
    "apiVersion: v1",
    "kind: Config",
    "clusters: [{ name: dev, cluster: { server: 'https://example.com' } }]",
    `users: [{ name: ada, user: { exec: { apiVersion: client.authentication.k8s.io/v1beta1, ${exec} } } }]`,
    "contexts: [{ name: dev, context: { cluster: dev, user: ada } }]",
  ];
  const [context] = mergeKubeconfigs([{ path, text: text.join("\n") }]).contexts;
  if (context === undefined) throw new Error("The kubeconfig has no context.");
  return context;
}

async function failureOf(signIn: SignIn): Promise<ApiError> {
  const error = await signIn.get().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw new Error(`No failure, but ${String(error)}.`);
  return error;
}

function isRunning(pid: number): boolean {
  try {
    // A process that ended and is nobody's child stays in the list where nobody collects it.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
