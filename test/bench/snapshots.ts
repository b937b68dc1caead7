import type { Found, Loader } from "../../server/src/kustomize/loader";
import { fileOf } from "../support/memoryLoader";

/** A loader with one file changed; all others stay the same objects, as in the snapshots of an editor. */
export function withEdit(loader: Loader, path: string, text: string): Loader {
  const edited: Found = fileOf(path, text);
  return { lookUp: (wanted) => (wanted === path ? edited : loader.lookUp(wanted)) };
}
