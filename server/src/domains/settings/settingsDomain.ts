import type { Domain } from "../../analysis/domain";
import { settingsFileName } from "../../analysis/repositorySettings";
import { baseName } from "../../platform/path";
import { completeSettings, hoverSettings } from "./complete";
import { settingsRules } from "./rules/settingsRules";
import { settingsSchema } from "./settingsSchema";

/** The repository's own settings file, `.gitops-author.yaml`; `others` are the domains whose rules it may name. */
export function createSettingsDomain(others: readonly Domain[]): Domain {
  const otherRules = others.flatMap(({ rules }) => rules);
  const schema = settingsSchema(() => [...otherRules, ...rules]);
  const rules = settingsRules(schema);
  const isSettings = ({ path }: { readonly path: string }): boolean => baseName(path) === settingsFileName;
  return {
    name: "settings",
    rules,
    understands: ({ file }) => isSettings(file),
    mayUnderstand: isSettings,
    readerWarnings: true,
    complete: (at) => completeSettings(at, schema()),
    hover: (at) => hoverSettings(at, schema()),
  };
}
