import type { ManagedResource } from "../../cluster/argocd/application";
import { errorsFirst } from "../../cluster/argocd/applicationState";
import type { ApplicationModel } from "./applicationModel";
import type {
  ApplicationNode,
  ApplicationRow,
  BelowRow,
  ConditionRow,
  HistoryRow,
  ResourceRow,
} from "./applicationNodes";

/**
 * The rows below an Application that its own state tells of: what is wrong, the last operation, auto-sync, the history, its events, and what
 * it manages. A row stays the same object for as long as the Application has its row.
 */
export class BelowApplication {
  readonly #rows = new WeakMap<ApplicationRow, Map<string, BelowRow>>();

  constructor(private readonly model: ApplicationModel) {}

  childRows(parent: ApplicationRow): readonly ApplicationNode[] {
    const application = this.model.find(parent);
    if (application === undefined) return [];
    const { conditions = [], resources = [], operationState, history = [] } = application.status ?? {};
    const told = errorsFirst(conditions).map((condition): ConditionRow => {
      const id = `${parent.id} condition ${conditions.indexOf(condition)}`;
      return { type: "condition", id, parent, condition };
    });
    const isAsked = operationState?.phase !== undefined || application.operation !== undefined;
    // One that is told twice is one row: VS Code shows nothing at all where two rows have the same id.
    const rows = new Map(resources.map((resource) => toRow(parent, resource)).map((row) => [row.id, row]));
    const { shown, more } = this.model.pages.cut(parent, [...rows.values()]);
    return [
      ...told,
      ...(isAsked ? [this.#row(parent, { type: "operation", id: `${parent.id} operation`, parent })] : []),
      this.#row(parent, { type: "autoSync", id: `${parent.id} autoSync`, parent }),
      ...(history.length > 0 ? [this.#row(parent, { type: "history", id: `${parent.id} history`, parent })] : []),
      this.#row(parent, { type: "events", id: `${parent.id} events`, parent }),
      ...shown.map((row) => this.#row(parent, row)),
      ...more,
    ];
  }

  /** The newest entry first. */
  historyRows(parent: HistoryRow): readonly ApplicationNode[] {
    const history = this.model.find(parent.parent)?.status?.history ?? [];
    return [...history]
      .sort((a, b) => b.id - a.id)
      .map((entry) => ({ type: "historyEntry", id: `${parent.id} ${entry.id}`, parent, entry }));
  }

  /** The row for auto-sync, if it was drawn. */
  findAutoSync(parent: ApplicationRow): ApplicationNode | undefined {
    return this.#rows.get(parent)?.get(`${parent.id} autoSync`);
  }

  /** What the status of the Application says of a resource; nothing when it does not manage it any more. */
  findResource(row: ResourceRow): ManagedResource | undefined {
    return this.model.find(row.parent)?.status?.resources?.find((each) => toRow(row.parent, each).id === row.id);
  }

  #row<R extends BelowRow>(parent: ApplicationRow, row: R): R {
    const rows = this.#rows.get(parent) ?? new Map<string, BelowRow>();
    this.#rows.set(parent, rows);
    const known = rows.get(row.id);
    if (known !== undefined) return known as R;
    rows.set(row.id, row);
    return row;
  }
}

function toRow(parent: ApplicationRow, { group = "", kind, namespace = "", name }: ManagedResource): ResourceRow {
  const id = [parent.id, group, kind, namespace, name].join(" ");
  return { type: "resource", id, parent, group, kind, namespace, name };
}
