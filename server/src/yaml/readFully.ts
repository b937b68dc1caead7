import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isCollection,
  isPair,
  isScalar,
  isSeq,
  Parser,
  type YAMLMap,
  type YAMLParseError,
  type YAMLSeq,
  type Node as YamlNode,
  type Scalar as YamlScalar,
} from "yaml";
import { Anchors, maxDepth } from "./anchors";
import type { SourceDocument, YamlProblem } from "./document";
import { tryReadQuoted, withBreakBeforeLastComment } from "./fastScalar";
import { findForbiddenTab } from "./forbiddenTabs";
import { joinLines } from "./joinLines";
import { isMergeKey, mergeInto } from "./mergeKeys";
import type { Entry, Mapping, Node, Origin, Scalar, Style, Tag } from "./node";
import { flowTimestamp, resolveTag } from "./scalar";
import type { SourceFile } from "./source";
import type { DocumentText } from "./splitDocuments";
import {
  aliasProblem,
  badAnchor,
  complexKey,
  duplicateKeys,
  questionMark,
  tooDeep,
  unknownEscape,
  type Words,
} from "./valueProblems";
import { describeError, tabProblem } from "./yamlProblems";

/**
 * Reads one document with the `yaml` package: everything that YAML allows, and what can be read of a broken document.
 * @param text The text of the file, with every line break that is not `\r\n` written as `\n`.
 */
export function readFully(file: SourceFile, text: string, { start, end, problem }: DocumentText): SourceDocument {
  const reader = new Reader(file, text, end);
  if (problem !== undefined) reader.problems.push(problem);
  const root = reader.read(start);
  return { file, start, end, root, problems: reader.problems, warnings: reader.warnings };
}

const styles: Readonly<Record<string, Style>> = {
  PLAIN: "plain",
  QUOTE_SINGLE: "single",
  QUOTE_DOUBLE: "double",
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
};

const standardTags: ReadonlyMap<string, Tag> = new Map(
  (["str", "int", "float", "bool", "null", "timestamp", "binary"] as const).map((tag) => [
    `tag:yaml.org,2002:${tag}`,
    tag,
  ]),
);

interface Parsed {
  readonly tokens: readonly CST.Token[];
  /** The first document: upstream reads one between two separators, and what comes after `...` is lost there too. */
  readonly document: Document.Parsed | undefined;
}

