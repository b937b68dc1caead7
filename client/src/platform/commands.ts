import { CancellationError, commands, type Disposable, type LogOutputChannel, window } from "vscode";

/** What a command of ours does with the arguments that a menu, a link or another extension gives: trust none of them. */
export type CommandHandler = (...args: readonly unknown[]) => unknown;

/** Registers a command whose failures reach the person. */
export type RegisterCommand = (id: string, handler: CommandHandler) => Disposable;

/**
 * The one error boundary of all commands: what a handler throws is written to the log and shown as a message that
 * offers the log. A cancelled command ends silently.
 */
export function commandRegistrar(log: LogOutputChannel): RegisterCommand {
  return (id, handler) =>
    commands.registerCommand(id, async (...args: readonly unknown[]) => {
      try {
        return await handler(...args);
      } catch (error) {
        if (error instanceof CancellationError) return undefined;
        log.error(`${id}:`, error instanceof Error ? error : String(error));
        void offerLog(error instanceof Error ? error.message : String(error), log);
        return undefined;
      }
    });
}

async function offerLog(message: string, log: LogOutputChannel): Promise<void> {
  const show = "Show Output";
  if ((await window.showErrorMessage(message, show)) === show) log.show();
}
