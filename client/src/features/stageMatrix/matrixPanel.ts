import { type Disposable, ViewColumn, type WebviewPanel, window } from "vscode";
import {
  type StageGroupTable,
  type StageMatrixParameters,
  type StageTable,
  stageMatrixRequest,
} from "../../../../server/src/protocol/stageMatrix";
import type { LanguageServer } from "../../languageClient";
import { createNonce } from "../../platform/nonce";
import { matrixPage } from "./matrixPage";
import { matrixTables } from "./matrixTable";

/** A cell, by its place in a table; the row -1 is that of the stages. */
export interface MatrixCell {
  readonly table: StageGroupTable;
  readonly row: number;
  readonly column: number;
}

export interface MatrixPanelOptions {
  readonly server: LanguageServer;
  /** The person wants to know what can be done with a cell. */
  readonly openMenu: (cell: MatrixCell) => Promise<void>;
  /** What goes wrong, for the person. */
  readonly tell: (error: unknown) => void;
}

/** How long changes are collected before the table is read again, in milliseconds. */
const settling = 400;

/** The panel with the stage matrix. There is one at most; it follows the files as long as it is open. */
export class MatrixPanel implements Disposable {
  #panel: WebviewPanel | undefined;
  #table: StageTable | undefined;
  /** Grows with each table that is sent. */
  #version = 0;
  #timer: NodeJS.Timeout | undefined;
  #reading = new AbortController();
  /** Registries are being asked, and whether something changed since then. */
  #isAsking = false;
  #isBehind = false;

  constructor(private readonly options: MatrixPanelOptions) {}

  /** Shows the panel, or brings it to the front. */
  show(): void {
    if (this.#panel !== undefined) {
      this.#panel.reveal();
      return;
    }
    const panel = window.createWebviewPanel("gitopsAuthor.stageMatrix", "Stage Matrix", ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [],
    });
    this.#panel = panel;
    panel.webview.onDidReceiveMessage((message: unknown) => void this.#receive(message).catch(this.options.tell));
    panel.onDidDispose(() => {
      this.#panel = undefined;
      clearTimeout(this.#timer);
      this.#reading.abort();
    });
    panel.webview.html = matrixPage(createNonce());
  }

  /** What the table shows may be otherwise now. */
  changed(): void {
    if (this.#panel === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // Who asked the registries waits for their answer; what changes meanwhile is looked at after it.
      if (this.#isAsking) this.#isBehind = true;
      else void this.#read(false).catch(this.options.tell);
    }, settling);
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  async #receive(message: unknown): Promise<void> {
    const { type, version, group, row, column } = (message ?? {}) as Record<string, unknown>;
    if (type === "ready" || type === "refresh") await this.#read(false);
    if (type === "lookUp") await this.#read(true);
    // A table that is not shown any more has other things at the same place.
    const table = typeof group === "number" && version === this.#version ? this.#table?.groups[group] : undefined;
    if (type === "menu" && typeof row === "number" && typeof column === "number" && table !== undefined) {
      await this.options.openMenu({ table, row, column });
    }
  }

  async #read(lookUp: boolean): Promise<void> {
    this.#reading.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#isAsking = lookUp;
    if (lookUp) await this.#post({ state: "Asking the registries…" });
    try {
      const parameters: StageMatrixParameters = { lookUp };
      const table = await this.options.server.request<StageTable>(stageMatrixRequest, parameters, reading.signal);
      if (reading.signal.aborted) return;
      // What registries did not answer stays told until they are asked again.
      this.#table = lookUp ? table : { ...table, failures: this.#table?.failures ?? [] };
      await this.#post({ table: matrixTables(this.#table), version: ++this.#version, state: stateOf(this.#table) });
    } catch (error) {
      if (reading.signal.aborted) return;
      await this.#post({ state: "The overlays could not be read." });
      throw error;
    } finally {
      if (this.#reading === reading) this.#ended();
    }
  }

  #ended(): void {
    this.#isAsking = false;
    if (this.#isBehind) this.changed();
    this.#isBehind = false;
  }

  async #post(message: { readonly table?: string; readonly version?: number; readonly state?: string }): Promise<void> {
    await this.#panel?.webview.postMessage(message);
  }
}

function stateOf({ groups, failures }: StageTable): string {
  const count = (many: number, one: string): string => `${many} ${one}${many === 1 ? "" : "s"}`;
  const images = new Set(groups.flatMap((group) => group.images.map(({ image }) => image)));
  const words = `${count(images.size, "image")} in ${count(groups.flatMap(({ stages }) => stages).length, "stage")}`;
  return failures.length === 0 ? words : `${words}. Not every registry answered: see above the tables.`;
}
