import { commands, type QuickPickItem, QuickPickItemKind, window, workspace } from "vscode";
import {
  type ImageTags,
  type ImageTagsParameters,
  imageTagsRequest,
  type OverlayImage,
} from "../../../../server/src/protocol/bump";
import type { LanguageServer } from "../../languageClient";
import { asking } from "./requestPlan";
import { type ChosenVersion, parseTyped, shortDigest, versionText } from "./versionText";

interface Item extends QuickPickItem {
  readonly choose?: () => Promise<ChosenVersion | undefined>;
}

/** A tag that the registry has, or what the person types: that works without a registry, too. */
export async function chooseVersion(
  server: LanguageServer,
  image: OverlayImage,
  title: string,
): Promise<ChosenVersion | undefined> {
  const parameters: ImageTagsParameters = { image: image.image, tag: image.tag };
  const what = { method: imageTagsRequest, parameters };
  const tags = await asking<ImageTags>(server, `Reading the tags of ${image.image}…`, what);
  const type: Item = {
    label: "$(edit) Type a tag or digest…",
    alwaysShow: true,
    choose: () => typeVersion(image, title),
  };
  const items = tags.failure === undefined ? [...tagItems(tags, image), type] : [type, ...failureItems(tags.failure)];
  const now = versionText(image);
  const placeHolder = `${image.image}${now === "" ? "" : `, now at ${now}`}: to which version?`;
  const chosen = await window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  return chosen?.choose?.();
}

function tagItems({ tags, policy, complete }: ImageTags, image: OverlayImage): readonly Item[] {
  const ranked = tags.filter((each) => each.ranked);
  const others = tags.filter((each) => !each.ranked);
  const item = ({ tag, digest, ranked: counts }: ImageTags["tags"][number], i: number): Item => {
    const words = [
      tag === image.tag || (digest !== undefined && digest === image.digest) ? "now" : undefined,
      counts && i === 0 ? "newest" : undefined,
      digest === undefined ? undefined : shortDigest(digest),
    ];
    const description = words.filter((word) => word !== undefined).join(" · ");
    return { label: tag, description, choose: async () => ({ tag }) };
  };
  const separator = (label: string): Item => ({ label, kind: QuickPickItemKind.Separator });
  return [
    ...(ranked.length === 0 ? [] : [separator(policy), ...ranked.map(item)]),
    ...(others.length === 0 ? [] : [separator("other tags"), ...others.map(item)]),
    separator(complete ? "" : "the registry has more"),
  ];
}

function failureItems(failure: string): readonly Item[] {
  const trust: Item = {
    label: "$(shield) Trust this workspace…",
    choose: async () => {
      await commands.executeCommand("workbench.trust.manage");
      return undefined;
    },
  };
  return [...(workspace.isTrusted ? [] : [trust]), { label: "$(warning) No tags", detail: failure }];
}

async function typeVersion({ image, tag }: OverlayImage, title: string): Promise<ChosenVersion | undefined> {
  const text = await window.showInputBox({
    title,
    prompt: `Tag or digest of ${image}`,
    placeHolder: "1.4.2, sha256:…, or both: 1.4.2@sha256:…",
    ...(tag !== undefined && { value: tag }),
    validateInput: (typed) =>
      parseTyped(typed) === undefined ? "Write a tag, a digest (sha256:…), or tag@digest." : undefined,
  });
  return text === undefined ? undefined : parseTyped(text);
}
