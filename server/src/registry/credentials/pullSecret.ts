import type { PullSecretText } from "../../kubernetes/pullSecret";
import { findHome } from "../imageHome";
import { parseAuthFile } from "./authFile";
import { findEntry } from "./matchKey";

/** Whether a pull secret holds a login for the registry of an image, in clear: what is encrypted in a repository holds none. */
export function holdsLogin({ form, text }: PullSecretText, image: string): boolean {
  const file = parseAuthFile(text, form);
  try {
    return file !== undefined && findEntry(file.logins, findHome(image)) !== undefined;
  } catch {
    // The text is no name of an image.
    return false;
  }
}

/** Host of the registry of an image, for people; the image itself when it has none. */
export function registryOf(image: string): string {
  try {
    return findHome(image).host;
  } catch {
    return image;
  }
}
