/** How we sign in to a registry. */
export type Login =
  | { readonly kind: "password"; readonly user: string; readonly password: string }
  /** A refresh token: it is changed into an access token where the registry says (Docker: `identitytoken`; Azure's registries give such). */
  | { readonly kind: "identityToken"; readonly token: string }
  /** Sent as it is (Docker: `registrytoken`). */
  | { readonly kind: "registryToken"; readonly token: string };

/** What a place that holds logins says about an image. */
export interface FoundLogin {
  readonly login?: Login | undefined;
  /** Why a login that seems to be there could not be read, in sentences for people; told when the registry wants one. */
  readonly problem?: string | undefined;
}

/** The secret texts of a login, which no message may hold. */
export function secretsOf(login: Login): readonly string[] {
  return login.kind === "password" ? [login.password, btoa(utf8(`${login.user}:${login.password}`))] : [login.token];
}

/** The value of the header `Authorization` for basic authentication (RFC 7617, in UTF-8). */
export function basicAuthorization(user: string, password: string): string {
  return `Basic ${btoa(utf8(`${user}:${password}`))}`;
}

/** A text of one character a byte, which is what `btoa` takes. */
function utf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}
