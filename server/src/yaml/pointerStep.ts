/** A key as one step of a JSON pointer (RFC 6901): `app.kubernetes.io/name` becomes `app.kubernetes.io~1name`. */
export function toPointerStep(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The key that a step of a JSON pointer means. */
export function fromPointerStep(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}
