/**
 * A text for a message of VS Code, which makes links of `[label](command:…)`, those that run commands too: what a file or a cluster calls itself
 * must not become one.
 */
export function plainMessage(text: string): string {
  return text.replaceAll("](", "] (");
}
