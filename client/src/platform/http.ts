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
export async function readText(response: HttpResponse): Promise<string> {
  let text = "";
  await readPieces(response, (piece) => {
    text += piece;
  });
  return text;
}

/** Calls `onPiece` with each piece of the body as it arrives; resolves at its end. Rejects when it is cut off, and with what `onPiece` throws. */
export function readPieces(response: HttpResponse, onPiece: (piece: string) => void): Promise<void> {
  return new Promise((finish, fail) => {
    response.on("data", guarded(response, onPiece));
    response.once("end", finish);
    response.once("error", fail);
    response.once("close", () => fail(Object.assign(new Error("cut off"), { code: "ECONNRESET" })));
  });
}

/** Calls `onLine` with each whole line as it arrives; resolves when there will be no more. Rejects with what `onLine` throws. */
export function readLines(response: HttpResponse, onLine: (line: string) => void): Promise<void> {
  return new Promise((finish, fail) => {
    let rest = "";
    const take = (piece: string): void => {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") onLine(line);
    };
    response.on("data", guarded(response, take));
    response.once("end", finish);
    response.once("error", fail);
    response.once("close", finish);
  });
}

/** Nobody catches what a listener throws: it ends the response, which then fails with it. */
function guarded(response: HttpResponse, listener: (piece: string) => void): (piece: string) => void {
  return (piece) => {
    try {
      listener(piece);
    } catch (error) {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  };
}
