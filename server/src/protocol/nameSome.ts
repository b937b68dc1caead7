/** Names for a sentence, of which only so many are told: `a, b, c and 4 more`. */
export function nameSome(names: readonly string[], most: number): string {
  const told = names.slice(0, most).join(", ");
  return names.length > most ? `${told} and ${names.length - most} more` : told;
}
