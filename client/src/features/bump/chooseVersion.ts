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
import { typeRow, type VersionRow, versionRows, versionTitle } from "./versionRows";
import { type ChosenVersion, parseTyped, versionText } from "./versionText";

interface Item extends QuickPickItem, Pick<VersionRow, "tag" | "act"> {}

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
    pick.items = [toItem(typeRow)];
    pick.busy = true;
    pick.show();
    void readTags(server, image, closed.signal).then((tags) => {
      if (closed.signal.aborted) return;
      pick.busy = false;
      tellOfActive({ server, pick, image, title, closed: closed.signal });
      pick.items = versionRows(tags, image, workspace.isTrusted).map(toItem);
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
  readonly title: string;
  readonly closed: AbortSignal;
}

/**
 * Says in the title what the tag holds on which the person rests. The rows stay as they are: a list that is filled anew under the pointer lets somebody
 * choose what they did not mean.
 */
function tellOfActive({ server, pick, image, title, closed }: TagList): void {
  const known = new Map<string, ImageVersion>();
  const show = (): void => {
    const tag = pick.activeItems[0]?.tag;
    const version = tag === undefined ? undefined : known.get(tag);
    pick.title = tag === undefined || version === undefined ? title : `${title}: ${versionTitle(tag, version, image)}`;
  };
  const ask = async (tag: string): Promise<void> => {
    const parameters: ImageVersionParameters = { image: image.image, tag };
    const version = await server.request<ImageVersion>(imageVersionRequest, parameters, closed).catch(() => undefined);
    if (closed.aborted || version === undefined) return;
    known.set(tag, version);
    show();
  };
  let timer: NodeJS.Timeout | undefined;
  pick.onDidChangeActive(([active]) => {
    clearTimeout(timer);
    show();
    const tag = active?.tag;
    if (tag === undefined || known.has(tag)) return;
    timer = setTimeout(() => {
      if (!closed.aborted) void ask(tag);
    }, resting);
  });
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
