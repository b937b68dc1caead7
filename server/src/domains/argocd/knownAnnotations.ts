import { compareOptions, deletePolicies, hookTypes, type KnownAnnotation, resourceSyncOptions } from "./vocabulary";

const applications = ["Application"];
const boolean = { kind: "form", form: /^(?:[01tTfF]|true|false|TRUE|FALSE|True|False)$/, sample: "true" } as const;
const onlyTrue = { kind: "form", form: /^true$/, sample: "true" } as const;
const url = { kind: "form", form: /^https?:\/\/[^\s/]+/i, sample: "https://example.com" } as const;

/** The annotations that Argo CD reads: argo-cd documentation `annotations-and-labels`, its `common` and gitops-engine. */
export const knownAnnotations: readonly KnownAnnotation[] = [
  {
    key: "argocd.argoproj.io/sync-wave",
    description: "The wave in which the object is applied: smaller numbers first, 0 unless said otherwise.",
    value: { kind: "form", form: /^[+-]?\d+$/, sample: "1" },
  },
  {
    key: "argocd.argoproj.io/hook",
    description: "Makes the object a hook, which runs in a phase of the sync. Several phases with commas.",
    value: { kind: "list", words: hookTypes },
  },
  {
    key: "argocd.argoproj.io/hook-delete-policy",
    description: "When a hook is deleted. Several policies with commas.",
    value: { kind: "list", words: deletePolicies },
  },
  {
    key: "argocd.argoproj.io/sync-options",
    description: "How the object is applied and pruned. Several options with commas.",
    value: { kind: "list", words: resourceSyncOptions },
  },
  {
    key: "argocd.argoproj.io/compare-options",
    description: "How the object is compared with the one in the cluster. Several options with commas.",
    value: { kind: "list", words: compareOptions },
  },
  {
    key: "argocd.argoproj.io/ignore-healthcheck",
    description: "The health of the object does not count for its Application. Since Argo CD 2.14.",
    value: boolean,
  },
  {
    key: "argocd.argoproj.io/ignore-resource-updates",
    description: "Whether changes that `ignoreResourceUpdates` names are ignored for the object.",
    value: boolean,
  },
  {
    key: "argocd.argoproj.io/ignore-default-links",
    description: "Hides the links that Argo CD finds itself, for example those of an Ingress.",
    value: boolean,
  },
  {
    key: "argocd.argoproj.io/ignore-restart-policy",
    kinds: ["Pod"],
    description: "The Pod counts as one that runs on, whatever its restart policy.",
    value: onlyTrue,
  },
  {
    key: "argocd.argoproj.io/tracking-id",
    description: "The Application that the object belongs to. Written by Argo CD.",
  },
  { key: "argocd.argoproj.io/installation-id", description: "The Argo CD that owns the object. Written by Argo CD." },
  {
    key: "argocd.argoproj.io/refresh",
    kinds: applications,
    description: "Makes Argo CD compare now; `hard` also forgets what it has rendered.",
    value: {
      kind: "one",
      words: [
        { word: "normal", description: "Compares anew." },
        { word: "hard", description: "Renders and compares anew." },
      ],
    },
  },
  {
    key: "argocd.argoproj.io/refresh-timestamp",
    kinds: applications,
    description: "When the refresh was asked for.",
  },
  {
    key: "argocd.argoproj.io/hydrate",
    kinds: applications,
    description: "Makes Argo CD render the dry source now.",
    value: {
      kind: "one",
      words: [
        { word: "normal", description: "Renders when something is new." },
        { word: "hard", description: "Renders anew." },
      ],
    },
  },
  {
    key: "argocd.argoproj.io/hydrate-timestamp",
    kinds: applications,
    description: "When the rendering was asked for.",
  },
  {
    key: "argocd.argoproj.io/manifest-generate-paths",
    kinds: ["Application", "ApplicationSet"],
    description:
      "The paths on which the manifests depend, with `;` between: from the root of the repository with `/` in front, else from the path of the source. A push that touches none of them renders nothing anew.",
  },
  {
    key: "argocd.argoproj.io/skip-reconcile",
    kinds: ["Application", "Secret", "ApplicationSet"],
    description: "Argo CD leaves the Application, or the cluster of the Secret, alone.",
    value: boolean,
  },
  {
    key: "argocd.argoproj.io/managed-by-url",
    kinds: applications,
    description: "The address of the Argo CD that manages the Application, for links to it.",
    value: url,
  },
  {
    key: "argocd.argoproj.io/deletion-approved",
    description: "When someone confirmed the deletion or pruning that waits for it.",
    value: { kind: "form", form: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/, sample: "2026-01-31T12:00:00Z" },
  },
  {
    key: "argocd.argoproj.io/client-side-apply-migration-manager",
    kinds: applications,
    description: "The field manager whose fields move to server-side apply; `kubectl-client-side-apply` by default.",
  },
  {
    key: "argocd.argoproj.io/application-set-refresh",
    kinds: ["ApplicationSet"],
    description: "Makes the controller run the generators now.",
    value: onlyTrue,
  },
  {
    key: "argocd.argoproj.io/auto-label-cluster-info",
    kinds: ["Secret"],
    description: "Whether Argo CD labels the cluster with its version of Kubernetes.",
  },
  {
    key: "notice.argocd.argoproj.io/content",
    kinds: applications,
    description: "Text of a banner on the page of the Application, at most 500 characters. Since Argo CD 3.5.",
  },
  {
    key: "notice.argocd.argoproj.io/severity",
    kinds: applications,
    description: "The look of the banner.",
    value: {
      kind: "one",
      words: [
        { word: "info", description: "The default." },
        { word: "warning", description: "Something to look at." },
        { word: "critical", description: "Something to act on." },
      ],
    },
  },
  {
    key: "notice.argocd.argoproj.io/url",
    kinds: applications,
    description: "Where the banner leads to.",
    value: url,
  },
  {
    key: "notice.argocd.argoproj.io/permanent",
    kinds: applications,
    description: "Nobody can close the banner.",
    value: { kind: "form", form: /^(?:true|false)$/, sample: "true" },
  },
  {
    key: "notice.argocd.argoproj.io/icon",
    kinds: applications,
    description: "A Font Awesome class, for example `fa-bell`.",
  },
  {
    key: "notice.argocd.argoproj.io/scope",
    kinds: applications,
    description: "Where the notice is shown.",
    value: {
      kind: "one",
      words: [
        { word: "both", description: "The default." },
        { word: "banner", description: "On the page of the Application." },
        { word: "icon", description: "In the list." },
      ],
    },
  },
  {
    key: "pref.argocd.argoproj.io/default-view",
    // Newer pages show an ApplicationSet just so.
    kinds: ["Application", "ApplicationSet"],
    description: "How the page of the Application opens.",
    value: {
      kind: "one",
      words: [
        { word: "tree", description: "Objects and what they made." },
        { word: "pods", description: "Pods in groups." },
        { word: "network", description: "How traffic flows." },
        { word: "list", description: "One line for each object." },
      ],
    },
  },
  {
    key: "pref.argocd.argoproj.io/default-pod-sort",
    kinds: ["Application", "ApplicationSet"],
    description: "By what pods are grouped.",
    value: {
      kind: "one",
      words: [
        { word: "node", description: "By node." },
        { word: "parentResource", description: "By what made them." },
        { word: "topLevelResource", description: "By the object that was deployed." },
      ],
    },
  },
];

const byKey: ReadonlyMap<string, KnownAnnotation> = new Map(knownAnnotations.map((known) => [known.key, known]));

/** The annotation that a key is; `undefined` when Argo CD reads none of that name. */
export function findAnnotation(key: string): KnownAnnotation | undefined {
  return byKey.get(key);
}
