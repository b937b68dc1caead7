import { notCancelled } from "../platform/cancellation";
import type { Clock } from "../platform/clock";
import type { PreviewState } from "../protocol/rendered";
import type { Builds, RootBuild } from "../render/builds";
import { loadBuild } from "../render/loadBuild";
import { countErrors, previewMessage } from "../render/previewMessage";
import type { Workspace } from "../workspace/workspace";
import { toRenderedUri, toUri } from "./uris";

export interface PreviewsOptions {
  readonly workspace: Workspace;
  readonly builds: Builds;
  readonly clock: Clock;
  /** Asks the client to fetch a rendered document again. */
  readonly refresh: (uri: string) => void;
  readonly sendState: (state: PreviewState) => void;
}

/**
 * The rendered documents that somebody looks at. They follow every change at once; while the text does not build, the last
 * good result stays and the state says so.
 */
export class Previews {
  private readonly open = new Set<string>();
  private readonly shownBuilds = new Map<string, RootBuild>();
  /** What the client was last given, or told to fetch. */
  private readonly given = new Map<string, string>();
  private readonly states = new Map<string, string>();
  private scheduled = false;

  constructor(private readonly options: PreviewsOptions) {}

  /** The build that the rendered document of a root shows. */
  shown(root: string): RootBuild | undefined {
    return this.shownBuilds.get(root);
  }

  /** The roots whose rendered documents are open. */
  roots(): readonly string[] {
    return [...this.open];
  }

  /** The text of the rendered document; from now on changes to it are announced. */
  async content(root: string): Promise<string> {
    this.open.add(root);
    const text = await this.update(root);
    this.given.set(root, text);
    return text;
  }

  opened(root: string): void {
    this.open.add(root);
  }

  closed(root: string): void {
    this.open.delete(root);
    for (const known of [this.shownBuilds, this.given, this.states]) known.delete(root);
  }

  /** The workspace changed. Changes that arrive together are answered together. */
  async changed(): Promise<void> {
    if (this.scheduled || this.open.size === 0) return;
    this.scheduled = true;
    await this.options.clock.yield();
    this.scheduled = false;
    for (const root of [...this.open]) {
      const text = await this.update(root);
      if (!this.open.has(root) || this.given.get(root) === text) continue;
      this.given.set(root, text);
      this.options.refresh(toRenderedUri(root));
    }
  }

  /** Builds a root as it is now and decides what to show. */
  private async update(root: string): Promise<string> {
    const { builds, workspace } = this.options;
    const present = await loadBuild(builds, workspace, root, notCancelled);
    const before = this.shownBuilds.get(root);
    const shown = present.complete || before?.complete !== true ? present : before;
    if (this.open.has(root)) {
      this.shownBuilds.set(root, shown);
      this.announce(present, shown);
    }
    return shown.text.file.text;
  }

  private announce(present: RootBuild, shown: RootBuild): void {
    const state: PreviewState = {
      uri: toRenderedUri(present.root),
      root: toUri(present.root),
      state: present.complete
        ? "current"
        : shown.complete
          ? "stale"
          : shown.text.file.text === ""
            ? "empty"
            : "partial",
      problems: countErrors(present),
      message: previewMessage(present, shown),
      milliseconds: Math.round(present.milliseconds * 10) / 10,
    };
    const key = JSON.stringify({ ...state, milliseconds: 0 });
    if (this.states.get(present.root) === key) return;
    this.states.set(present.root, key);
    this.options.sendState(state);
  }
}
