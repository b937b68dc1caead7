import { readAuthorities } from "./platform/node/authorities";
import { nodeClock } from "./platform/node/nodeClock";
import { createNodeEnvironment } from "./platform/node/nodeEnvironment";
import { nodeFileSystem } from "./platform/node/nodeFileSystem";
import { createNodeHttp } from "./platform/node/nodeHttp";
import { nodePrograms } from "./platform/node/nodePrograms";
import { withProxy } from "./platform/node/proxySettings";
import type { ProxyChoice } from "./platform/proxyChoice";
import { createRegistry } from "./registry/ociRegistry";
import type { Registry } from "./registry/registry";
import type { RegistrySettings } from "./registry/services";

/** What a person may say beside the settings. */
export interface ConnectOptions extends RegistrySettings {
  /** A file with certificates of further authorities (PEM). */
  readonly certificateFile?: string | undefined;
  /** Counts before the variables of the environment. */
  readonly proxy?: ProxyChoice | undefined;
}

/**
 * The client for registries over this machine: its network, proxy, certificates and logins. A bundle of its own, which other entries load when a person in a trusted
 * workspace wants something of a registry: `const { connectRegistry } = await import("./connectRegistry")`.
 */
export async function connectRegistry({ certificateFile, proxy, ...settings }: ConnectOptions): Promise<Registry> {
  const environment = createNodeEnvironment();
  const trusted = await readAuthorities(environment.variables, certificateFile);
  return createRegistry(
    {
      http: createNodeHttp({ variables: withProxy(environment.variables, proxy), authorities: trusted }),
      files: nodeFileSystem,
      programs: nodePrograms,
      clock: nodeClock,
      environment,
    },
    settings,
  );
}
