import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import type { Binaries } from "./binaries";
import { freePort } from "./freePort";
import { type Program, startProgram } from "./program";

/** A real kube-apiserver over a real etcd, both on loopback, with RBAC and nothing in it. There are no controllers. */
export interface Cluster {
  /** For example `https://127.0.0.1:41234`. */
  readonly url: string;
  /** Where its etcd answers, for example `http://127.0.0.1:41235`. */
  readonly etcd: string;
  /** The certificate that the server shows, in PEM. */
  readonly certificate: string;
  /** Ends the API server as a crash would, and starts it again on the same port over the same data. */
  restart(): Promise<void>;
  /** Ends the API server as a crash would. */
  kill(): Promise<void>;
  /** Forgets all former states of the objects, as etcd does after some minutes: who continues from one of them gets 410 Gone. */
  forgetHistory(): Promise<void>;
  /** Starts the API server after `kill`. */
  start(): Promise<void>;
  /** From the next start on only these are known, and `admin`; other tokens count for nothing. */
  know(identities: readonly Identity[]): void;
  /** What `user` wrote, or tried to, as the API server notes it in its audit log. */
  writes(user: string): readonly Write[];
  stop(): Promise<void>;
}

/** A call that would change something, and how the API server answered. */
export interface Write {
  readonly verb: string;
  /** For example `/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/book-dev`. */
  readonly path: string;
  readonly status: number;
}

/** A person or program that the cluster knows: the token it shows, and the groups it is in. */
export interface Identity {
  readonly name: string;
  readonly token: string;
  readonly groups?: readonly string[];
}

/** May do everything. */
export const admin: Identity = { name: "admin", token: "token-of-admin", groups: ["system:masters"] };

/** How long a server may take until it answers, in milliseconds. */
const patience = 120_000;

/** The programs of a control plane, and a folder with what its etcd held when it was stopped. */
export interface Prepared {
  readonly binaries: Binaries;
  readonly folder: string;
}

export interface ClusterOptions {
  readonly binaries: Binaries;
  /** Keeps all of it, for whoever removes it; what its etcd holds already is there again. */
  readonly folder: string;
  /** Those who are known besides `admin`. */
  readonly identities?: readonly Identity[];
  /** What else the API server is started with, for example `--client-ca-file=/ca.crt`. */
  readonly more?: readonly string[];
}

/** Where etcd keeps what it holds, in the folder of a cluster. */
export function etcdFolder(folder: string): string {
  return join(folder, "etcd");
}

/** Starts a cluster. */
export async function startCluster({ binaries, folder, identities = [], more = [] }: ClusterOptions): Promise<Cluster> {
  const [clients, peers, port] = [await freePort(), await freePort(), await freePort()];
  const etcd = startProgram(binaries.etcd, etcdArguments(folder, clients, peers), join(folder, "etcd.log"));
  writeTokens(folder, identities);
  const args = [...apiServerArguments(folder, clients, port), ...more];
  let server: Program | undefined;
  const start = async (): Promise<void> => {
    server = startProgram(binaries.apiServer, args, join(folder, "kube-apiserver.log"));
    await untilReady(port, server);
  };
  try {
    await start();
  } catch (error) {
    await etcd.stop("SIGKILL");
    throw error;
  }
  const kill = async (): Promise<void> => await server?.stop("SIGKILL");
  return {
    url: `https://127.0.0.1:${port}`,
    etcd: `http://127.0.0.1:${clients}`,
    certificate: readFileSync(join(folder, "apiserver.crt"), "utf8"),
    kill,
    start,
    know: (others) => writeTokens(folder, others),
    writes: (user) => readWrites(folder, user),
    async forgetHistory() {
      await kill();
      await compact(`http://127.0.0.1:${clients}`);
      await start();
    },
    async restart() {
      await kill();
      await start();
    },
    async stop() {
      await server?.stop("SIGKILL");
      // Not as a crash: what it holds may be copied.
      await etcd.stop();
    },
  };
}

