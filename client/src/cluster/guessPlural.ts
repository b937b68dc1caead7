/** The name of a kind's resource by the rules of English, where nobody says it: `networkpolicies` for `NetworkPolicy`, `gateways` for `Gateway`. */
export function guessPlural(kind: string): string {
  const name = kind.toLowerCase();
  if (/(?:s|x|ch|sh)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
