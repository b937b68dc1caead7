/** What is wrong with the name of a namespace, a sentence; nothing when it will do: Kubernetes demands a label of DNS. */
export function checkNamespace(name: string): string | undefined {
  const isRight = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
  return isRight ? undefined : "A namespace has up to 63 small letters, digits and dashes.";
}
