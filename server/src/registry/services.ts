import type { PullSecretText } from "../kubernetes/pullSecret";
import type { Clock } from "../platform/clock";
import type { Environment } from "../platform/environment";
import type { FileSystem } from "../platform/fileSystem";
import type { Http } from "../platform/http";
import type { Programs } from "../platform/programs";

/** What the machine gives. */
export interface RegistryServices {
  readonly http: Http;
  /** For logins and certificates; nothing else is read. */
  readonly files: FileSystem;
  /** For credential helpers; without it none runs. */
  readonly programs: Programs | undefined;
  readonly clock: Clock;
  readonly environment: Environment;
}

/** What the person says. */
export interface RegistrySettings {
  /** Registries (`host` or `host:port`) that may be asked over plain HTTP or with a certificate that cannot be verified. */
  readonly insecureHosts: readonly string[];
  /** These come before the logins of the machine. */
  readonly pullSecrets?: readonly PullSecretText[] | undefined;
  /** How long one request may take, in milliseconds; 15 seconds when absent. */
  readonly timeout?: number | undefined;
  /** How long a credential helper may take, in milliseconds; 20 seconds when absent, since a keychain may ask first. */
  readonly helperTimeout?: number | undefined;
}
