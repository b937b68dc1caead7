import { type HttpAnswer, HttpError, type HttpRequest, type TlsChoice } from "../platform/http";
import { HelperMemory } from "./credentials/helperMemory";
import { ofHttpError, ofStatus, rateLimited } from "./failure";
import { readHostCertificates } from "./hostCertificates";
import type { ImageHome } from "./imageHome";
import { isLoopback, mayBeInsecure } from "./insecureHosts";
import { RegistryError } from "./registry";
import { askPatiently, cancelledError, mostPatience, readRetryAfter, wait } from "./retry";
import type { RegistryServices, RegistrySettings } from "./services";
import { SharedWork } from "./sharedWork";
import { type Authorization, SignIn, type Wish } from "./signIn";
import { Turns } from "./turns";

/** One request of the distribution protocol. */
export interface Question extends Wish {
  readonly method: HttpRequest["method"];
  /** With query, for example `/v2/team/app/tags/list?n=1000`. */
  readonly path: string;
  readonly headers?: ReadonlyMap<string, string> | undefined;
  readonly body?: Uint8Array | undefined;
  /** How long the answer may be; as long as every manifest when absent. */
  readonly mostBytes?: number | undefined;
}

/** Manifests and configurations may have 4 MiB in every registry; only lists are longer. */
const manifestBytes = 8 * 1024 * 1024;
const mostAtOnce = 6;
const mostRedirects = 5;
const ordinaryTimeout = 15_000;
const ordinaryHelperTimeout = 20_000;

/** However long a registry wants silence, it is asked once an hour (in milliseconds) whether it still does. */
const mostSilence = 3_600_000;

/** For so long (in milliseconds) a registry that cannot be reached is not looked for again: one wish of a person asks for many images, one after the other. */
const awayFor = 2000;

/** An answer, and whether it came from whom was asked, not from somebody to whom we were sent on. */
interface Arrival {
  readonly answer: HttpAnswer;
  readonly isHome: boolean;
}

/** The way to one registry: how it is reached, who we are there, and how much it wants to be asked. */
export class HostConnection {
  private readonly turns = new Turns(mostAtOnce);
  private readonly signIn: SignIn;
  private readonly origins = new SharedWork<string>();
  private origin: string | undefined;
  private readonly certificates = new Map<string, Promise<TlsChoice>>();
  /** The registry wants silence until then, by the clock. */
  private silentUntil = 0;
  /** Nobody was there a moment ago. */
  private away: { readonly error: HttpError; readonly until: number } | undefined;
  private wasThere = false;

  constructor(
    readonly host: string,
    private readonly services: RegistryServices,
    private readonly settings: RegistrySettings,
  ) {
    const { files, environment, programs } = services;
    const timeout = settings.helperTimeout ?? ordinaryHelperTimeout;
    const helpers = new HelperMemory(services.clock, { programs, directory: environment.home, timeout });
    const sources = { files, environment, helpers, pullSecrets: settings.pullSecrets ?? [] };
    this.signIn = new SignIn(services, sources, settings.insecureHosts, (service, request, signal) =>
      this.tell(service.host, "login service", () =>
        askPatiently(() => this.askTokens({ ...request, ...this.limits(signal) }), services.clock, signal),
      ),
    );
  }

  /** Asks, signs in where the registry wants it, tries again what is worth it; gives the last answer, whatever its status. Rejects with `RegistryError`. */
  async ask(question: Question, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    return this.turns.run(
      () =>
        this.tell(this.host, "registry", async () => {
          if (this.away !== undefined && this.services.clock.now() < this.away.until) throw this.away.error;
          const origin = await this.findOrigin(signal);
          return askPatiently(() => this.askOnce(question, origin, signal), this.services.clock, signal);
        }),
      signal,
    );
  }

  /** Why the last answer is none; `what` is for example `tag 1.2 of quay.io/team/app`. */
  failure(answer: HttpAnswer, home: ImageHome, what: string): RegistryError {
    const isAccepted = this.signIn.hasToken(home);
    return ofStatus(answer, { host: this.host, image: home.image, what, isAccepted, ...this.signIn.known(home) });
  }

  private async askOnce(question: Question, origin: string, signal: AbortSignal | undefined): Promise<HttpAnswer> {
    await this.keepSilence(signal);
    let sent = await this.signIn.authorize(question, origin, signal);
    let { answer, isHome } = await this.sendTo(question, origin, sent, signal);
    if (isHome && mayHaveEnded(answer, sent)) {
      // A token may have ended, and a login may have been replaced since we read it.
      if (answer.status === 401) this.signIn.learn(answer, question, sent);
      else this.signIn.renew(question, sent);
      const better = await this.signIn.authorize(question, origin, signal);
      if (better.value !== sent.value) {
        sent = better;
        ({ answer, isHome } = await this.sendTo(question, origin, sent, signal));
      }
    }
    this.wasThere = true;
    if (answer.status === 403 && isHome) this.signIn.renew(question, sent);
    if (isHome) this.heed(answer);
    return answer;
  }

  private async askTokens(request: HttpRequest): Promise<HttpAnswer> {
    const { answer } = await this.follow(request);
    this.heed(answer);
    return answer;
  }

  /** Remembers how long the registry wants silence. */
  private heed(answer: HttpAnswer): void {
    const pause = answer.status === 429 ? readRetryAfter(answer) : undefined;
    if (pause !== undefined) this.silentUntil = this.services.clock.now() + Math.min(pause * 1000, mostSilence);
  }

