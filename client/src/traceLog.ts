import type { LogOutputChannel } from "vscode";
import { usePullSecretRequest } from "../../server/src/protocol/pullSecrets";

/** Requests that hold logins, which no output may hold: people send it to others when something is wrong. */
const withLogins: readonly string[] = [usePullSecretRequest];

/** An output channel to which `vscode-languageclient` may write what is said between VS Code and the server (`gitopsAuthor.trace.server`). */
export function traceLog(log: LogOutputChannel): LogOutputChannel {
  const trace = (text: string, ...more: unknown[]): void => log.trace(withoutLogins(text), ...more);
  const channel: LogOutputChannel = Object.create(log, { trace: { value: trace } });
  return channel;
}

/** One message: a line that names the request, and its parameters on the next ones; or JSON, which has them on the same line. */
function withoutLogins(text: string): string {
  const request = withLogins.find((each) => text.includes(each));
  if (request === undefined) return text;
  const [line = ""] = text.split("\n", 1);
  return line.startsWith("{") ? `${request} (not written: it holds logins)` : line;
}
