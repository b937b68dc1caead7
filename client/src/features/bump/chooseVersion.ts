import { commands, type QuickPick, type QuickPickItem, QuickPickItemKind, window, workspace } from "vscode";
import {
  type ImageTags,
  type ImageTagsParameters,
  type ImageVersion,
  type ImageVersionParameters,
  imageTagsRequest,
  imageVersionRequest,
  type OverlayImage,
} from "../../../../server/src/protocol/bump";
import type { LanguageServer } from "../../languageClient";
import { typeRow, type VersionRow, versionRows, withVersion } from "./versionRows";
import { type ChosenVersion, parseTyped, versionText } from "./versionText";

interface Item extends QuickPickItem, Pick<VersionRow, "tag" | "act"> {}

/** How many of the newest tags are looked at at once; of others it is said when somebody comes to their row. */
const lookedAt = 5;

/** How long the person must rest on a row, in milliseconds. */
const resting = 250;

/**
 * A tag that the registry has, or what the person types: that works without a registry, too.
 *
 * @param signIn - lets the person sign in where the registry wants that; says whether they did
 */
export async function chooseVersion(
  server: LanguageServer,
  image: OverlayImage,
  title: string,
  signIn: () => Promise<boolean>,
): Promise<ChosenVersion | undefined> {
  const pick = window.createQuickPick<Item>();
  const closed = new AbortController();
  try {
    const chosen = new Promise<Item | undefined>((choose) => {
      pick.onDidAccept(() => choose(pick.selectedItems[0]));
      pick.onDidHide(() => choose(undefined));
    });
    const now = versionText(image);
    pick.title = title;
    pick.placeholder = `${image.image}${now === "" ? "" : `, now at ${now}`}: to which version?`;
    pick.matchOnDescription = true;
    pick.keepScrollPosition = true;
    pick.items = [toItem(typeRow)];
    pick.busy = true;
    pick.show();
    void readTags(server, image, closed.signal).then((tags) => {
      if (closed.signal.aborted) return;
      pick.busy = false;
      pick.items = versionRows(tags, image, workspace.isTrusted).map(toItem);
      if (tags.failure === undefined) tellOfTags({ server, pick, image, closed: closed.signal });
    });
    const item = await chosen;
    const typed = pick.value;
    if (item?.act === "type") return await typeVersion(image, title, typed);
    if (item?.act === "signIn" && (await signIn())) return await chooseVersion(server, image, title, signIn);
    if (item?.act === "trust") await commands.executeCommand("workbench.trust.manage");
    return item?.tag === undefined ? undefined : { tag: item.tag };
  } finally {
    closed.abort();
    pick.dispose();
  }
}

/** Never rejects. */
async function readTags(server: LanguageServer, { image, tag }: OverlayImage, closed: AbortSignal): Promise<ImageTags> {
  const parameters: ImageTagsParameters = { image, tag };
  try {
    return await server.request<ImageTags>(imageTagsRequest, parameters, closed);
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { tags: [], policy: "", complete: true, failure };
  }
}

function toItem({ separator, ...row }: VersionRow): Item {
  return separator === true ? { label: row.label, kind: QuickPickItemKind.Separator } : row;
}

interface TagList {
  readonly server: LanguageServer;
  readonly pick: QuickPick<Item>;
  readonly image: OverlayImage;
  readonly closed: AbortSignal;
}

/** Adds age, platforms, size and digest to the newest tags, and to those on which the person rests. */
function tellOfTags(list: TagList): void {
  const { server, pick, image, closed } = list;
  const asked = new Set<string>();
  const tell = async (tag: string): Promise<void> => {
    if (asked.has(tag) || closed.aborted) return;
    asked.add(tag);
    const parameters: ImageVersionParameters = { image: image.image, tag };
    const version = await server.request<ImageVersion>(imageVersionRequest, parameters, closed).catch(() => undefined);
    if (!closed.aborted && version !== undefined) showVersion(list, tag, version);
  };
  let timer: NodeJS.Timeout | undefined;
  pick.onDidChangeActive(([active]) => {
    clearTimeout(timer);
    const tag = active?.tag;
    if (tag !== undefined) timer = setTimeout(() => void tell(tag), resting);
  });
  const newest = pick.items.flatMap(({ tag }) => tag ?? []).slice(0, lookedAt);
  void (async () => {
    for (const tag of newest) await tell(tag);
  })();
}

/** The row stays where it is, and the person on theirs. */
function showVersion({ pick, image }: TagList, tag: string, version: ImageVersion): void {
  const active = pick.activeItems[0]?.tag;
  pick.items = pick.items.map((item) =>
    item.tag === tag ? { ...item, description: withVersion(item.description, version, image) } : item,
  );
  const again = pick.items.find((item) => active !== undefined && item.tag === active);
  if (again !== undefined) pick.activeItems = [again];
}

async function typeVersion(
  { image, tag }: OverlayImage,
  title: string,
  typed: string,
): Promise<ChosenVersion | undefined> {
  const value = typed === "" ? tag : typed;
  const text = await window.showInputBox({
    title,
    prompt: `Tag or digest of ${image}`,
    placeHolder: "1.4.2, sha256:…, or both: 1.4.2@sha256:…",
    ...(value !== undefined && { value }),
    validateInput: (written) =>
      parseTyped(written) === undefined ? "Write a tag, a digest (sha256:…), or tag@digest." : undefined,
  });
  return text === undefined ? undefined : parseTyped(text);
}
