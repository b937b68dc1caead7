import type { HttpAnswer } from "../platform/http";
import { BoundedMap } from "./boundedMap";
import { type Challenge, parseChallenges } from "./challenge";
import { findLogin, type LoginSources, type LoginWish } from "./credentials/findLogin";
import type { HelperMemory } from "./credentials/helperMemory";
import { basicAuthorization, type FoundLogin, type Login, secretsOf } from "./credentials/login";
import { ofStatus } from "./failure";
import type { ImageHome } from "./imageHome";
import { RegistryError } from "./registry";
import type { RegistryServices } from "./services";
import { SharedWork } from "./sharedWork";
import { readToken, type TokenAnswer, type TokenWish, tokenRequest } from "./token";
import { checkRealm, type TokenService } from "./tokenService";

/** What somebody wants to do at a registry. */
export interface Wish extends LoginWish {
  /** Rights (distribution: "Token scope"), for example `repository:team/app:pull`. */
  readonly scopes: readonly string[];
}

/** How long a login is remembered, and that there is none: files cost little, and people log in again while we run. */
const loginLife = 5 * 60_000;
const problemLife = 60_000;

/** For how many repositories of one registry logins and tokens are kept. */
const mostKept = 500;

/** A token ends a little earlier for us, since it must still hold when it arrives. */
const tokenMargin = 10_000;

interface Kept<T> {
  readonly value: T;
  /** By the clock. It stays after that, so that no message repeats it. */
  until: number;
}

/** What a request carries to say who we are. */
export interface Authorization {
  /** The value of the header; absent when the registry wanted none so far, or when there is no login. */
  readonly value?: string | undefined;
  /** The search for a login that it came from; absent when nobody searched. */
  readonly found?: FoundLogin | undefined;
}

/** Sends a request to the service that gives tokens, which is not always the registry. */
export type AskTokenService = (
  service: TokenService,
  request: ReturnType<typeof tokenRequest>,
  signal: AbortSignal,
) => Promise<HttpAnswer>;

/** Knows how one registry wants us to sign in, and keeps what we got there. Nothing is sent before the registry has asked for it. */
export class SignIn {
  private challenge: Challenge | undefined;
  private readonly logins = new BoundedMap<Kept<FoundLogin>>(mostKept);
  private readonly tokens = new BoundedMap<Kept<string>>(mostKept);
  private readonly sharedLogins = new SharedWork<FoundLogin>();
  private readonly sharedTokens = new SharedWork<TokenAnswer>();

  constructor(
    private readonly services: Pick<RegistryServices, "clock">,
    private readonly sources: LoginSources & { readonly helpers: HelperMemory },
    private readonly insecureHosts: readonly string[],
    private readonly askTokens: AskTokenService,
  ) {}

  /**
   * Who we are for the registry, as it wanted to know it the last time.
   *
   * @param origin - how the registry is reached, for example `https://quay.io`
   * @throws RegistryError
   */
  async authorize(wish: Wish, origin: string, signal: AbortSignal | undefined): Promise<Authorization> {
    const { challenge } = this;
    if (challenge === undefined) return {};
    const found = await this.loginFor(wish, signal);
    const { login } = found;
    if (login?.kind === "registryToken") return { value: `Bearer ${login.token}`, found };
    if (challenge.scheme === "bearer") {
      return { value: `Bearer ${await this.tokenFor(challenge, wish, login, origin, signal)}`, found };
    }
    return { value: login?.kind === "password" ? basicAuthorization(login.user, login.password) : undefined, found };
  }

  /** Learns from an answer with status 401: how to sign in, and that what was sent counts no more. */
  learn(answer: HttpAnswer, wish: Wish, sent: Authorization): void {
    const challenges = parseChallenges(answer.headers.get("www-authenticate") ?? "");
    this.challenge =
      challenges.find(({ scheme }) => scheme === "bearer") ?? challenges.find(({ scheme }) => scheme === "basic");
    this.renew(wish, sent);
  }

