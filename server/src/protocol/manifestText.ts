/** Request: an object as a YAML document, `ManifestTextParameters` → the text. */
export const manifestTextRequest = "gitopsAuthor/manifestText";

export interface ManifestTextParameters {
  /** The object, as JSON; its keys are written in their order. */
  readonly object: unknown;
}
