import type { Cluster, User } from "@kubernetes/client-node/dist/config_types.js";

/** The program that a kubeconfig names under `exec`, which gives credentials on its standard output. */
export interface SignInProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** It only works with a terminal, in which a person answers what it asks. */
  readonly needsTerminal: boolean;
  /** What the authors of the kubeconfig say to who does not have the program. */
  readonly installHint?: string | undefined;
}

/** The fields of `exec` in a kubeconfig (client.authentication.k8s.io). */
interface ExecConfig {
  readonly apiVersion?: string;
  readonly command?: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly installHint?: string;
  readonly interactiveMode?: string;
  readonly provideClusterInfo?: boolean;
}

/** The program that signs `user` in to `cluster`; nothing for who shows a token or a certificate. */
export function findSignInProgram(user: User, cluster: Cluster): SignInProgram | undefined {
  const exec: ExecConfig | undefined = user.exec;
  if (!exec?.command) return undefined;
  const environment = Object.fromEntries((exec.env ?? []).map(({ name, value }) => [name, value]));
  return {
    command: exec.command,
    args: exec.args ?? [],
    environment: { ...environment, KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(exec, cluster)) },
    needsTerminal: exec.interactiveMode === "Always",
    installHint: exec.installHint,
  };
}

/** What the program is told, as kubectl does; many refuse to work without it. */
function execInfo({ apiVersion, provideClusterInfo }: ExecConfig, cluster: Cluster): object {
  const described = {
    server: cluster.server,
    ...(cluster.tlsServerName !== undefined && { "tls-server-name": cluster.tlsServerName }),
    ...(cluster.skipTLSVerify && { "insecure-skip-tls-verify": true }),
    ...(cluster.caData !== undefined && { "certificate-authority-data": cluster.caData }),
    ...(cluster.proxyUrl !== undefined && { "proxy-url": cluster.proxyUrl }),
  };
  const spec = { interactive: false, ...(provideClusterInfo === true && { cluster: described }) };
  return { kind: "ExecCredential", apiVersion: apiVersion ?? "client.authentication.k8s.io/v1", spec };
}

/** A user whose program is named by a path (`./bin/login`) starts it from the folder of the kubeconfig, as kubectl does. */
export function withProgramIn(folder: string, user: User): User {
  const { exec } = user;
  const command: unknown = exec?.command;
  if (typeof command !== "string" || !/[/\\]/.test(command) || /^([/\\]|[A-Za-z]:)/.test(command)) return user;
  return { ...user, exec: { ...exec, command: `${folder}/${command}` } };
}
