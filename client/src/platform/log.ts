import { type LogOutputChannel, window } from "vscode";

/** The name of the product wherever VS Code shows one: output channel, container, messages. */
export const productName = "GitOps Author";

/** Opens the output channel that the client and the language server share. The caller disposes of it. */
export function createLog(): LogOutputChannel {
  return window.createOutputChannel(productName, { log: true });
}
