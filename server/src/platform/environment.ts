/** What the machine says about the person: their home and the variables of the environment, as a port. */
export interface Environment {
  /** Their home directory, in our form of paths. */
  readonly home: string;
  /** The number of the person's account; absent on Windows and in a browser. */
  readonly userId?: number | undefined;
  /** By name; names are as the machine writes them. */
  readonly variables: ReadonlyMap<string, string>;
  /** The absolute path that a variable holds, in our form; `undefined` when it is not set, empty or relative (XDG says that such count as not set). */
  path(variable: string): string | undefined;
  /** The same, but a relative path counts from the working directory, as for most programs. */
  place(variable: string): string | undefined;
}
