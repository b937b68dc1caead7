import { commitAddress } from "../git/commitAddress";
import type { ImageReference } from "../kubernetes/imageReference";
import { isDetailed, type RegistryAnswers, type Told } from "../observations/registryAnswers";
import type { ImageDetails, PlatformImage } from "../registry/registry";
import { imageState } from "./imageState";

/** How many labels are shown. */
const mostLabels = 8;

/** The labels of which we make lines of our own. */
const shownApart = /^org\.opencontainers\.image\.(?:revision|source|created|version)$/;

/**
 * What registries said of an image that a file names, as Markdown: below its name first what is wrong with it, then what it is. `undefined` when nothing is
 * known.
 */
export function describeImage(
  reference: ImageReference,
  answers: RegistryAnswers,
  policies: ReadonlyMap<string, string> | undefined,
): string | undefined {
  const { name, tag, digest } = reference;
  const known = answers.get(name);
  if (known === undefined) return undefined;
  const version = digest ?? tag ?? "latest";
  const found = known.versions.get(version);
  const title = `**${code(name)}**${tag === undefined ? "" : ` ${code(tag)}`}`;
  if (found?.value === "missing") {
    return `${title}\n\nThe registry has no ${digest === undefined ? `tag ${code(version)}` : "such digest"}.`;
  }
  const lines: string[] = [];
  if (found !== undefined) lines.push(`Digest ${code(found.value.digest)}`);
  if (found !== undefined && isDetailed(found.value)) lines.push(...detailLines({ ...found, value: found.value }));
  const parts = [stateLine(reference, answers, policies), lines.map((line) => `- ${line}`).join("\n")].filter(Boolean);
  return parts.length === 0 ? undefined : [title, ...parts].join("\n\n");
}

function stateLine(...[reference, answers, policies]: Parameters<typeof describeImage>): string | undefined {
  const state = imageState(reference, answers.get(reference.name), policies);
  if (state.kind === "behind") {
    const count = state.count === 1 ? "One version is" : `${state.count} versions are`;
    return `${count} newer; the newest is ${code(state.newest)}.`;
  }
  if (state.kind === "moved") return `The tag ${code(state.tag)} leads to ${code(state.digest)} by now.`;
  return undefined;
}

/** How old an image was when it was told of, for example `3 days ago`; empty when it does not say. */
export function describeBuild(details: ImageDetails, now: number | undefined): string {
  return describeAgeOf(details, now)?.replace(/^built .*, /, "") ?? "";
}

/** For example `built 2026-11-19, 3 days ago`. */
function describeAgeOf({ created }: ImageDetails, now: number | undefined): string | undefined {
  const built = created === undefined ? Number.NaN : Date.parse(created);
  if (created === undefined || Number.isNaN(built)) return undefined;
  return `built ${created.slice(0, 10)}${now === undefined ? "" : `, ${describeAge(now - built)} ago`}`;
}

function detailLines({ value, at }: Told<ImageDetails>): readonly string[] {
  const { platforms, size, version, labels } = value;
  const lines: string[] = [];
  const built = describeAgeOf(value, at);
  if (built !== undefined) lines.push(built.replace("built", "Built"));
  if (version !== undefined) lines.push(`Version ${code(version)}`);
  if (platforms.length > 0) lines.push(`For ${platforms.map(platformText).join(", ")}`);
  if (size > 0) lines.push(`Pulls ${describeSize(size)}${platforms.length > 1 ? " per platform" : ""}`);
  const commit = commitLine(value);
  if (commit !== undefined) lines.push(commit);
  const others = [...labels].filter(([key]) => !shownApart.test(key)).slice(0, mostLabels);
  for (const [key, text] of others) lines.push(`${code(key)} ${code(text)}`);
  return lines;
}

function platformText({ platform: { os, architecture, variant } }: PlatformImage): string {
  return code([os, architecture, variant].filter((part) => part !== undefined && part !== "").join("/"));
}

/** The commit it was built from, as a link where the labels say where that is. Anybody may have written them. */
function commitLine({ source, revision }: ImageDetails): string | undefined {
  const address = source === undefined ? undefined : webAddress(source);
  const isCommit = revision !== undefined && /^[0-9a-f]{7,64}$/i.test(revision);
  const page = isCommit && address !== undefined ? commitAddress(address, revision) : undefined;
  if (page !== undefined && revision !== undefined && address !== undefined) {
    return `From commit [${revision.slice(0, 8)}](${page}) of ${code(address)}`;
  }
  if (revision !== undefined) return `From revision ${code(revision)}`;
  return address === undefined ? undefined : `From [${address.replace(/[[\]]/g, "")}](${address})`;
}

/** Only what a browser opens as a page, and nothing with a password in it. */
function webAddress(source: string): string | undefined {
  if (!URL.canParse(source)) return undefined;
  const { protocol, host, pathname, username, password } = new URL(source);
  if (!["http:", "https:"].includes(protocol) || username !== "" || password !== "") return undefined;
  const path = pathname.replace(/\/+$/, "").replace(/\.git$/, "");
  return `${protocol}//${host}${path}`.replace(/[()<>\s]/g, (unit) =>
    encodeURIComponent(unit).replace("(", "%28").replace(")", "%29"),
  );
}

/** For example `3 days`. */
function describeAge(milliseconds: number): string {
  const hours = Math.max(0, Math.floor(milliseconds / 3_600_000));
  const [count, unit] = hours < 48 ? [hours, "hour"] : [Math.floor(hours / 24), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** For example `48.2 MB`. */
function describeSize(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let [amount, unit] = [bytes, 0];
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000;
    unit++;
  }
  return `${unit === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${units[unit]}`;
}

/** A value in a code span: what a label holds is shown and never read as Markdown. */
function code(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return `\`${(line.length > 100 ? `${line.slice(0, 99)}…` : line).replaceAll("`", "'")}\``;
}
