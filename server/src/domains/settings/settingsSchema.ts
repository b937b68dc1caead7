import type { Rule } from "../../analysis/rule";
import { defaultSettings } from "../../analysis/settings";
import type { EnumValue, Schema } from "../../schema/schema";

const severities: readonly EnumValue[] = [
  { value: "off", description: "Not reported at all." },
  { value: "hint", description: "A taste; three dots below the text." },
  { value: "information", description: "Good to know." },
  { value: "warning", description: "Likely wrong; the exit code of `check` stays 0." },
  { value: "error", description: "Wrong; `check` ends with 1." },
];

/** What `.gitops-author.yaml` may hold. `rules` is asked when somebody needs the schema, and once. */
export function settingsSchema(rules: () => readonly Rule[]): () => Schema {
  let known: Schema | undefined;
  return () => {
    known ??= describeFile(rules());
    return known;
  };
}

function describeFile(rules: readonly Rule[]): Schema {
  const sorted = [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
  const properties = new Map<string, Schema>([
    [
      "rules",
      {
        type: "object",
        description: "The severity of single rules, by code; `off` turns one off.",
        // No single `type`, which would demand quotes: a reader of YAML 1.1 makes a boolean of `off`; here either is understood.
        properties: new Map(
          sorted.map(({ code, docs, severity }): [string, Schema] => [
            code,
            { types: ["string"], values: severities, description: docs.summary, default: severity },
          ]),
        ),
      },
    ],
    [
      "exclude",
      {
        type: "array",
        items: { type: "string" },
        description:
          "Files that are never reported on: globs with `*`, `?` and `**`, relative to this file. One without a slash counts in every directory.",
      },
    ],
    [
      "kubernetesVersion",
      {
        // Without quotes it is a number; its text is what counts.
        types: ["string", "number"],
        pattern: "^v?1\\.\\d+(\\.\\d+)?$",
        description:
          "The version of Kubernetes that everything is deployed to, for example `1.33`. It decides which API versions are reported as removed or deprecated.",
      },
    ],
    ["argocd", { type: "object", properties: argocd, description: "The Argo CD that deploys the repository." }],
  ]);
  return { type: "object", properties };
}

const argocd: ReadonlyMap<string, Schema> = new Map<string, Schema>([
  [
    "namespaces",
    {
      type: "array",
      items: { type: "string", examples: defaultSettings.argocdNamespaces },
      description: "Namespaces in which Argo CD looks for Applications and AppProjects.",
    },
  ],
  [
    "controllers",
    {
      type: "array",
      items: {
        type: "string",
        pattern: "^[^:/\\s]+[:/][^:/\\s]+$",
        examples: defaultSettings.argocdControllers.map((each) => each.replace("/", ":")),
      },
      description: "Service accounts under which Argo CD deploys, as `namespace:name`.",
    },
  ],
]);
