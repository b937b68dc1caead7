import { parseImageReference } from "../kubernetes/imageReference";
import { digestOf, type ImageAnswers, registryAnswers } from "../observations/registryAnswers";
import { findWritePosition, type WritePosition } from "../yaml/writePosition";
import { quoteIfNeeded } from "../yaml/writeValue";
import type { CompletionEntry, CursorContext } from "./domain";
import { findPolicy, sortTags } from "./tagPolicy";
import { imageLists } from "./writtenImages";

/** How many tags are offered. */
const mostTags = 200;

/**
 * The tags and digests of an image that its registry has: in `newTag`, `digest` and `newName` of an entry of `images`, and in fields called `image`.
 */
export function completeImage(context: CursorContext, isKustomization: boolean): readonly CompletionEntry[] {
  const answers = context.observations?.of(registryAnswers);
  if (answers === undefined || answers.size === 0) return [];
  const position = findWritePosition(context.file, context.offset);
  const path = position?.slots.find(({ role }) => role === "value")?.container.path;
  if (position === undefined || path === undefined) return [];
  const field = path.at(-1);
  if (!isKustomization) return field === "image" ? completeField(context, position) : [];
  if (!imageLists.includes(String(path[0])) || path.length !== 3) return [];
  if (field === "newName") return completeField(context, position);
  const read = (key: string): string | undefined => position.root.at([...path.slice(0, 2), key])?.text;
  const { name } = parseImageReference(read("newName") || read("name") || "");
  const known = answers.get(name);
  if (known === undefined) return [];
  if (field === "newTag") return tagEntries(name, known, context).map((entry) => toEntry(entry, context, position));
  return field === "digest" ? digestEntries(known).map((entry) => toEntry(entry, context, position)) : [];
}

interface Offered {
  readonly label: string;
  readonly detail?: string | undefined;
  readonly sortText: string;
}

/** The newest first. */
function tagEntries(name: string, known: ImageAnswers, { settings }: CursorContext): readonly Offered[] {
  const tags = known.tags?.value.tags ?? [];
  const { ranked, others } = sortTags(tags, findPolicy(settings?.bumpPolicies, name, undefined, tags));
  return [...ranked, ...others].slice(0, mostTags).map((label, i) => {
    const digest = digestOf(known, label);
    const detail = [i === 0 && ranked.length > 0 ? "newest" : "", digest?.slice(0, 19) ?? ""]
      .filter(Boolean)
      .join(" · ");
    return { label, ...(detail !== "" && { detail }), sortText: String(i).padStart(5, "0") };
  });
}

function digestEntries(known: ImageAnswers): readonly Offered[] {
  const tagsOf = new Map<string, string[]>();
  for (const [version, { value }] of known.versions) {
    if (value === "missing") continue;
    const tags = tagsOf.get(value.digest) ?? [];
    if (version !== value.digest) tags.push(version);
    tagsOf.set(value.digest, tags);
  }
  return [...tagsOf].map(([label, tags], i) => {
    return { label, ...(tags.length > 0 && { detail: tags.join(", ") }), sortText: String(i).padStart(5, "0") };
  });
}

/** Behind the name of an image, with its colon or without; behind `@`, or where a digest stands, its digests. */
function completeField(context: CursorContext, position: WritePosition): readonly CompletionEntry[] {
  const { file, observations } = context;
  const typed = file.text.slice(position.word.start, position.word.end);
  const { name } = parseImageReference(typed);
  const known = observations?.of(registryAnswers).get(name);
  if (known === undefined) return [];
  const isDigest = typed.includes("@");
  const before = isDigest ? typed.slice(0, typed.indexOf("@") + 1) : `${name}:`;
  const offered = isDigest ? digestEntries(known) : tagEntries(name, known, context);
  return offered.map((entry) => toEntry({ ...entry, label: `${before}${entry.label}` }, context, position));
}

function toEntry(
  { label, detail, sortText }: Offered,
  { file }: CursorContext,
  position: WritePosition,
): CompletionEntry {
  const quoted = /["']/.test(file.text[position.word.start - 1] ?? "");
  const text = `${position.needsSpace ? " " : ""}${quoted ? label : quoteIfNeeded(label, position.flow)}`;
  return { label, kind: "reference", insert: { place: { file, ...position.word }, text }, detail, sortText };
}
