/** What a resolver that comes with Tekton wants to be told. */
export interface Resolver {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** The values that a parameter may have. */
  readonly values?: ReadonlyMap<string, readonly string[]> | undefined;
  /** Parameters that exclude each other. */
  readonly exclusive?: readonly (readonly [string, string])[] | undefined;
}

const kinds = ["task", "pipeline", "stepaction"];
const caches = ["always", "never", "auto"];

/**
 * The resolvers that come with Tekton Pipelines. `required` are those parameters for which no cluster can have a default
 * (upstream: `pkg/resolution/resolver/*`, `ValidateParams` and what `Resolve` demands).
 */
export const resolvers: ReadonlyMap<string, Resolver> = new Map<string, Resolver>([
  [
    "git",
    {
      required: ["pathInRepo"],
      optional: [
        ...["url", "revision", "repo", "org", "token", "tokenKey", "gitToken", "gitTokenKey"],
        ...["serverURL", "scmType", "configKey", "cache"],
      ],
      values: new Map([["cache", caches]]),
      exclusive: [["url", "repo"]],
    },
  ],
  [
    "hub",
    {
      required: ["name", "version"],
      optional: ["kind", "catalog", "type", "url"],
      values: new Map([
        ["kind", kinds],
        ["type", ["artifact", "tekton"]],
      ]),
    },
  ],
  [
    "bundles",
    {
      required: ["bundle", "name"],
      optional: ["kind", "secret", "serviceAccount", "cache"],
      values: new Map([["cache", caches]]),
    },
  ],
  [
    "cluster",
    {
      required: ["name"],
      optional: ["kind", "namespace", "cache"],
      values: new Map([
        ["kind", kinds],
        ["cache", caches],
      ]),
    },
  ],
  [
    "http",
    {
      required: ["url"],
      optional: ["http-username", "http-password-secret", "http-password-secret-key", "digest", "cache"],
    },
  ],
]);
