import {
  type CancellationToken,
  type Disposable,
  type Event,
  EventEmitter,
  type TreeDataProvider,
  type TreeItem,
} from "vscode";
import { systemClock } from "../../cluster/clock";
import type { ClusterChange } from "../../cluster/openClusters";
import type { SharedWatches } from "../../cluster/sharedWatches";
import { applicationItem } from "./applicationItems";
import { ApplicationModel, type ApplicationPlace, type ShownClusters } from "./applicationModel";
import type { ApplicationNode, ApplicationRow, PagedRow, ResourceRow } from "./applicationNodes";
import { BelowApplication } from "./belowApplication";
import type { DrawnFrom } from "./drawnFrom";
import type { Grouping } from "./grouping";
import { LiveRows } from "./liveRows";
import { isLive } from "./liveSource";

export interface ApplicationTreeOptions {
  readonly clusters: ShownClusters;
  readonly watches: SharedWatches;
  readonly grouping: Grouping;
  readonly patterns: () => readonly string[];
  readonly windows: DrawnFrom["windows"];
  /** What there is to read about an Application, asked for when somebody wants to read it. */
  readonly describe: (row: ApplicationRow) => Promise<readonly string[]>;
}

/** The Applications of all open clusters as the rows of a tree. */
export class ApplicationTree implements TreeDataProvider<ApplicationNode>, Disposable {
  readonly #changed = new EventEmitter<ApplicationNode[] | undefined>();
  readonly #model: ApplicationModel;
  readonly #below: BelowApplication;
  readonly #live: LiveRows;
  readonly onDidChangeTreeData: Event<ApplicationNode[] | undefined> = this.#changed.event;

  constructor(private readonly options: ApplicationTreeOptions) {
    const { clusters, watches, grouping } = options;
    const model = new ApplicationModel(clusters, grouping);
    this.#model = model;
    this.#below = new BelowApplication(model);
    this.#live = new LiveRows({
      ...{ clusters, watches, isThere: (row) => this.#isThere(row) },
      changed: (rows) => this.draw(rows),
      clock: systemClock,
    });
  }

  get counts(): ApplicationModel["counts"] {
    return this.#model.counts;
  }

  update(change: ClusterChange): void {
    const redraw = this.#model.update(change);
    if (redraw === "all") this.#changed.fire(undefined);
    else this.draw(redraw);
    this.#live.check();
  }

  draw(rows: readonly ApplicationNode[]): void {
    if (rows.length > 0) this.#changed.fire([...rows]);
  }

  group(grouping: Grouping): void {
    this.#model.group(grouping);
    this.drawAll();
  }

  filter(text: string): void {
    this.#model.filter(text);
    this.drawAll();
  }

  /** Draws everything again, for example because what counts as protected changed. */
  drawAll(): void {
    this.#changed.fire(undefined);
    this.#live.check();
  }

  showMore(row: PagedRow): void {
    this.#model.pages.showMore(row);
    this.#changed.fire([row]);
  }

  /** The row of an Application, among those that are shown; nothing when it is gone or filtered out. */
  show(place: ApplicationPlace): ApplicationRow | undefined {
    const shown = this.#model.show(place);
    if (shown?.redraw !== undefined) this.#changed.fire([shown.redraw]);
    return shown?.row;
  }

  /** A row is unfolded or folded: what is below it is followed only while it can be seen. */
  setFolded(row: ApplicationNode, folded: boolean): void {
    if (folded) this.#live.fold(row);
    else this.#live.unfold(row);
    // Time went by since it was drawn, and a sync window may have opened.
    if (!folded && row.type === "application") this.drawAutoSync(row);
  }

  drawAutoSync(place: ApplicationPlace): void {
    const row = this.#model.findRow(place);
    const below = row && this.#below.findAutoSync(row);
    if (below !== undefined) this.draw([below]);
  }

  setVisible(visible: boolean): void {
    this.#live.setVisible(visible);
  }

  getChildren(row?: ApplicationNode): ApplicationNode[] {
    if (row === undefined) return [...this.#model.topRows()];
    if (row.type === "cluster" || row.type === "group") return [...this.#model.childRows(row)];
    if (row.type === "application") return [...this.#below.childRows(row)];
    if (row.type === "history") return [...this.#below.historyRows(row)];
    return isLive(row) ? [...this.#live.childRows(row)] : [];
  }

  getParent(row: ApplicationNode): ApplicationNode | undefined {
    return row.parent;
  }

  getTreeItem(row: ApplicationNode): TreeItem {
    const { patterns, windows } = this.options;
    const from = { model: this.#model, below: this.#below, live: this.#live, windows, patterns };
    return applicationItem(row, from);
  }

  /** Called when somebody wants to read the tooltip of a row that has none so far. */
  async resolveTreeItem(item: TreeItem, row: ApplicationNode, _token: CancellationToken): Promise<TreeItem> {
    if (row.type === "application") item.tooltip = (await this.options.describe(row)).join("\n");
    return item;
  }

  /** Whether a row below which watches run is still among those that are shown. */
  #isThere(row: ApplicationRow | ResourceRow): boolean {
    if (row.type === "application") return this.#model.isThere(row);
    return this.#below.findResource(row) !== undefined;
  }

  dispose(): void {
    this.#live.setVisible(false);
    this.#changed.dispose();
  }
}