function parseText(text: string, offset: number): Parsed {
  const parser = new Parser();
  parser.offset = offset;
  // The failsafe schema keeps every scalar as text: what it means is for `resolveTag` to say.
  const composer = new Composer({ schema: "failsafe", uniqueKeys: false, strict: true });
  // Text that is no YAML has thousands of errors, and nobody looks at where in the package they were made.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    const tokens = [...parser.parse(text)];
    const [document] = composer.compose(tokens, true, offset + text.length);
    return { tokens, document };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function isGood(document: Document.Parsed): boolean {
  return document.errors.every(({ code, message }) => isCloseComment(message) || code === "BAD_DQ_ESCAPE");
}

/** go-yaml lets a comment follow a quote or bracket directly. */
function isCloseComment(message: string): boolean {
  return message.startsWith("Comments must be separated");
}

class Reader {
  readonly problems: YamlProblem[] = [];
  readonly warnings: YamlProblem[] = [];
  private readonly anchors = new Anchors();
  /** The `yaml` package found something wrong. */
  private broken = false;
  /** How many brackets are open around the value that is converted. */
  private flowDepth = 0;
  /** Double-quoted texts whose escapes are all known to go-yaml. */
  private readonly goodQuotes: (readonly [number, number])[] = [];
  /** Where a text in quotes begins, by the place where it ends. */
  private readonly quotes = new Map<number, number>();

  constructor(
    private readonly file: SourceFile,
    private readonly text: string,
    /** The end of the document. */
    private readonly end: number,
  ) {}

  read(start: number): Node | undefined {
    const { tokens, document } = this.parse(start);
    if (document === undefined) return undefined;
    this.broken = document.errors.length > 0;
    const root = document.contents === null ? undefined : this.convert(document.contents, 0);
    for (const error of document.errors) this.addError(error);
    if (!this.broken) this.checkTabs(tokens);
    return root;
  }

  private parse(start: number): Parsed {
    const { text, end } = this;
    const written = text.slice(start, end);
    const parsed = parseText(written, start);
    if (parsed.document === undefined || isGood(parsed.document)) return parsed;
    const joined = joinLines(text, start, end);
    if (joined === written) return parsed;
    const again = parseText(joined, start);
    return again.document !== undefined && isGood(again.document) ? again : parsed;
  }

  private addError({ code, message, pos }: YAMLParseError): void {
    if (isCloseComment(message)) return;
    const [at] = pos;
    if (code === "BAD_DQ_ESCAPE" && this.goodQuotes.some(([start, end]) => start <= at && at < end)) return;
    // A quote that nobody closed is noticed where its text ends; what is wrong is where it begins.
    const open = message.startsWith("Missing closing ") ? this.quotes.get(at) : undefined;
    const position = open === undefined ? pos : ([open, open + 1] as const);
    this.problems.push(describeError(this.text, { code, message, position }));
  }

  private checkTabs(tokens: readonly CST.Token[]): void {
    const at = this.text.includes("\t") ? findForbiddenTab(this.text, tokens) : undefined;
    if (at !== undefined) this.problems.push(tabProblem(this.text, at));
  }

  private convert(node: unknown, depth: number): Node {
    if (isAlias(node)) return this.expand(node.source, rangeOf(node), depth);
    const anchor = (isCollection(node) || isScalar(node)) && node.anchor;
    if (!anchor) return this.convertContent(node, depth);
    if (!/^[0-9A-Za-z_-]+$/.test(anchor)) this.report("yaml/anchor-name", rangeOf(node), badAnchor(anchor));
    this.anchors.open(anchor);
    const value = this.convertContent(node, depth);
    this.anchors.close(anchor, value);
    return value;
  }

  private convertContent(node: unknown, depth: number): Node {
    if (isScalar(node)) return this.convertScalar(node);
    if (!isCollection(node)) return this.nothing(0);
    const [start] = rangeOf(node);
    if (depth >= maxDepth) {
      this.report("yaml/too-deep", [start, start + 1], tooDeep);
      return this.nothing(start);
    }
    if (node.flow) this.flowDepth++;
    const value = isSeq(node) ? this.convertSequence(node, depth) : this.convertMap(node, depth);
    if (node.flow) this.flowDepth--;
    return value;
  }

  private convertSequence(node: YAMLSeq, depth: number): Node {
    const items = node.items.map((item) => this.convert(item, depth + 1));
    return { kind: "sequence", items, ...flowOf(node), origin: this.originOf(node) };
  }

  private convertMap(node: YAMLMap, depth: number): Node {
    const entries: Entry[] = [];
    const merged: Node[] = [];
    for (const { key, value } of node.items) {
      const entry = { key: this.convertKey(key, depth + 1), value: this.convertValue(node, value, depth + 1) };
      if (isMergeKey(entry.key)) merged.push(entry.value);
      // Upstream clears the field `<<` after merging, and does not mind that it was in quotes and no merge key.
      else if (entry.key.text !== "<<") entries.push(entry);
    }
    this.warnAboutDuplicates(entries);
    const own: Mapping = { kind: "mapping", entries, ...flowOf(node), origin: this.originOf(node) };
    const outcome = mergeInto(own, merged);
    if (outcome.problem !== undefined) {
      const { start, end } = outcome.at.origin.place;
      this.report("yaml/merge-key", [start, end], outcome.problem);
    }
    return outcome.mapping;
  }

  /**
   * A value that is missing inside braces (`{a: }`) is null, and yet printed as `""`: on its way to the printed text Kustomize
   * writes it as `''`, for nothing may be empty between braces. Its style says so.
   */
  private convertValue(map: YAMLMap, node: unknown, depth: number): Node {
    const value = this.convert(node, depth);
    const missing = map.flow === true && value.kind === "scalar" && value.text === "" && value.tag === "null";
    return missing && value.tagged !== true ? { ...value, style: "single" } : value;
  }

  private convertKey(key: unknown, depth: number): Scalar {
    const value = this.convert(key, depth);
    if (value.kind === "scalar") return value;
    const { place } = value.origin;
    this.report("yaml/complex-key", [place.start, place.end], complexKey);
    const text = this.text.slice(place.start, place.end);
    return { kind: "scalar", text, tag: "str", style: "plain", origin: value.origin };
  }

  private convertScalar(node: YamlScalar): Scalar {
    const style = styles[node.type ?? "PLAIN"] ?? "plain";
    const text = this.textOf(node, style);
    const [start, end] = this.spanOf(node);
    if (style === "single" || style === "double") this.quotes.set(end, start);
    if (/^\n*\t/.test(text) && /^[|>][-+]?[^1-9]/.test(this.text.slice(start, start + 3))) {
      this.problems.push(tabProblem(this.text, this.text.indexOf("\t", this.text.indexOf("\n", start))));
    }
    const origin = { place: { file: this.file, start, end } };
    const inFlow = this.flowDepth > 0 && style === "plain";
    const question = inFlow ? this.text.slice(start, end).indexOf("?") : -1;
    if (question >= 0) this.report("yaml/question-mark", [start + question, start + question + 1], questionMark);
    // `!` alone says nothing.
    if (node.tag === undefined || node.tag === "!") {
      const tag = style === "plain" ? resolveTag(text) : "str";
      if (inFlow && tag === "timestamp") return flowTimestamp({ kind: "scalar", text, tag, style, origin });
      return { kind: "scalar", text, tag, style, origin };
    }
    return { kind: "scalar", text, tag: standardTags.get(node.tag) ?? "str", style, tagged: true, origin };
  }

  /**
   * The `yaml` package knows other escapes than go-yaml (`\\/`, halves of surrogate pairs) and lacks one (`\\'`), and its text
   * may have had its lines joined. So quoted texts are read as the fast reader reads them; what it refuses, go-yaml refuses.
   */
  private quotedText(node: YamlScalar, text: string): string {
    const [start, end] = rangeOf(node);
    if (!/[\\\n]/.test(this.text.slice(start, end))) return text;
    const piece = tryReadQuoted(this.text, start);
    if (piece?.end === end) {
      this.goodQuotes.push([start, end]);
      return piece.value;
    }
    if (!this.broken && node.type === "QUOTE_DOUBLE") {
      this.report("yaml/unknown-escape", [start, end], unknownEscape);
    }
    return text;
  }

  /** Unlike `yaml`, go-yaml gives a block scalar no final line break that its text does not have. */
  private textOf(node: YamlScalar, style: Style): string {
    const text = typeof node.value === "string" ? node.value : (node.source ?? "");
    const [start, end] = rangeOf(node);
    if (style === "double" || style === "single") return this.quotedText(node, text);
    if (style === "plain") return isJoined(text, this.text.slice(start, end)) ? text.replace(/ {2,}/g, " ") : text;
    if (text.endsWith("\n") && !this.text.endsWith("\n", end)) return text.slice(0, -1);
    return withBreakBeforeLastComment(this.text, text, end, this.end);
  }

  private expand(name: string, range: [number, number], depth: number): Node {
    const found = this.anchors.expand(name, depth);
    if (typeof found !== "string") return found;
    const { code, ...words } = aliasProblem(found, name);
    this.report(code, range, words);
    return this.nothing(range[0]);
  }

  private warnAboutDuplicates(entries: readonly Entry[]): void {
    this.warnings.push(...duplicateKeys(entries));
  }

  private originOf(node: YamlNode): Origin {
    return { place: { file: this.file, start: rangeOf(node)[0], end: this.endOf(node) } };
  }

  /** A flow collection ends behind its bracket, a block collection where its last child does. */
  private endOf(node: YamlNode): number {
    let last: unknown = node;
    while (isCollection(last) && last.flow !== true) {
      const child: unknown = last.items.at(-1);
      if (child === undefined) break;
      last = isPair(child) ? (child.value ?? child.key) : child;
    }
    return isScalar(last) ? this.spanOf(last)[1] : rangeOf(last)[1];
  }

  /** Block scalars without the empty lines behind them; empty values directly behind their `:` or `-`. */
  private spanOf(node: YamlScalar): [number, number] {
    const [start, end] = rangeOf(node);
    if (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED") {
      const last = trimEnd(this.text, start, end);
      // A block without text ends behind its header; a comment there does not belong to it.
      const header = /^[|>][-+0-9]*/.exec(this.text.slice(start, start + 3))?.[0] ?? "";
      return [start, this.text.slice(start, last).includes("\n") ? last : start + header.length];
    }
    if (start !== end) return [start, end];
    const place = trimEnd(this.text, 0, start);
    return [place, place];
  }

  private nothing(start: number): Scalar {
    const origin = { place: { file: this.file, start, end: start } };
    return { kind: "scalar", text: "", tag: "null", style: "plain", origin };
  }

  private report(code: string, [start, end]: readonly [number, number], words: Words): void {
    // The first excess says it all: every alias after it is one too many.
    if (code === "yaml/alias-bomb" && this.problems.some((problem) => problem.code === code)) return;
    this.problems.push({ code, start, end, ...words });
  }
}

/** Whether a plain text of several lines was read with its lines joined. */
function isJoined(text: string, written: string): boolean {
  return text.length === written.length && written.includes("\n");
}

function rangeOf(node: unknown): [number, number] {
  const range = (isAlias(node) || isScalar(node) || isCollection(node)) && node.range;
  return range ? [range[0], range[1]] : [0, 0];
}

/** The end of `text` from `start` to `end` without white space behind it. */
function trimEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && isWhite(text.charCodeAt(last - 1))) last--;
  return last;
}

function isWhite(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 10 || unit === 13;
}

function flowOf({ flow }: YAMLSeq | YAMLMap): Pick<Mapping, "flow"> {
  return flow === true ? { flow } : {};
}
