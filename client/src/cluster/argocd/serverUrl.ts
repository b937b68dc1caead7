/** The address of an Argo CD server as we keep it, or what is wrong with it, a sentence. */
export type ServerUrl = { readonly url: string } | { readonly problem: string };

/**
 * Reads the address that a person gives: `https://` may be left out, a path of the web interface is cut off. Tokens go over HTTPS only, except to
 * the machine itself.
 */
export function parseServerUrl(text: string): ServerUrl {
  const written = text.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `https://${written}`;
  if (written === "" || !URL.canParse(full)) return { problem: "Write an address such as https://argocd.example.com." };
  const { protocol, hostname, host, pathname, username, password } = new URL(full);
  if (username !== "" || password !== "")
    return { problem: "Leave name and password out of the address; they are asked for." };
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && isLocal)) {
    return { problem: "Only https:// keeps your token secret on its way." };
  }
  const path = pathname.replace(/\/(?:applications|login|settings|user-info)(?:\/.*)?$/, "").replace(/\/+$/, "");
  return { url: `${protocol}//${host}${path}` };
}
