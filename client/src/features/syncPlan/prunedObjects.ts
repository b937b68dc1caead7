import { nameSome } from "../../../../server/src/protocol/nameSome";
import type { LiveObject, SyncPlan } from "../../../../server/src/protocol/syncPlan";
import { ApiError } from "../../cluster/apiError";
import type { ManagedResource } from "../../cluster/argocd/application";
import { type Marks, markKey, readMarks } from "../../cluster/argocd/liveMarks";
import type { Connection } from "../../cluster/connection";

/** What the objects that a plan deletes say for themselves, each asked for once; nothing can be read without a connection. */
export class PrunedObjects {
  #marks = new Map<string, Marks>();
  /** Why some could not be read, a sentence each. */
  #unread = new Map<string, string>();
  #state: unknown;

  constructor(
    private readonly connection: Connection | undefined,
    private readonly namespace: string,
  ) {}

  /** What was read counts for one state of the Application, then anew. */
  startFor(state: unknown): void {
    if (state !== this.#state) {
      this.#marks = new Map();
      this.#unread = new Map();
    }
    this.#state = state;
  }

  /** The objects of a cluster with what is known of their marks. */
  marked(live: readonly ManagedResource[]): readonly LiveObject[] {
    return live.map((each) => {
      const annotations = this.#marks.get(markKey(each));
      return annotations === undefined ? each : { ...each, annotations };
    });
  }

  /** Looks at what a plan deletes, as far as nobody did; whether anything is known of it, and what could not be learnt, a sentence. */
  async look(
    plan: SyncPlan,
    live: readonly (ManagedResource & { readonly annotations?: Marks })[],
    signal: AbortSignal,
  ): Promise<{ readonly isKnown: boolean; readonly note?: string | undefined }> {
    const pruned = live.filter((each) => each.annotations === undefined && this.#isPruned(plan, each));
    const due = pruned.filter((each) => !this.#marks.has(markKey(each)) && !this.#unread.has(markKey(each)));
    if (due.length > 0) await this.#read(due, signal);
    const isKnown = pruned.some((each) => this.#marks.has(markKey(each)));
    const unread = pruned.filter((each) => this.#unread.has(markKey(each)));
    const [first] = unread;
    if (first === undefined) return { isKnown };
    const names = unread.map(({ kind, name }) => `${kind} ${name}`);
    const why = this.#unread.get(markKey(first)) ?? "";
    return {
      isKnown,
      note: `Whether these say Prune=false, and are kept then, is not known: ${nameSome(names, 3)}. ${why}`.trim(),
    };
  }

  async #read(objects: readonly ManagedResource[], signal: AbortSignal): Promise<void> {
    const fail = (why: string) => (each: ManagedResource) => this.#unread.set(markKey(each), why);
    if (this.connection === undefined) {
      objects.forEach(fail("Their cluster is not open here."));
      return;
    }
    try {
      const { marks, unread } = await readMarks(this.connection, objects, signal);
      for (const [key, each] of marks) this.#marks.set(key, each);
      for (const { object, why } of unread) this.#unread.set(markKey(object), why);
    } catch (error) {
      if (!(error instanceof ApiError) || signal.aborted) throw error;
      objects.forEach(fail(error.message));
    }
  }

  #isPruned({ tasks }: SyncPlan, { group = "", kind, name, namespace = "" }: ManagedResource): boolean {
    return tasks.some((task) => {
      if (!task.isPrune || task.kind !== kind || task.name !== name || task.group !== group) return false;
      return task.namespace === undefined ? ["", this.namespace].includes(namespace) : task.namespace === namespace;
    });
  }
}
