import { type ClientCapabilities, type Connection, DidChangeConfigurationNotification } from "vscode-languageserver";
import { type EditorSettings, noSettings, parseEditorSettings } from "../analysis/settings";
import type { ProxyChoice } from "../platform/proxyChoice";

/** What the settings of the editor say. */
export interface EditorConfiguration {
  readonly settings: EditorSettings;
  /** Absent where the variables of the environment decide. */
  readonly proxy?: ProxyChoice | undefined;
  /** The same when nothing changed. */
  readonly key: string;
}

/** That of an editor that says nothing. */
export const noConfiguration: EditorConfiguration = { settings: noSettings, key: "" };

/** Ours, and VS Code's own on the proxy; an editor that has no such section says nothing. */
const sections: readonly string[] = ["gitopsAuthor", "http"];

/** Asks the editor; rejects when the connection ends. */
export async function askConfiguration(connection: Connection): Promise<EditorConfiguration> {
  const [own, http]: readonly unknown[] = await connection.workspace.getConfiguration(
    sections.map((section) => ({ section })),
  );
  return { settings: parseEditorSettings(own), proxy: parseProxySetting(http), key: JSON.stringify([own, http]) };
}

/** Asks to be told of changes, which VS Code wants to be asked for. */
export async function watchConfiguration(connection: Connection, client: ClientCapabilities): Promise<void> {
  if (client.workspace?.didChangeConfiguration?.dynamicRegistration !== true) return;
  await connection.client.register(DidChangeConfigurationNotification.type, { section: [...sections] });
}

/**
 * The proxy that VS Code's settings below `http` name: `proxy`, `noProxy`, and `proxySupport`, of which `off` means that extensions go without.
 *
 * @param value - what the editor holds under `http`; anything that does not fit is left out
 */
export function parseProxySetting(value: unknown): ProxyChoice | undefined {
  const http = new Map<string, unknown>(typeof value === "object" && value !== null ? Object.entries(value) : []);
  const url = http.get("proxy");
  if (typeof url !== "string" || url.trim() === "" || http.get("proxySupport") === "off") return undefined;
  const except = http.get("noProxy");
  return {
    url: url.trim(),
    except: Array.isArray(except) ? except.filter((each) => typeof each === "string") : [],
  };
}
