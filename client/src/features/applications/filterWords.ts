/** What stands above the Applications while they are filtered; nothing otherwise. */
export function filterWords(filter: string, { shown, all }: { readonly shown: number; readonly all: number }): string {
  if (filter === "") return "";
  const found = `Filter '${filter}': ${shown} of ${all}`;
  return shown === 0 && all > 0 ? `${found}. 'Show All Applications' above takes the filter away.` : found;
}
