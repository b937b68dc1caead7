import { type IncomingMessage, request as requestHttp } from "node:http";
import { type Agent, type RequestOptions, request as requestHttps } from "node:https";

/** How to reach and convince a server: certificates, headers, an agent. */
export type HttpOptions = RequestOptions;
/** What keeps connections for the next call. */
export type HttpAgent = Agent;
/** An answer whose body is still arriving, as text. */
export type HttpResponse = IncomingMessage;

/**
 * Sends a request and resolves when the answer begins. Rejects with the error of the socket; silence longer than `options.timeout` ends the
 * request, or the answer, with the code `ETIMEDOUT`.
 */
export function sendHttp(url: URL, options: HttpOptions, body?: Buffer): Promise<HttpResponse> {
  const request = url.protocol === "http:" ? requestHttp : requestHttps;
  return new Promise((finish, fail) => {
    const call = request(url, options, (response) => {
      response.setEncoding("utf8");
      finish(response);
    });
    call.once("timeout", () => call.destroy(Object.assign(new Error("no answer"), { code: "ETIMEDOUT" })));
    call.once("error", fail);
    call.once("socket", (socket) => socket.setKeepAlive(true, 30_000));
    call.end(body);
  });
}

/** The whole body. Rejects when it is cut off. */
export function readText(response: HttpResponse): Promise<string> {
  return new Promise((finish, fail) => {
    let text = "";
    response.on("data", (piece: string) => {
      text += piece;
    });
    response.once("end", () => finish(text));
    response.once("error", fail);
    response.once("close", () => fail(Object.assign(new Error("cut off"), { code: "ECONNRESET" })));
  });
}

/** Calls `onLine` with each whole line as it arrives; resolves when there will be no more. */
export function readLines(response: HttpResponse, onLine: (line: string) => void): Promise<void> {
  return new Promise((finish, fail) => {
    let rest = "";
    response.on("data", (piece: string) => {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") onLine(line);
    });
    response.once("end", finish);
    response.once("error", fail);
    response.once("close", finish);
  });
}
