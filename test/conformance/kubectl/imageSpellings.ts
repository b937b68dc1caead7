/** One way to write an image, in a manifest and in the `images` of an overlay, and what it is to become. */
export interface Spelling {
  readonly name: string;
  /** The value of `image` in the base. */
  readonly written: string;
  /** The kustomization of the overlay. */
  readonly overlay: string;
  /** What says the version now says it by digest. */
  readonly pinned: boolean;
  readonly to: { readonly tag?: string; readonly digest?: string };
}

const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;
export const oldDigest = digestOf("a");
export const newDigest = digestOf("b");
export const newTag = "2.0";

const app = "registry.example:5000/team/app";
const other = "mirror.example/team/app";

const targets: readonly Spelling["to"][] = [{ tag: newTag }, { digest: newDigest }, { tag: newTag, digest: newDigest }];

interface Entry {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
  readonly tagSuffix?: string;
}

/** How the fields of an entry are put down. Each puts one more line of comment around it, which must stay as it is. */
const styles: readonly ((fields: readonly [string, string][]) => string)[] = [
  (fields) => `images:\n# ours\n- ${fields.map(([key, value]) => `${key}: ${plain(value)} # ${key}\n`).join("  ")}`,
  (fields) => `images:\n- {${fields.map(([key, value]) => `${key}: ${plain(value)}`).join(", ")}} # ours\n`,
  (fields) => `images: [ { ${fields.map(([key, value]) => `"${key}": "${value}"`).join(" , ")} } ] # ours\n`,
  (fields) =>
    `images:\n    -   ${[...fields]
      .reverse()
      .map(([key, value]) => `${key}:   '${value}'\n`)
      .join("        ")}    # ours\n`,
  (fields) => `images:\n- &entry\n  ${fields.map(([key, value], i) => `${key}: &v${i} "${value}"\n`).join("  ")}`,
  (fields) =>
    `images:\n- ${fields.map(([key, value]) => `${key}:\n    ${plain(value)}\n`).join("  ")}- name: unused.example/other\n  newTag: "1" # stays\n`,
  (fields) => `images:\n- ${fields.map(([key, value]) => `${key}: >-\n    ${value}\n`).join("  ")}`,
];

function plain(value: string): string {
  return /^\d+\.\d+$/.test(value) ? `"${value}"` : value;
}

/** Every combination of what Kustomize lets a manifest and an entry say; the ways to put it down take turns. */
export function* spellings(): Iterable<Spelling> {
  let turn = 0;
  for (const written of [app, `${app}:1.0`, `${app}@${oldDigest}`, `${app}:1.0@${oldDigest}`]) {
    for (const entry of entries()) {
      for (const to of targets) {
        const style = turn % styles.length;
        const crlf = turn % 4 === 3;
        turn++;
        const fields = Object.entries(entry).filter(([, value]) => value !== undefined);
        const name = `${written.replaceAll("a".repeat(64), "…")} ${JSON.stringify(fields).replaceAll("a".repeat(64), "…")} style ${style}${crlf ? " crlf" : ""} to ${Object.keys(to).join("+")}`;
        const text = overlayText(fields.length === 0 ? "" : (styles[style]?.(fields) ?? ""));
        const pinned = isPinned(entry, written);
        yield { name, written, overlay: crlf ? text.replaceAll("\n", "\r\n") : text, pinned, to };
      }
    }
  }
}

function* entries(): Iterable<Partial<Entry>> {
  yield {};
  for (const name of [app, `${app}:1.0`]) {
    for (const newName of [undefined, other, `${other}:1.0`, `${other}@${oldDigest}`, `${other}:1.0@${oldDigest}`]) {
      for (const tag of [undefined, "1.1", `v1@${oldDigest}`]) {
        for (const digest of [undefined, oldDigest]) {
          for (const suffix of [undefined, "-alpine"]) {
            yield {
              name,
              ...(newName !== undefined && { newName }),
              ...(tag !== undefined && { newTag: tag }),
              ...(digest !== undefined && { digest }),
              ...(suffix !== undefined && { tagSuffix: suffix }),
            };
          }
        }
      }
    }
  }
}

function overlayText(images: string): string {
  return `# dev\nresources:\n- ../base # all of it\n${images}nameSuffix: -x   # behind\n`;
}

/** Whether the entry, if it means the image at all, pins it. */
function isPinned({ name, newName, newTag: tag, digest }: Partial<Entry>, written: string): boolean {
  if (name === undefined || (name !== app && !written.startsWith(name))) return false;
  if (tag !== undefined) return digest !== undefined || tag.includes("@");
  return digest !== undefined || newName?.includes("@") === true;
}
