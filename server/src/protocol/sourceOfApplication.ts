/** A source of an Application, as a cluster says it. */
export interface SourceOfApplication {
  readonly repoURL?: string | undefined;
  readonly path?: string | undefined;
  readonly targetRevision?: string | undefined;
  readonly chart?: string | undefined;
  readonly ref?: string | undefined;
  /** How the source is rendered; the client hands it on as it is. */
  readonly kustomize?: object | undefined;
  readonly helm?: object | undefined;
  readonly plugin?: object | undefined;
  readonly directory?: object | undefined;
}

/** What of an Application matters for how its sources are rendered. */
export interface DeployingApplication {
  readonly name: string;
  /** The namespace that it lies in itself. */
  readonly home?: string | undefined;
  /** The name by which its Argo CD knows it, where that is another. */
  readonly instanceName?: string | undefined;
  readonly project?: string | undefined;
  /** Of the destination. */
  readonly namespace?: string | undefined;
  /** The flags with which its Argo CD calls `kustomize build`: `kustomize.buildOptions` of the ConfigMap `argocd-cm`. */
  readonly buildOptions?: string | undefined;
}

/** What is rendered: a kustomization as it is, or a source of an Application with what the Application says of it. */
export interface RenderSubject {
  /** URI of the directory of a kustomization. */
  readonly root?: string | undefined;
  readonly source?: SourceOfApplication | undefined;
  readonly application?: DeployingApplication | undefined;
}
