import type { ClusterObservation } from "../../../../server/src/protocol/observe";
import { ApiError } from "../../cluster/apiError";
import {
  keepSchemas,
  keptSchemas,
  rememberedHashes,
  rememberHashes,
  type SchemaStore,
} from "../../cluster/cachedSchemas";
import type { Clock } from "../../cluster/clock";
import type { Connection } from "../../cluster/connection";
import { readSchemaIndex, readSchemas, type SchemaAddress } from "../../cluster/openapi";
import type { ClusterChange, OpenCluster, OpenClusters } from "../../cluster/openClusters";

export interface SchemaPushOptions {
  readonly clusters: Pick<OpenClusters, "all" | "find">;
  readonly clock: Pick<Clock, "now">;
  readonly store: SchemaStore;
  /** The apiVersions of which the language server would know more. */
  readonly wanted: () => Promise<readonly string[]>;
  readonly send: (news: ClusterObservation) => void;
  /** For the log: why a cluster tells nothing. */
  readonly warn: (message: string) => void;
}

/** What one open context told so far. */
interface Session {
  readonly connection: Connection;
  /** The hash of what the server was told, by apiVersion. */
  readonly told: Map<string, string>;
  /** Which group-versions there are, and when that was asked for. */
  index?: { readonly addresses: ReadonlyMap<string, SchemaAddress>; readonly time: number } | undefined;
  isDenied: boolean;
  /** What was written to the log. */
  readonly warnings: Set<string>;
}

/** How long the index of a cluster holds, in milliseconds: kinds come and change while it is open. */
const indexLifetime = 300_000;

/** The same for an index that lacks something: somebody may be about to install it. */
const lackingIndexLifetime = 20_000;

/**
 * Tells the language server what open contexts say of the kinds that the workspace uses: first what they said the last time, then, once
 * they answer, what changed since. It looks when a context becomes live, and when something was saved. What a cluster does not tell, for
 * whatever reason, is written to the log once. Argo CD servers have no schemas.
 */
export class SchemaPush {
  readonly #sessions = new Map<string, Session>();
  #isListening = false;
  #work: Promise<void> = Promise.resolve();

  constructor(private readonly options: SchemaPushOptions) {}

  /** The server was started: it knows nothing. */
  start(): void {
    this.#isListening = true;
    for (const { told } of this.#sessions.values()) told.clear();
    this.look();
  }

  pause(): void {
    this.#isListening = false;
  }

  changed({ name, cluster }: ClusterChange): void {
    if (!cluster) return;
    const open = this.options.clusters.find(name);
    if (open === undefined) this.#sessions.delete(name);
    else {
      // Whoever was away may come back as another version.
      const session = this.#sessions.get(name);
      if (session !== undefined && open.state !== "live") session.index = undefined;
      this.look();
    }
  }

  /** Looks what is missing, for example because the workspace uses other kinds by now. One look at a time. */
  look(): void {
    if (!this.#isListening || this.#clusters.length === 0) return;
    this.#work = this.#work.then(() => this.#lookNow()).catch((error: unknown) => this.options.warn(messageOf(error)));
  }

  /** Resolves when all looks so far are over. */
  async settled(): Promise<void> {
    await this.#work;
  }

  async #lookNow(): Promise<void> {
    if (!this.#isListening) return;
    const wanted = await this.options.wanted();
    // A cluster that takes its time must not keep the others waiting.
    await Promise.all(this.#clusters.map((cluster) => this.#tell(cluster, wanted)));
  }

  get #clusters(): readonly OpenCluster[] {
    return this.options.clusters.all.filter(({ isServer }) => isServer !== true);
  }

  async #tell(cluster: OpenCluster, wanted: readonly string[]): Promise<void> {
    const session = this.#sessionOf(cluster);
    const remembered = await rememberedHashes(this.options.store, cluster.context);
    for (const apiVersion of wanted) {
      const hash = remembered.get(apiVersion);
      if (hash !== undefined && !session.told.has(apiVersion)) await this.#tellKept(cluster, session, apiVersion, hash);
    }
    if (cluster.state !== "live" || session.isDenied) return;
    try {
      if (this.#isOld(session, wanted)) {
        const time = this.options.clock.now();
        session.index = { addresses: await readSchemaIndex(session.connection), time };
      }
      for (const apiVersion of wanted) await this.#tellCurrent(cluster, session, apiVersion);
    } catch (error) {
      // Everything else may pass, so that the next look is worth a try.
      session.isDenied = error instanceof ApiError && ["forbidden", "notFound", "signIn"].includes(error.kind);
      this.#warn(session, `The context ${cluster.context.name} does not tell its schemas: ${messageOf(error)}`);
    }
    const hashes = new Map([...remembered, ...session.told]);
    const isNew = [...session.told].some(([apiVersion, hash]) => remembered.get(apiVersion) !== hash);
    if (isNew) await rememberHashes(this.options.store, cluster.context, hashes);
  }

  #isOld({ index }: Session, wanted: readonly string[]): boolean {
    if (index === undefined) return true;
    const isLacking = wanted.some((apiVersion) => !index.addresses.has(apiVersion));
    return this.options.clock.now() - index.time > (isLacking ? lackingIndexLifetime : indexLifetime);
  }

  #warn({ warnings }: Session, message: string): void {
    if (!warnings.has(message)) this.options.warn(message);
    warnings.add(message);
  }

  async #tellCurrent(cluster: OpenCluster, session: Session, apiVersion: string): Promise<void> {
    const { index } = session;
    const address = index?.addresses.get(apiVersion);
    if (index === undefined || address === undefined || session.told.get(apiVersion) === address.hash) return;
    if (address.hash !== "" && (await this.#tellKept(cluster, session, apiVersion, address.hash))) return;
    const { schemas, hash } = await readSchemas(session.connection, apiVersion, address);
    session.index = { ...index, addresses: new Map(index.addresses).set(apiVersion, { ...address, hash }) };
    session.told.set(apiVersion, hash);
    if (schemas === undefined) {
      this.#warn(session, `The context ${cluster.context.name} says too much of ${apiVersion}; it is left out.`);
      return;
    }
    await keepSchemas(this.options.store, cluster.context, { schemas, hash });
    this.#send(cluster, session, { schemas: [schemas] });
  }

  async #tellKept(cluster: OpenCluster, session: Session, apiVersion: string, hash: string): Promise<boolean> {
    const kept = await keptSchemas(this.options.store, cluster.context, { apiVersion, hash });
    if (kept === undefined) return false;
    this.#send(cluster, session, { schemas: [kept] });
    session.told.set(apiVersion, hash);
    return true;
  }

  /** Unless the context was closed, or opened again, in the meantime. */
  #send({ context }: OpenCluster, session: Session, news: Pick<ClusterObservation, "schemas">): void {
    if (this.#isListening && this.#sessions.get(context.name) === session) {
      this.options.send({ cluster: context.name, ...news });
    }
  }

  #sessionOf({ context, connection }: OpenCluster): Session {
    const known = this.#sessions.get(context.name);
    if (known?.connection === connection) return known;
    const session: Session = { connection, told: new Map(), isDenied: false, warnings: new Set() };
    this.#sessions.set(context.name, session);
    return session;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
