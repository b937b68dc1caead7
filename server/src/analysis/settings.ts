import type { Severity } from "./finding";

/** The settings that decide what is reported, after reading them from the editor and from `.gitops-author.yaml`. */
export interface Settings {
  /** Severity by code; `off` silences a rule. */
  readonly rules: ReadonlyMap<string, Severity | "off">;
  /** Globs, relative to the folder that holds `.gitops-author.yaml`, of files that are never reported on. */
  readonly exclude: readonly string[];
}

export const defaultSettings: Settings = { rules: new Map(), exclude: [] };
