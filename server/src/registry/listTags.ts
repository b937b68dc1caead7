import { listOf, parseObject, textOf } from "./jsonValue";
import { findNextPage } from "./linkHeader";
import type { Look, TagList } from "./registry";
import { brokenAnswer, cacheKey, pathOf, type Repository, read } from "./repository";

/** Registries give fewer a page where they want to: Quay 100, Docker Hub 100 or more, GHCR 100; Google's and OpenShift's give all at once. */
const tagsPerPage = 1000;
const mostTags = 10_000;
/** Enough for that many tags at 100 a page; a registry that gives a few a page shall not keep us for ever. */
const mostPages = 100;

/**
 * Reads the tags page by page (OCI distribution: "Listing Tags"), following `Link` where there is one. A registry that leads in a circle ends the list.
 *
 * @throws RegistryError
 */
export async function listTags(repository: Repository, look: Look): Promise<TagList> {
  const { home } = repository;
  const what = `list of tags of ${home.image}`;
  const tags = new Set<string>();
  const visited = new Set<string>();
  let path: string | undefined = `${pathOf(home, "tags/list")}?n=${tagsPerPage}`;
  while (path !== undefined && !visited.has(path)) {
    if (visited.size === mostPages || tags.size >= mostTags)
      return { tags: [...tags].slice(0, mostTags), complete: false };
    visited.add(path);
    const key = cacheKey(home, `tags ${path}`);
    const page = await read(repository, { key, path, accept: ["application/json"], isForEver: false, what }, look);
    const content = parseObject(new TextDecoder().decode(page.body));
    // `null` stands for none in registries written in Go.
    if (content === undefined || !(content.get("tags") === null || Array.isArray(content.get("tags")))) {
      throw brokenAnswer(repository, what);
    }
    for (const tag of listOf(content.get("tags")).map(textOf)) if (tag !== "") tags.add(tag);
    path = findNextPage(page.headers.get("link"), path);
  }
  return { tags: [...tags].slice(0, mostTags), complete: tags.size <= mostTags };
}
