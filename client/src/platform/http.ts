import { ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { type RequestOptions, request as requestHttps } from "node:https";
import { urlToHttpOptions } from "node:url";
import { dropIdle } from "./httpAgent";

/** How to reach and convince a server: certificates, headers, an agent. */
export interface HttpOptions extends RequestOptions {
  /** How long the server may take until it begins to answer, in milliseconds. */
  timeout?: number | undefined;
  /** How long it may take between two pieces of its answer; the same when absent. */
  silence?: number | undefined;
}

/** An answer whose body is still arriving, as text. */
export type HttpResponse = IncomingMessage;

/**
 * Sends a request and resolves when the answer begins. Rejects with the error of the socket; a server that takes longer than `options` say ends
 * the request, or the answer, with the code `ETIMEDOUT`. A connection that was kept may have died in the meantime: then what only reads is sent
 * once more over a new one. What writes is never sent twice.
 */
export async function sendHttp(url: URL, options: HttpOptions, body?: Buffer): Promise<HttpResponse> {
  const sent = send(url, options, body);
  try {
    return await sent.answer;
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    if (typeof options.agent === "object") dropIdle(options.agent);
    const { code = "" } = error as NodeJS.ErrnoException;
    const wasDead = sent.call.reusedSocket && (code === "ECONNRESET" || code === "EPIPE");
    if (!wasDead || (options.method ?? "GET") !== "GET") throw error;
    return await send(url, options, body).answer;
  }
}

interface Sent {
  readonly call: ClientRequest;
  readonly answer: Promise<HttpResponse>;
}

function send(url: URL, { timeout, silence = timeout, ...options }: HttpOptions, body?: Buffer): Sent {
  const call = start(url, options);
  const { signal } = options;
  const answer = new Promise<HttpResponse>((finish, fail) => {
    // Also while there is no connection yet, when Node tells nobody that the request was given up.
    const giveUp = (error: Error): void => {
      settled();
      fail(error);
      call.destroy(error);
    };
    const timer = timeout === undefined ? undefined : setTimeout(() => giveUp(noAnswer()), timeout);
    const aborted = (): void => giveUp(new Error("cancelled"));
    signal?.addEventListener("abort", aborted, { once: true });
    const settled = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", aborted);
    };
    answered(call, settled, silence).then(finish, fail);
  });
  call.once("socket", (socket) => socket.setKeepAlive(true, 30_000));
  call.end(body);
  return { call, answer };
}

/**
 * VS Code puts functions of its own in the place of Node's `request`, and an agent of its own in the place of whichever it is given: its proxy, and
 * not that of a kubeconfig. So a request with an agent is made without them; others go where the settings of VS Code lead them.
 */
function start(url: URL, options: RequestOptions): ClientRequest {
  if (typeof options.agent === "object") return new ClientRequest({ ...urlToHttpOptions(url), ...options });
  return (url.protocol === "http:" ? requestHttp : requestHttps)(url, options);
}

/** Resolves when the answer begins. `settled` is called when it does, or when there will be none. */
function answered(call: ClientRequest, settled: () => void, silence: number | undefined): Promise<HttpResponse> {
  return new Promise((finish, fail) => {
    call.once("response", (response) => {
      settled();
      if (silence !== undefined) call.setTimeout(silence, () => response.destroy(noAnswer()));
      response.setEncoding("utf8");
      finish(response);
    });
    call.on("error", (error) => {
      settled();
      fail(error);
    });
  });
}

function noAnswer(): Error {
  return Object.assign(new Error("no answer"), { code: "ETIMEDOUT" });
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
      rest += piece;
      // A line may be megabytes long, and come in hundreds of pieces: to look through all of them for each costs seconds.
      if (!piece.includes("\n")) return;
      const lines = rest.split("\n");
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
