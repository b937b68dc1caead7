import { CancellationError, commands, type Disposable, type LogOutputChannel, window } from "vscode";
import { plainMessage } from "./plainMessage";

/** What a command of ours does with the arguments that a menu, a link or another extension gives: trust none of them. */
export type CommandHandler = (...args: readonly unknown[]) => unknown;

/** Registers a command whose failures reach the person. */
export type RegisterCommand = (id: string, handler: CommandHandler) => Disposable;

/**
 * The one error boundary of all commands: what a handler throws is written to the log and shown as a message that
 * offers the log. A cancelled command ends silently. `ofRows` are the commands that, from a menu, are about a row.
 */
export function commandRegistrar(log: LogOutputChannel, ofRows: ReadonlySet<string>): RegisterCommand {
  return (id, handler) =>
    commands.registerCommand(id, async (...args: readonly unknown[]) => {
      try {
        if (ofRows.has(id) && isOfGoneRow(args))
          throw new Error("What this menu was about is not there any more. Nothing was done.");
        return await handler(...args);
      } catch (error) {
        if (error instanceof CancellationError) return undefined;
        log.error(`${id}:`, error instanceof Error ? error : String(error));
        void offerLog(error instanceof Error ? error.message : String(error), log);
        return undefined;
      }
    });
}

/**
 * The menu of a row gives the row and what is selected. VS Code leaves the row out when it went away while its menu was open; a command that
 * then asked which one is meant would do to another what was meant for that one. From the palette there are no arguments at all.
 */
function isOfGoneRow(args: readonly unknown[]): boolean {
  return args.length >= 2 && (args[0] === undefined || args[0] === null);
}

async function offerLog(message: string, log: LogOutputChannel): Promise<void> {
  const show = "Show Output";
  if ((await window.showErrorMessage(plainMessage(message), show)) === show) log.show();
}
