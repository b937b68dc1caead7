/** The proxy that an editor has a setting for; it counts before the variables of the environment. */
export interface ProxyChoice {
  /** For example `http://proxy.example.com:3128`, with user and password where it wants them. */
  readonly url: string;
  /** What is asked without it, as in `NO_PROXY`. */
  readonly except: readonly string[];
}