  /** What one question was told holds for all: nobody asks before the registry wants to be asked again. */
  private async keepSilence(signal: AbortSignal | undefined): Promise<void> {
    const left = this.silentUntil - this.services.clock.now();
    if (left > mostPatience) throw rateLimited(this.host, Math.ceil(left / 1000));
    if (left > 0) await wait(this.services.clock, left, signal);
  }

  private sendTo(
    { method, path, headers = new Map(), body, mostBytes = manifestBytes }: Question,
    origin: string,
    { value }: Authorization,
    signal: AbortSignal | undefined,
  ): Promise<Arrival> {
    const all = value === undefined ? headers : new Map([...headers, ["Authorization", value]]);
    return this.follow({
      method,
      url: new URL(path, origin).href,
      headers: all,
      body,
      ...this.limits(signal),
      mostBytes,
    });
  }

  /**
   * Sends a request, and goes where the answer sends it, if it only reads. Blobs often lie on other hosts, whose addresses carry their own signature: our
   * login has no business there, and what those say of logins has none with us.
   */
  private async follow(request: HttpRequest): Promise<Arrival> {
    const home = new URL(request.url);
    const withoutLogin = new Map([...request.headers].filter(([name]) => name !== "Authorization"));
    let url = home;
    for (let redirects = 0; ; redirects++) {
      const isHome = url.origin === home.origin;
      const headers = isHome ? request.headers : withoutLogin;
      const answer = await this.send({ ...request, url: url.href, headers }).catch((error: unknown) => {
        if (isHome && error instanceof HttpError) this.noteAway(error, home);
        throw error;
      });
      const location = answer.headers.get("location");
      const isRedirect = [301, 302, 303, 307, 308].includes(answer.status) && location !== undefined;
      if (!isRedirect || (request.method !== "GET" && request.method !== "HEAD")) return { answer, isHome };
      if (redirects === mostRedirects) throw lost(home, "sends us on and on");
      url = this.checkRedirect(location, url);
    }
  }

  private checkRedirect(location: string, from: URL): URL {
    const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
    if (url === undefined) throw lost(from, "sends us to an address that is none");
    // What listens on this machine is nobody's business out there.
    if (isLoopback(url.host) && !isLoopback(from.host)) throw lost(from, "sends us to this machine");
    if (url.protocol === "https:") return url;
    if (url.protocol === "http:" && mayBeInsecure(url.host, this.settings.insecureHosts)) return url;
    throw lost(from, "sends us to an address without TLS");
  }

  /**
   * `https://host`. Only where it is allowed plain HTTP is tried: when nothing there speaks TLS (as Docker does for its `insecure-registries`).
   */
  private async findOrigin(signal: AbortSignal | undefined): Promise<string> {
    const secure = `https://${this.host}`;
    if (!mayBeInsecure(this.host, this.settings.insecureHosts)) return secure;
    if (this.origin !== undefined) return this.origin;
    return this.origins.run("origin", signal, async (shared) => {
      try {
        await this.send({ method: "GET", url: `${secure}/v2/`, headers: new Map(), ...this.limits(shared) });
        this.origin = secure;
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        if (!["notTls", "unreachable", "cutOff"].includes(error.problem)) throw error;
        if (error.problem === "notTls") this.origin = `http://${this.host}`;
        return `http://${this.host}`;
      }
      return secure;
    });
  }

  private async send(request: HttpRequest): Promise<HttpAnswer> {
    const { protocol, host } = new URL(request.url);
    if (protocol !== "https:") return this.services.http.send(request);
    // An address leaves out the port 443; settings and folders name the host as images do.
    const name = this.isOwn(host) ? this.host : host;
    try {
      return await this.services.http.send({ ...request, tls: await this.trustFor(name) });
    } catch (error) {
      // Whoever is told to put a certificate into a folder does so while we run.
      if (error instanceof HttpError && error.problem === "untrusted") this.certificates.delete(name);
      throw error;
    }
  }

  private isOwn(host: string): boolean {
    return host === new URL(`https://${this.host}`).host;
  }

  /** Who has answered before and is slow now may have trouble with just that question. */
  private noteAway(error: HttpError, { host }: URL): void {
    const isAway = error.problem === "unreachable" || (error.problem === "timeout" && !this.wasThere);
    if (isAway && this.isOwn(host)) this.away = { error, until: this.services.clock.now() + awayFor };
  }

  private trustFor(host: string): Promise<TlsChoice> {
    const verify = !mayBeInsecure(host, this.settings.insecureHosts);
    const known = this.certificates.get(host);
    if (known !== undefined) return known;
    const { files, environment } = this.services;
    const read = readHostCertificates(files, environment, host).then((found) => ({ ...found, verify }));
    this.certificates.set(host, read);
    return read;
  }

  private limits(signal: AbortSignal | undefined): Pick<HttpRequest, "timeout" | "signal" | "mostBytes"> {
    return { timeout: this.settings.timeout ?? ordinaryTimeout, signal, mostBytes: manifestBytes };
  }

  /** Says in our words why somebody could not be reached. */
  private async tell<T>(host: string, role: string, task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      throw error.problem === "cancelled" ? cancelledError() : ofHttpError(error, host, role);
    }
  }
}

function lost({ host }: URL, how: string): RegistryError {
  return new RegistryError("broken", `${host} ${how}, which no registry should. Is there a registry?`);
}

/** Amazon's registries say 403 of a login whose twelve hours are over, all others 401. */
function mayHaveEnded({ status }: HttpAnswer, { value = "" }: Authorization): boolean {
  return status === 401 || (status === 403 && value.startsWith("Basic "));
}
