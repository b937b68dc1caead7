/** One way to write an image, in a manifest and in the `images` of an overlay, and what it is to become. */
export interface Spelling {
  readonly name: string;
  /** The value of `image` in the base. */
  readonly written: string;
  /** The kustomization of the overlay. */
  readonly overlay: string;
  /** What the base and a component between say themselves, as the field `images`. */
  readonly base?: string | undefined;
  readonly component?: string | undefined;
  /** What says the version now says it by digest. */
  readonly pinned: boolean;
  readonly to: Target;
}

/** What is wished for: a version as the team writes it, or a pin or its end. */
interface Target {
  readonly tag?: string;
  readonly digest?: string;
  readonly form?: "tag" | "digest";
}

const digestOf = (letter: string): string => `sha256:${letter.repeat(64)}`;
export const oldDigest = digestOf("a");
export const newDigest = digestOf("b");
export const newTag = "2.0";

const app = "registry.example:5000/team/app";
const other = "mirror.example/team/app";

const targets: readonly Target[] = [
  { tag: newTag },
  { digest: newDigest },
  { tag: newTag, digest: newDigest },
  { tag: newTag, digest: newDigest, form: "digest" },
  { tag: newTag, form: "tag" },
];

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
        const pinned = isPinned(entry, written, to);
        yield { name, written, overlay: crlf ? text.replaceAll("\n", "\r\n") : text, pinned, to };
      }
    }
  }
}

/** What an overlay may say, and which of its entries has the last word: with a digest, with a tag, or none. */
const overlays: readonly { readonly what: string; readonly images: string; readonly says?: "tag" | "digest" }[] = [
  { what: "nothing", images: "" },
  { what: "a new name", images: `images:\n- name: ${app}\n  newName: ${other}\n` },
  { what: "a tag", images: `images:\n- name: ${app}\n  newTag: "1.1"\n`, says: "tag" },
  { what: "a digest", images: `images:\n- {name: "${app}", digest: "${oldDigest}"}\n`, says: "digest" },
  {
    what: "a tag, then a digest",
    images: `images:\n- name: ${app}\n  newTag: "1.1"\n- name: ${app}\n  digest: ${oldDigest}\n`,
    says: "digest",
  },
  {
    what: "a digest, then a tag",
    images: `images:\n- name: ${app}\n  digest: ${oldDigest}\n- name: ${app}\n  newTag: "1.1"\n`,
    says: "tag",
  },
  {
    what: "a name, and the tag under that",
    images: `images:\n- name: ${app}\n  newName: ${other}\n- name: ${other}\n  newTag: "1.1"\n`,
    says: "tag",
  },
  {
    what: "a tag that another entry repeats",
    images: `images:\n- name: ${app}\n  newTag: &tag "1.1"\n- name: unused.example/other\n  newTag: *tag\n`,
    says: "tag",
  },
  {
    what: "a digest that is repeated",
    images: `images:\n- name: unused.example/other\n  digest: &it ${oldDigest}\n- name: ${app}\n  digest: *it\n`,
    says: "digest",
  },
  {
    what: "a tag by a merge key",
    images: `images:\n- &all\n  name: unused.example/other\n  newTag: "1.1"\n- <<: *all\n  name: ${app}\n`,
    says: "tag",
  },
  {
    what: "a digest by a merge key",
    images: `images:\n- &all {name: unused.example/other, digest: "${oldDigest}"}\n- {<<: *all, name: "${app}"}\n`,
    says: "digest",
  },
  { what: "a pattern", images: `images:\n- name: registry.example:5000/team/a.*\n  newTag: "1.1"\n`, says: "tag" },
];

/** Entries of a base, of a component and of the overlay that mean one image. */
export function* layers(): Iterable<Spelling> {
  const below = [undefined, "tag", "digest"] as const;
  const said = (what: (typeof below)[number], tag: string): string | undefined =>
    what && `images:\n- name: ${app}\n  ${what === "tag" ? `newTag: ${tag}` : `digest: ${oldDigest}`}\n`;
  for (const base of below) {
    for (const component of below) {
      for (const { what, images, says } of overlays) {
        for (const to of targets) {
          yield {
            name: `${what} over ${component ?? "nothing"} of a component and ${base ?? "nothing"} of a base, to ${Object.keys(to).join("+")}`,
            written: `${app}:1.0`,
            base: said(base, "v1"),
            component: said(component, "v2"),
            overlay: overlayText(images).replace(
              "nameSuffix",
              component ? "components: [../component]\nnameSuffix" : "nameSuffix",
            ),
            // An entry that says the name alone leaves the version to those below.
            pinned: (to.form ?? says ?? component ?? base) === "digest",
            to,
          };
        }
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

/** Whether it is to be pinned: as asked for, else as the entry does, if it means the image at all. */
function isPinned({ name, newName, newTag: tag, digest }: Partial<Entry>, written: string, { form }: Target): boolean {
  if (form !== undefined) return form === "digest";
  if (name === undefined || (name !== app && !written.startsWith(name))) return false;
  if (tag !== undefined) return digest !== undefined || tag.includes("@");
  return digest !== undefined || newName?.includes("@") === true;
}
