/** The licences of the packages whose code is bundled: their texts must go wherever the bundles go. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * @param {readonly import("esbuild").Metafile[]} metafiles what the bundles were made of
 * @returns {string} a page with name, version and licence of each package, each text once
 * @throws when a package has no licence file
 */
export function bundleNotices(metafiles) {
  const folders = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs)).flatMap(packageFolder));
  /** Packages by the text of their licence: those of one project share it. */
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    const text = licenceText(name, folder);
    byText.set(text, [...(byText.get(text) ?? []), `- ${name} ${version} (${license})`]);
  }
  const sections = [...byText].map(([text, lines]) => `${lines.join("\n")}\n\n\`\`\`text\n${text}\n\`\`\`\n`);
  return `# Third-party notices: packages in the bundles\n\n${sections.join("\n")}`;
}

/** `node_modules/@a/b/lib/c.js` → `node_modules/@a/b`; nothing for our own files. */
function packageFolder(input) {
  const start = input.lastIndexOf("node_modules/");
  if (start < 0) return [];
  const [scope = "", name = ""] = input.slice(start + "node_modules/".length).split("/");
  const folder = `${input.slice(0, start)}node_modules/${scope.startsWith("@") ? `${scope}/${name}` : scope}`;
  return existsSync(path.join(folder, "package.json")) ? [folder] : [];
}

function licenceText(name, folder) {
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.|$)/i.test(each));
  if (file === undefined) throw new Error(`${name} has no licence file, so it cannot be bundled.`);
  return readFileSync(path.join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
}
