import { wantedTexts } from "../analysis/deployedState";
import type { FeatureContext } from "../analysis/feature";
import { type CommittedReader, createCommittedReader } from "../git/committedReader";
import { type CommittedFilesJob, committedFilesJob } from "../observations/committedFilesJob";
import { type DeployedTextsJob, deployedTextsJob } from "../observations/deployedTexts";
import type { ObservationStore } from "../observations/observations";
import type { Clock } from "../platform/clock";
import type { FileSystem } from "../platform/fileSystem";
import type { Log } from "../platform/log";
import type { Programs } from "../platform/programs";
import type { Registry } from "../registry/registry";
import type { Builds } from "../render/builds";
import type { Workspace } from "../workspace/workspace";
import { domains } from "./domains";
import type { EditorConfiguration } from "./editorConfiguration";
import { type OtherEngineJob, otherEngineJob, type WantedComparison } from "./otherEngine";
import { type CreateRegistry, RegistryLookup } from "./registryLookup";

export interface OutsideOptions {
  readonly workspace: Workspace;
  readonly builds: Builds;
  readonly observations: ObservationStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly fileSystem: FileSystem;
  readonly programs: Programs | undefined;
  readonly createRegistry: CreateRegistry | undefined;
  readonly configuration: () => EditorConfiguration;
  readonly isTrusted: () => boolean;
  /** The roots whose previews are open. */
  readonly previews: () => readonly string[];
  /** Called after answers that rules read. */
  readonly answered: () => void;
  /** Called after answers that lenses show. */
  readonly refreshLenses: () => void;
}

/** What the server asks of git, of other programs and of registries by itself: only while the person trusts the workspace. */
export class OutsideJobs {
  private readonly allCommitted: CommittedReader | undefined;
  private readonly committedFiles: CommittedFilesJob | undefined;
  private readonly deployed: DeployedTextsJob | undefined;
  private readonly engine: OtherEngineJob | undefined;
  private readonly registries: RegistryLookup | undefined;
  private saves = 0;

  constructor(private readonly options: OutsideOptions) {
    const { workspace, observations: store, clock, programs, answered } = options;
    if (programs !== undefined) {
      const reader = createCommittedReader(programs);
      const shared = { store, clock, reader, answered };
      this.allCommitted = reader;
      this.committedFiles = committedFilesJob({
        ...shared,
        snapshot: () => workspace.snapshot,
        kinds: domains.flatMap(({ comparedKinds = [] }) => comparedKinds),
      });
      this.deployed = deployedTextsJob({ ...shared, wanted: () => wantedTexts(workspace.snapshot, store.current) });
      this.engine = otherEngineJob({
        ...{ store, clock, programs, fileSystem: options.fileSystem, answered: options.refreshLenses },
        wanted: () => this.wantedComparison(),
      });
    }
    this.registries = this.createLookup();
  }

  /** Reads commits, when somebody asks for it. */
  get committed(): CommittedReader | undefined {
    return this.options.isTrusted() ? this.allCommitted : undefined;
  }

  /** Container registries, for what a person asks. */
  get registry(): Registry | undefined {
    return this.options.isTrusted() ? this.registries?.registry : undefined;
  }

  /** Takes the logins of a pull secret that the person has chosen. */
  get signIn(): FeatureContext["signIn"] {
    const { registries } = this;
    return this.options.isTrusted() && registries ? (secret) => registries.signIn(secret) : undefined;
  }

  /** The workspace changed. */
  changed(): void {
    this.registries?.changed();
    for (const job of [this.committedFiles, this.deployed, this.engine]) this.ask(job);
  }

  /** There are new builds, or other previews are open. */
  rendered(): void {
    this.registries?.changed();
    this.ask(this.engine);
  }

  /** Files changed on disk. */
  saved(): void {
    this.saves++;
    this.ask(this.engine);
  }

  /** Clusters told of Applications. */
  applicationsChanged(): void {
    this.ask(this.deployed);
  }

  /** Trust or the settings are others: begins to ask or ends it. */
  follow(): void {
    const isTrusted = this.options.isTrusted();
    for (const job of [this.committedFiles, this.deployed, this.engine]) {
      if (isTrusted) job?.changed();
      else job?.stop();
    }
    this.registries?.follow(isTrusted);
  }

  stop(): void {
    for (const job of [this.committedFiles, this.deployed, this.engine, this.registries]) job?.stop();
  }

  private ask(job: { changed(): void } | undefined): void {
    if (this.options.isTrusted()) job?.changed();
  }

  private wantedComparison(): WantedComparison {
    const { workspace, builds, configuration, previews } = this.options;
    const { snapshot } = workspace;
    const last = previews().flatMap((root) => builds.last(root) ?? []);
    const current = last.filter(({ root }) => builds.isCurrent(root, snapshot));
    const program = configuration().settings.renderEngine;
    return { program, builds: current.map((build) => ({ build, snapshot })), saves: this.saves };
  }

  private createLookup(): RegistryLookup | undefined {
    const { createRegistry, workspace, builds, observations, clock, log, configuration } = this.options;
    return (
      createRegistry &&
      new RegistryLookup({
        ...{ create: createRegistry, workspace, builds, observations, clock },
        failed: (error) => log.error("asking registries failed", error),
        settings: () => configuration().settings,
        proxy: () => configuration().proxy,
        answered: () => {
          this.options.refreshLenses();
          this.options.answered();
        },
      })
    );
  }
}
