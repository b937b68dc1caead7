/** `initializationOptions` of the client. All are optional: any LSP editor may leave them out. */
export interface InitializationOptions {
  /**
   * Whether the person trusts the workspace; false turns off what runs a program (git) or contacts a server. Default true.
   */
  readonly trusted?: boolean | undefined;
  /** The values under `gitopsAuthor`; a client that answers `workspace/configuration` need not give them. */
  readonly settings?: unknown;
  /** True when another extension reports plain YAML syntax errors (Red Hat's): ours stay silent then. */
  readonly yamlSyntaxElsewhere?: boolean | undefined;
  /** URI of the page that documents the rules; the code of a diagnostic links to its section there. */
  readonly rulesPage?: string | undefined;
}

/** Notification from the client: the workspace became trusted. Parameters: `{ trusted: boolean }`. */
export const trustNotification = "gitopsAuthor/trust";

/** Notification from the client: see `InitializationOptions.yamlSyntaxElsewhere`. Parameters: `{ elsewhere: boolean }`. */
export const yamlSyntaxNotification = "gitopsAuthor/yamlSyntax";
