import { window } from "vscode";

/** Shows the progress bar of a view while `work` runs. What `work` throws goes to the caller. */
export async function withViewProgress<T>(viewId: string, work: () => Promise<T>): Promise<T> {
  return window.withProgress({ location: { viewId } }, work);
}
