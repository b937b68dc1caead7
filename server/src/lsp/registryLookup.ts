import type { Settings } from "../analysis/settings";
import type { PullSecretText } from "../kubernetes/pullSecret";
import type { ObservationStore } from "../observations/observations";
import { recordingRegistry } from "../observations/recordingRegistry";
import { registryAnswers } from "../observations/registryAnswers";
import { RegistryJob } from "../observations/registryJob";
import type { Clock } from "../platform/clock";
import type { ProxyChoice } from "../platform/proxyChoice";
import type { Registry } from "../registry/registry";
import type { Builds } from "../render/builds";
import type { Workspace } from "../workspace/workspace";
import { wantedImages } from "./wantedImages";

/** Makes a client of container registries; it is loaded with the first question. */
export type CreateRegistry = (settings: RegistryWay) => Promise<Registry>;

/** How registries are reached, as the settings say. */
export interface RegistryWay {
  readonly insecureHosts: readonly string[];
  /** What the editor names; the variables of the environment count when absent. */
  readonly proxy?: ProxyChoice | undefined;
  /** Those that the person has chosen. */
  readonly pullSecrets?: readonly PullSecretText[] | undefined;
}

export interface RegistryLookupOptions {
  readonly create: CreateRegistry;
  readonly workspace: Workspace;
  readonly builds: Builds;
  readonly observations: ObservationStore;
  readonly clock: Clock;
  readonly settings: () => Pick<Settings, "registryLookup" | "insecureHosts">;
  readonly proxy: () => ProxyChoice | undefined;
  /** Called a moment after new answers, whoever asked. */
  readonly answered: () => void;
  /** Called with what only a defect can throw. */
  readonly failed: (error: unknown) => void;
}

/** Container registries, asked when a person wants it, and by itself where the settings allow that. */
export class RegistryLookup {
  /** What it answers becomes an observation. */
  readonly registry: Registry;
  private readonly job: RegistryJob;
  /** The last one that was chosen comes first. */
  private pullSecrets: readonly PullSecretText[] = [];
  private isScheduled = false;
  /** What was known when somebody was last told. */
  private told: unknown = registryAnswers.nothing;

  constructor(private readonly options: RegistryLookupOptions) {
    const { create, workspace, builds, observations, clock, settings } = options;
    const now = (): number => Date.now();
    const registry = onFirstUse(create, () => ({
      insecureHosts: settings().insecureHosts ?? [],
      proxy: options.proxy(),
      pullSecrets: this.pullSecrets,
    }));
    this.registry = recordingRegistry(registry, { store: observations, now });
    this.job = new RegistryJob({
      ...{ registry: this.registry, store: observations, clock, now, failed: options.failed },
      wanted: () => wantedImages(workspace.snapshot, builds, observations.current),
    });
    observations.onChange(() => this.observed());
  }

  /** Trust or the settings are others: begins to ask or ends it. */
  follow(trusted: boolean): void {
    if (trusted && this.options.settings().registryLookup === true) this.job.start();
    else this.job.stop();
  }

  /** Takes the logins of a pull secret before all others, until the session ends. */
  signIn(secret: PullSecretText): void {
    const others = this.pullSecrets.filter(({ form, text }) => form !== secret.form || text !== secret.text);
    this.pullSecrets = [secret, ...others];
    this.job.signedIn();
  }

  /** What people look at may be something else. */
  changed(): void {
    this.job.changed();
  }

  stop(): void {
    this.job.stop();
  }

  /** Answers come one by one; somebody is told of several at once. */
  private observed(): void {
    const { observations, clock, answered } = this.options;
    if (this.isScheduled || observations.current.of(registryAnswers) === this.told) return;
    this.isScheduled = true;
    clock.after(settling, () => {
      this.isScheduled = false;
      this.told = observations.current.of(registryAnswers);
      answered();
    });
  }
}

/** How long answers are collected, in milliseconds. */
const settling = 200;

/** The registry of the settings that hold now; other settings make another one. */
function onFirstUse(create: CreateRegistry, way: () => RegistryWay): Registry {
  let made: { readonly key: string; readonly registry: Promise<Registry> } | undefined;
  const current = async (): Promise<Registry> => {
    const wanted = way();
    const key = JSON.stringify(wanted);
    if (made?.key !== key) made = { key, registry: create(wanted) };
    const { registry } = made;
    return registry.catch((error: unknown) => {
      // What failed once need not fail the next time.
      if (made?.registry === registry) made = undefined;
      throw error;
    });
  };
  return {
    tags: async (image, look) => (await current()).tags(image, look),
    resolve: async (image, version, look) => (await current()).resolve(image, version, look),
    details: async (image, version, look) => (await current()).details(image, version, look),
    referrers: async (image, digest, look) => (await current()).referrers(image, digest, look),
    putTag: async (from, to, look) => (await current()).putTag(from, to, look),
  };
}
