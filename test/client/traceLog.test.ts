import { expect, test } from "vitest";
import type { LogOutputChannel } from "vscode";
import { traceLog } from "../../client/src/traceLog";
import { usePullSecretRequest } from "../../server/src/protocol/pullSecrets";

const data = "eyJhdXRocyI6e319";
const params = { image: "quay.io/team/web", secret: { kind: "cluster", data: { ".dockerconfigjson": data } } };

/** What reaches the output. */
function written(...texts: readonly string[]): readonly string[] {
  const lines: string[] = [];
  const log = { logLevel: 1, trace: (text: string) => void lines.push(text) } as unknown as LogOutputChannel;
  const channel = traceLog(log);
  expect(channel.logLevel).toBe(1);
  for (const text of texts) channel.trace(text);
  return lines;
}

test("the logins of a pull secret of a cluster are never written, whatever the trace shows", () => {
  const sent = `Sending request '${usePullSecretRequest} - (7)'.`;
  const message = { isLSPMessage: true, type: "send-request", message: { method: usePullSecretRequest, params } };
  expect(written(`${sent}\nParams: ${JSON.stringify(params, null, 4)}`, JSON.stringify(message))).toEqual([
    sent,
    `${usePullSecretRequest} (not written: it holds logins)`,
  ]);
});

test("all else is written as it is", () => {
  const text = `Sending request 'textDocument/hover - (8)'.\nParams: { "line": 1 }`;
  expect(written(text)).toEqual([text]);
});
