/** Request without parameters: what the workspace has to choose from for new objects of Argo CD. `ObjectChoices`. */
export const objectChoicesRequest = "gitopsAuthor/objectChoices";

/** Request: a new Application, `NewApplicationParameters` → `NewManifest`. */
export const newApplicationRequest = "gitopsAuthor/newApplication";

/** Request: a RoleBinding for an Argo CD in a namespace, `NewBindingParameters` → `NewManifest`. */
export const newBindingRequest = "gitopsAuthor/newBinding";

/** What files of the workspace, and the settings, say. Everything is sorted and there once. */
export interface ObjectChoices {
  /** The kustomizations in repositories that have a remote. */
  readonly sources: readonly SourceChoice[];
  readonly projects: readonly string[];
  /** Namespaces in which an Argo CD looks for Applications; those that Applications are in come first. */
  readonly argocdNamespaces: readonly string[];
  /** Where Applications deploy to. */
  readonly destinations: readonly DestinationChoice[];
  /** Namespaces that are defined or deployed to. */
  readonly namespaces: readonly string[];
  readonly applications: readonly { readonly name: string; readonly namespace?: string | undefined }[];
  /** The service accounts with which Argo CDs deploy. */
  readonly controllers: readonly ControllerChoice[];
}

export interface SourceChoice {
  /** URI of the directory. */
  readonly root: string;
  /** Relative to the repository; `.` for the repository itself. */
  readonly path: string;
  /** How it reads where there are several folders. */
  readonly label: string;
  readonly role: "base" | "overlay" | "standalone";
  readonly remotes: readonly { readonly name: string; readonly url: string }[];
  /** The branch that is checked out. */
  readonly branch?: string | undefined;
  /** The namespace that the kustomization puts everything into. */
  readonly namespace?: string | undefined;
  /** The names of the Applications that deploy it already. */
  readonly deployedBy: readonly string[];
}

/** A cluster, by its address or its name. */
export interface DestinationChoice {
  readonly server?: string | undefined;
  readonly name?: string | undefined;
}

export interface ControllerChoice {
  readonly namespace: string;
  readonly name: string;
}

export interface NewApplicationParameters {
  readonly name: string;
  readonly namespace: string;
  readonly project: string;
  readonly source: { readonly repoURL: string; readonly path: string; readonly targetRevision: string };
  readonly destination: DestinationChoice & { readonly namespace: string };
  /** `selfHealing` also deletes what is not in Git any more, and takes back what others change. */
  readonly sync: "manual" | "automated" | "selfHealing";
}

export interface NewBindingParameters {
  /** Where the Argo CD is to deploy. */
  readonly namespace: string;
  readonly controller: ControllerChoice;
}

/** A manifest that was not there before, and how it gets into the workspace. */
export interface NewManifest {
  /** For people, for example `Write a RoleBinding into 'argocd-role-binding.yaml'`. */
  readonly title: string;
  /** The object as JSON. */
  readonly object: unknown;
  readonly edits: FileEdits;
  /** URI of a file that says the same already. */
  readonly existing?: string | undefined;
}

/** Changes of files. */
export interface FileEdits {
  readonly creates: readonly { readonly uri: string; readonly text: string }[];
  readonly changes: readonly { readonly uri: string; readonly range: FileRange; readonly text: string }[];
}

/** As LSP counts: from 0, columns in UTF-16 units. */
export interface FileRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}
