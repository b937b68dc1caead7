import type { ManagedResource } from "../../cluster/argocd/application";

/**
 * A row of the Applications view. Rows for clusters, projects and Applications say only what they stand for: how it is, is looked up when a row
 * is drawn, so that a row stays the same object for as long as its Application exists, and VS Code can be told to draw that one again.
 */
export type ApplicationNode = ClusterRow | ProjectRow | ApplicationRow | DetailRow | MoreRow | NoteRow;

export interface ClusterRow {
  readonly type: "cluster";
  readonly id: string;
  readonly cluster: string;
  readonly parent?: undefined;
}

export interface ProjectRow {
  readonly type: "project";
  readonly id: string;
  readonly cluster: string;
  readonly project: string;
  readonly parent: ClusterRow;
}

export interface ApplicationRow {
  readonly type: "application";
  readonly id: string;
  readonly cluster: string;
  /** `namespace/name` */
  readonly key: string;
  readonly parent: ProjectRow;
}

/** Something below an Application: a condition, or a resource that it manages. */
export interface DetailRow {
  readonly type: "detail";
  readonly id: string;
  readonly parent: ApplicationRow;
  readonly detail:
    | { readonly condition: { readonly type: string; readonly message: string } }
    | { readonly resource: ManagedResource };
}

/** Stands for the Applications of a project that are not shown yet. */
export interface MoreRow {
  readonly type: "more";
  readonly id: string;
  readonly parent: ProjectRow;
  readonly hidden: number;
}

/** A sentence where there is nothing else to show. */
export interface NoteRow {
  readonly type: "note";
  readonly id: string;
  readonly text: string;
  readonly isProblem: boolean;
  readonly parent: ClusterRow;
}
