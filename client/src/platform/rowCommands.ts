/** The part of `package.json` that says where commands are offered. */
interface Manifest {
  readonly contributes?: {
    readonly menus?: Readonly<Record<string, readonly { readonly command?: string }[] | undefined>>;
  };
}

/**
 * The commands that the rows of our views offer and no title of a view does: called from a menu, they are about a row. `manifest` is our
 * `package.json`.
 */
export function rowCommands(manifest: unknown): ReadonlySet<string> {
  const menus = (manifest as Manifest | undefined)?.contributes?.menus ?? {};
  const of = (menu: string): readonly string[] => (menus[menu] ?? []).flatMap(({ command }) => command ?? []);
  const inTitles = new Set(of("view/title"));
  return new Set(of("view/item/context").filter((command) => !inTitles.has(command)));
}