  /**
   * What was sent was not enough: it is looked for anew the next time, since people log in while we run. What another question has found in the meantime
   * counts still, so that questions at the same time do not each start a helper and fetch a token.
   */
  renew({ home, scopes }: Wish, { value, found }: Authorization): void {
    const token = this.tokens.get(tokenKey(home, scopes));
    if (token !== undefined && value === `Bearer ${token.value}`) token.until = 0;
    const login = this.logins.get(home.repository);
    if (login !== undefined && login.value === found) login.until = 0;
    this.sources.helpers.doubt(found?.login);
  }

  /** Whether a service took the login for an image and gave a token for it: what the registry says no to then is something else. */
  hasToken({ repository }: ImageHome): boolean {
    return this.challenge?.scheme === "bearer" && this.logins.get(repository)?.value.login?.kind !== "registryToken";
  }

  /** What is known of the login for an image, for the words when the registry says no. */
  known(home: ImageHome): {
    readonly signedIn: boolean;
    readonly loginProblem?: string;
    readonly secrets: readonly string[];
  } {
    const { login, problem } = this.logins.get(home.repository)?.value ?? {};
    const secrets = [
      ...(login === undefined ? [] : secretsOf(login)),
      ...[...this.tokens.values()].map(({ value }) => value),
    ];
    return { signedIn: login !== undefined, ...(problem !== undefined && { loginProblem: problem }), secrets };
  }

  private async loginFor({ home, isRetry = false }: LoginWish, signal: AbortSignal | undefined): Promise<FoundLogin> {
    const key = home.repository;
    const kept = this.logins.get(key);
    if (kept !== undefined && this.services.clock.now() < kept.until) return kept.value;
    return this.sharedLogins.run(`${key} ${isRetry}`, signal, async (shared) => {
      const value = await findLogin(this.sources, { home, isRetry }, shared);
      const life = value.problem === undefined ? loginLife : problemLife;
      this.logins.set(key, { value, until: this.services.clock.now() + life });
      return value;
    });
  }

  private async tokenFor(
    { parameters }: Challenge,
    { home, scopes }: Wish,
    login: Login | undefined,
    origin: string,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const key = tokenKey(home, scopes);
    const kept = this.tokens.get(key);
    if (kept !== undefined && this.services.clock.now() < kept.until) return kept.value;
    const service = checkRealm({
      realm: parameters.get("realm") ?? "",
      origin,
      login,
      insecureHosts: this.insecureHosts,
    });
    const wish: TokenWish = { service: parameters.get("service"), scopes, login };
    const { token, seconds } = await this.sharedTokens.run(key, signal, async (shared) => {
      const answer = await this.askTokens(service, tokenRequest(service.url, wish), shared);
      if (answer.status === 200) return readToken(answer, service.host);
      throw this.ofTokenAnswer(answer, service.host, home);
    });
    this.tokens.set(key, { value: token, until: this.services.clock.now() + seconds * 1000 - tokenMargin });
    return token;
  }

  private ofTokenAnswer(answer: HttpAnswer, host: string, home: ImageHome): RegistryError {
    const asked = { host: home.host, image: home.image, what: `login service at ${host}`, ...this.known(home) };
    // A login that it does not take may have been replaced since.
    const kept = this.logins.get(home.repository);
    if (kept !== undefined) kept.until = 0;
    this.sources.helpers.doubt(kept?.value.login);
    if (answer.status >= 400 && answer.status !== 404) return ofStatus(answer, asked);
    return new RegistryError(
      "broken",
      `${home.host} names ${host} as the place that gives logins, but that answers with status ${answer.status}. Tell whoever runs the registry.`,
    );
  }
}

function tokenKey({ repository }: ImageHome, scopes: readonly string[]): string {
  return [repository, ...scopes].join(" ");
}
