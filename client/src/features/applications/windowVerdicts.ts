import {
  type SyncWindowsParameters,
  type SyncWindowsVerdict,
  syncWindowsRequest,
} from "../../../../server/src/protocol/syncWindows";
import { findSyncWindows, loadSyncWindows } from "../../cluster/argocd/syncWindows";
import type { LanguageServer } from "../../languageClient";
import type { ApplicationPlace, ShownClusters } from "./applicationModel";
import { windowWords } from "./windowWords";

/** How long a verdict counts, in milliseconds: windows are written to the minute. */
const lifetime = 60_000;

/** How long the API server may take to tell of a project, in milliseconds: a tooltip waits for it. */
const patience = 5_000;

export interface WindowVerdictsOptions {
  readonly clusters: ShownClusters;
  readonly server: Pick<LanguageServer, "request">;
  /** Called when the words for an Application may be other ones than before. */
  readonly changed: (place: ApplicationPlace) => void;
  readonly now: () => number;
}

interface Verdict {
  /** Absent until the language server answered. */
  readonly words?: string | undefined;
  readonly until: number;
}

/** What sync windows do to Applications now, as the language server judges them: the rules are the same as for a sync. */
export class WindowVerdicts {
  readonly #verdicts = new Map<string, Verdict>();

  constructor(private readonly options: WindowVerdictsOptions) {}

  /** In words, as far as it is known; asks for it when it is not, and tells of the answer. */
  find(place: ApplicationPlace): readonly string[] {
    const id = `${place.cluster} ${place.key}`;
    const known = this.#verdicts.get(id);
    const { now, changed } = this.options;
    if (known === undefined || known.until <= now()) {
      this.#verdicts.set(id, { words: known?.words, until: now() + lifetime });
      const put = (words: string | undefined): void => {
        this.#verdicts.set(id, { words, until: now() + lifetime });
        if (words !== known?.words) changed(place);
      };
      this.ask(place).then(put, () => put(undefined));
    }
    return known?.words === undefined ? [] : [known.words];
  }

  /** The same, waiting for the answer. Nothing when no window is about the Application, or its project may not be read. */
  async ask({ cluster, key }: ApplicationPlace): Promise<string | undefined> {
    const open = this.options.clusters.find(cluster);
    const application = open?.applications.get(key);
    if (open === undefined || open.isServer === true || application === undefined) return undefined;
    const windows =
      findSyncWindows(open, application) ??
      (await loadSyncWindows(open, application, AbortSignal.timeout(patience))) ??
      [];
    if (windows.length === 0) return undefined;
    const target = { name: application.metadata.name, destination: application.spec?.destination ?? {} };
    const parameters: SyncWindowsParameters = { windows, targets: [target], time: this.options.now() };
    const [verdict] = await this.options.server.request<readonly SyncWindowsVerdict[]>(syncWindowsRequest, parameters);
    return verdict && windowWords(verdict);
  }
}