async function compact(etcd: string): Promise<void> {
  const post = async (path: string, body: unknown): Promise<{ readonly header: { readonly revision: string } }> => {
    const response = await fetch(`${etcd}/v3/kv/${path}`, { method: "POST", body: JSON.stringify(body) });
    return (await response.json()) as { readonly header: { readonly revision: string } };
  };
  const { header } = await post("range", { key: "AA==", limit: 1 });
  await post("compaction", { revision: header.revision, physical: true });
}

function etcdArguments(folder: string, clients: number, peers: number): readonly string[] {
  return [
    `--data-dir=${etcdFolder(folder)}`,
    `--listen-client-urls=http://127.0.0.1:${clients}`,
    `--advertise-client-urls=http://127.0.0.1:${clients}`,
    `--listen-peer-urls=http://127.0.0.1:${peers}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peers}`,
    `--initial-cluster=default=http://127.0.0.1:${peers}`,
    "--unsafe-no-fsync",
  ];
}

function apiServerArguments(folder: string, etcd: number, port: number): readonly string[] {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = join(folder, "service-account.key");
  writeFileSync(key, privateKey.export({ type: "pkcs1", format: "pem" }));
  const policy = join(folder, "audit-policy.yaml");
  writeFileSync(policy, auditPolicy);
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${port}`,
    `--cert-dir=${folder}`,
    `--token-auth-file=${tokensFile(folder)}`,
    "--authorization-mode=RBAC",
    // Nobody is there who would give each namespace its ServiceAccount.
    "--disable-admission-plugins=ServiceAccount",
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    "--service-cluster-ip-range=10.0.0.0/24",
    "--endpoint-reconciler-type=none",
    `--audit-policy-file=${policy}`,
    `--audit-log-path=${auditLog(folder)}`,
    // Written before the answer is sent.
    "--audit-log-mode=blocking-strict",
  ];
}

const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: Metadata
  verbs: [create, update, patch, delete, deletecollection]
- level: None
`;

function auditLog(folder: string): string {
  return join(folder, "audit.log");
}

/** What the API server notes of a call, as far as we look at it. */
interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly responseStatus?: { readonly code: number };
}

function readWrites(folder: string, user: string): readonly Write[] {
  return readFileSync(auditLog(folder), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as AuditEvent)
    .filter((event) => event.user.username === user && !event.requestURI.startsWith("/apis/authorization.k8s.io/"))
    .map(({ verb, requestURI, responseStatus }) => {
      return { verb, path: requestURI.replace(/\?.*/, ""), status: responseStatus?.code ?? 0 };
    });
}

function tokensFile(folder: string): string {
  return join(folder, "tokens.csv");
}

function writeTokens(folder: string, identities: readonly Identity[]): void {
  const lines = [admin, ...identities].map(
    ({ name, token, groups = [] }) => `${token},${name},${name},"${groups.join(",")}"\n`,
  );
  writeFileSync(tokensFile(folder), lines.join(""), { mode: 0o600 });
}

async function untilReady(port: number, server: Program): Promise<void> {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    if (server.ended() !== undefined) throw new Error(`kube-apiserver did not start. ${server.ended()}`);
    if (await isReady(port)) return;
    await new Promise((next) => setTimeout(next, 200));
  }
  throw new Error(`kube-apiserver was not ready after ${patience / 1000} s.`);
}

/** The certificate is made anew by each server, so nobody could know it before. */
function isReady(port: number): Promise<boolean> {
  return new Promise((finish) => {
    const headers = { authorization: `Bearer ${admin.token}` };
    const options = { host: "127.0.0.1", port, path: "/readyz", headers, rejectUnauthorized: false, timeout: 2000 };
    const asked = request(options, (response) => {
      response.resume();
      finish(response.statusCode === 200);
    });
    asked.once("error", () => finish(false));
    asked.once("timeout", () => asked.destroy());
    asked.end();
  });
}
