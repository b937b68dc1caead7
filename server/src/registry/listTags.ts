import { listOf, parseObject, textOf } from "./jsonValue";
import { findNextPage } from "./linkHeader";
import { isRegistryError, type Look, type TagList } from "./registry";
import { brokenAnswer, cacheKey, pathOf, type Repository, read } from "./repository";

/** Amazon's refuse more. Registries give fewer a page where they want to, such as Quay 100; Google's and OpenShift's give all at once. */
const tagsPerPage = 1000;
/** So many are enough, but what comes in one answer is not cut. */
const mostTags = 10_000;
/** Enough for that many tags at 100 a page; a registry that gives a few a page shall not keep us for ever. */
const mostPages = 100;

/** The lists of Google's registries hold all that they know of each image, some hundred bytes. */
const mostBytes = 32 * 1024 * 1024;

/**
 * Reads the tags page by page (OCI distribution: "Listing Tags"), following `Link` where there is one. A registry that leads in a circle ends the list.
 *
 * @throws RegistryError
 */
export async function listTags(repository: Repository, look: Look): Promise<TagList> {
  const tags = new Set<string>();
  const visited = new Set<string>();
  let page = await readFirst(repository, look);
  for (;;) {
    const known = tags.size;
    for (const tag of page.tags) tags.add(tag);
    // Who gives all at once gives the same again when asked for more.
    const next = page.next ?? (tags.size > known ? afterFullPage(page) : undefined);
    if (next === undefined) return { tags: [...tags], complete: true };
    visited.add(page.path);
    const isEndless = visited.has(next) || visited.size === mostPages || tags.size >= mostTags;
    if (isEndless) return { tags: [...tags], complete: false };
    const read = page.next === undefined ? readGuessed : readPage;
    const following = await read(repository, next, look);
    if (following === undefined) return { tags: [...tags], complete: true };
    page = following;
  }
}

interface Page {
  readonly path: string;
  readonly tags: readonly string[];
  /** The path of the next one. */
  readonly next: string | undefined;
}

/** Registries may leave `Link` out (OCI distribution: "Listing Tags"); then a full page says that there may be more behind its last tag. */
function afterFullPage({ path, tags }: Page): string | undefined {
  const [list = "", query = ""] = path.split("?");
  const last = tags.at(-1);
  if (tags.length !== tagsPerPage || last === undefined || !query.startsWith("n=")) return undefined;
  return `${list}?n=${tagsPerPage}&last=${encodeURIComponent(last)}`;
}

/** Amazon's take only what they named themselves in a link for a next page; who names none and refuses ours has no more. */
async function readGuessed(repository: Repository, path: string, look: Look): Promise<Page | undefined> {
  try {
    return await readPage(repository, path, look);
  } catch (error) {
    if (isRegistryError(error) && error.kind === "refused") return undefined;
    throw error;
  }
}

/** Who does not like the number of tags that we want a page is asked without. */
async function readFirst(repository: Repository, look: Look): Promise<Page> {
  const path = pathOf(repository.home, "tags/list");
  try {
    return await readPage(repository, `${path}?n=${tagsPerPage}`, look);
  } catch (error) {
    if (!isRegistryError(error) || error.kind !== "refused") throw error;
    return readPage(repository, path, look);
  }
}

async function readPage(repository: Repository, path: string, look: Look): Promise<Page> {
  const { home } = repository;
  const what = `list of tags of ${home.image}`;
  const key = cacheKey(home, `tags ${path}`);
  const accept = ["application/json"];
  const { body, headers } = await read(repository, { key, path, accept, isForEver: false, what, mostBytes }, look);
  const content = parseObject(new TextDecoder().decode(body));
  const tags = content?.get("tags");
  // Registries written in Go say `null` where there is none, or leave the list out.
  const isList = Array.isArray(tags) || tags === null || (tags === undefined && textOf(content?.get("name")) !== "");
  if (!isList) throw brokenAnswer(repository, what);
  const next = findNextPage(headers.get("link"), path);
  return {
    path,
    next,
    tags: listOf(tags)
      .map(textOf)
      .filter((tag) => tag !== ""),
  };
}
