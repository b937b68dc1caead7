import type { CommittedReader } from "../git/committedReader";
import type { PullSecretText } from "../kubernetes/pullSecret";
import type { Observations } from "../observations/observations";
import type { Cancellation } from "../platform/cancellation";
import type { Registry } from "../registry/registry";
import type { Builds, RootBuild } from "../render/builds";
import type { Snapshot } from "../workspace/snapshot";
import type { Domain } from "./domain";
import type { Finding } from "./finding";
import type { RuleTable } from "./ruleTable";
import type { Settings } from "./settings";

/**
 * An editor feature: one file in `features/`, one exported constant, for example
 * `export const hoverFeature: Feature<DocumentPosition, Hover | null> = { method: "textDocument/hover", … }`. It is registered by
 * one line in `lsp/features.ts`. The language server decodes URIs before and catches everything that `handle` throws after:
 * the client then gets `empty`.
 */
export interface Feature<Parameters, Result> {
  /** The LSP request, for example `textDocument/hover`. */
  readonly method: string;
  /** The part of the server capabilities that announces it, for example `{ hoverProvider: true }`. */
  readonly capabilities: Readonly<Record<string, unknown>>;
  /**
   * The answer depends on other files and an editor may ask but once, right after a file is opened, or keep the first answer while
   * a word is typed: so it waits until the workspace is read.
   */
  readonly waitsForWorkspace?: true;
  /** The answer when there is none, or when `handle` failed. */
  readonly empty: Result;
  /** Pure over the context: it computes on one snapshot. Long work calls `checkCancelled(context.cancellation)`. */
  readonly handle: (parameters: Parameters, context: FeatureContext) => Result | Promise<Result>;
}

/** Parameters of a request on a document, as LSP sends them; ask `context.document` instead of reading `uri`. */
export interface DocumentParameters {
  readonly textDocument: { readonly uri: string };
}

/** Parameters of a request at a position. */
export interface PositionParameters extends DocumentParameters {
  readonly position: { readonly line: number; readonly character: number };
}

export interface FeatureContext {
  readonly snapshot: Snapshot;
  /** The document that the request names in `textDocument.uri`; `undefined` when it names none or one we cannot serve. */
  readonly document: RequestedDocument | undefined;
  readonly domains: readonly Domain[];
  readonly builds: Builds;
  /** The build that the rendered document of a root shows: the present one, or the last good one. */
  readonly shownBuild: (root: string) => RootBuild | undefined;
  readonly settings: Settings;
  /** What clusters, registries and git say. */
  readonly observations: Observations;
  readonly rules: RuleTable;
  /** Reads commits; absent where git may not be asked: in a browser, and in a workspace that nobody trusts. */
  readonly committed?: CommittedReader | undefined;
  /** Reads paths that the snapshot answered with `pending`, and gives the snapshot that knows them. */
  readonly load: (paths: Iterable<string>) => Promise<Snapshot>;
  readonly cancellation: Cancellation;
  /** Lets whatever waits go first, so that a long computation neither holds up typing nor misses that nobody wants it any more. */
  readonly giveWay?: (() => Promise<void>) | undefined;
  /** Aborted when the answer is no longer wanted; for waits on the network. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Asks container registries; absent in a browser and in a workspace that nobody trusts. To be used when a person asked for it, or where
   * `settings.registryLookup` allows it; what it answers becomes an observation.
   */
  readonly registry?: Registry | undefined;
  /** Asks registries from now on with the logins of a pull secret that the person has chosen; absent where `registry` is. */
  readonly signIn?: ((secret: PullSecretText) => void) | undefined;
  /** The observations as they are now, after something was asked. */
  readonly latest?: (() => Observations) | undefined;
  /** The client shows no snippets: text with tab stops must not be sent. */
  readonly plainText?: boolean | undefined;
  /** The findings that the file shows now. */
  readonly findings: (path: string) => readonly Finding[];
  /** The URI of a path, for results. */
  readonly toUri: (path: string) => string;
  /** The URI of the rendered document of a root. */
  readonly toRenderedUri: (root: string) => string;
  /** What a URI names, for requests that name documents elsewhere than in `textDocument`. */
  readonly fromUri: (uri: string) => RequestedDocument | undefined;
}

/** A file of the workspace, or the rendered document of a root. */
export type RequestedDocument =
  | { readonly kind: "source"; readonly path: string }
  | { readonly kind: "rendered"; readonly root: string };
