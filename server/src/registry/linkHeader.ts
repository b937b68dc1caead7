/**
 * The address of the next page (RFC 8288): `</v2/team/app/tags/list?last=b&n=2>; rel="next"`. Only path and query are taken, and only of the
 * protocol's own paths: registries behind a gateway name themselves by a host that only they know, and no other host is to be sent to.
 */
export function findNextPage(header: string | undefined, path: string): string | undefined {
  for (const [, target = "", parameters = ""] of (header ?? "").matchAll(/<([^>]*)>([^<]*)/g)) {
    if (!/;\s*rel\s*=\s*"?next"?\s*(?:[;,]|$)/i.test(parameters)) continue;
    if (!URL.canParse(target, `http://registry${path}`)) return undefined;
    const { pathname, search } = new URL(target, `http://registry${path}`);
    return pathname.startsWith("/v2/") ? `${pathname}${search}` : undefined;
  }
  return undefined;
}
