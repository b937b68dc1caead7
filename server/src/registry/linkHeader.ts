/**
 * The address of the next page (RFC 8288): `</v2/team/app/tags/list?last=b&n=2>; rel="next"`. Only the query is taken: registries behind a gateway name
 * themselves by a host or a folder that only they know, and nobody is to be sent to another list or host.
 *
 * @param path - of the page that the answer holds
 */
export function findNextPage(header: string | undefined, path: string): string | undefined {
  for (const [, target = "", parameters = ""] of (header ?? "").matchAll(/<([^>]*)>([^<]*)/g)) {
    if (!/;\s*rel\s*=\s*"?next"?\s*(?:[;,]|$)/i.test(parameters)) continue;
    const query = /\?[^#]+/.exec(target)?.[0];
    if (query === undefined) return undefined;
    const { pathname, search } = new URL(query, `http://registry${path}`);
    return `${pathname}${search}`;
  }
  return undefined;
}
