/** Packs the extension into a VSIX file and refuses one that holds what it should not. */
import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));

/** In bytes, for the whole extension with its server and engine. */
const sizeLimit = 2_500_000;

/** In bytes, for the schemas, which are compressed already. */
const schemaLimit = 600_000;

/** What must never be shipped, by name. */
const forbidden = [
  { what: "a source", pattern: /\.[cm]?tsx?$/ },
  { what: "a source map", pattern: /\.map$/ },
  { what: "a test or an example", pattern: /(^|\/)(test|tests|examples|__tests__)\// },
  { what: "a package folder", pattern: /(^|\/)node_modules\// },
  { what: "a binary", pattern: /\.(node|exe|dll|so|dylib|wasm)$/ },
];

/** How programs begin, whatever their names: Linux, Windows, macOS, WebAssembly. */
const programs = ["7f454c46", "4d5a", "cffaedfe", "cafebabe", "0061736d"];

/** What the extension cannot do without. */
const required = [
  "package.json",
  "dist/client.cjs",
  "dist/server.cjs",
  "dist/THIRD-PARTY-NOTICES.md",
  "dist/schemas/index.json",
  "dist/schemas/THIRD-PARTY-NOTICES.md",
];

/**
 * Packs what the last build left in `dist/`.
 * @param {string} [target] the file to write; default `gitops-author-VERSION.vsix` in the project
 * @returns {Promise<{ file: string, size: number }>}
 * @throws when the result is too large, lacks something or holds something forbidden, with the names
 */
export async function packExtension(target) {
  const { version } = JSON.parse(readFileSync(path.join(project, "package.json"), "utf8"));
  const file = path.resolve(target ?? path.join(project, `gitops-author-${version}.vsix`));
  const files = await pack(file);
  const needed = [...required, ...neededBundles(files, (name) => readFileSync(path.join(project, name), "utf8"))];
  const complaints = needed.filter((name) => !files.includes(name)).map((name) => `${name} is missing`);
  for (const name of files) {
    const kind =
      forbidden.find(({ pattern }) => pattern.test(name))?.what ?? (isProgram(name) ? "a binary" : undefined);
    if (kind !== undefined) complaints.push(`${name} is ${kind}`);
  }
  const { size } = statSync(file);
  const schemas = files.filter((name) => /^dist\/schemas\/.*\.br$/.test(name));
  const schemaSize = schemas.reduce((sum, name) => sum + statSync(path.join(project, name)).size, 0);
  if (schemaSize > schemaLimit) complaints.push(`its schemas have ${schemaSize} bytes, ${schemaLimit} are allowed`);
  if (size > sizeLimit) complaints.push(`it has ${size} bytes, ${sizeLimit} are allowed`);
  if (complaints.length > 0) throw new Error(`${file} must not be shipped:\n  ${complaints.join("\n  ")}`);
  return { file, size };
}

/**
 * Writes the VSIX file and gives the names of what it holds. vsce compares every file below its folder with every pattern of `.vscodeignore`,
 * so it gets a folder that has nothing but the parts of the project which these patterns name.
 */
async function pack(file) {
  // Loaded here: `npm start` imports this module before it has installed the packages.
  const { createVSIX, listFiles, PackageManager } = createRequire(import.meta.url)("@vscode/vsce");
  const patterns = readFileSync(path.join(project, ".vscodeignore"), "utf8").split("\n");
  const shipped = patterns.filter((line) => line.startsWith("!")).map((line) => line.slice(1).split("/")[0]);
  const cwd = mkdtempSync(path.join(tmpdir(), "gitops-author-package-"));
  try {
    for (const name of new Set([".vscodeignore", ...shipped])) {
      const source = path.join(project, name);
      if (existsSync(source)) cpSync(source, path.join(cwd, name), { recursive: true });
    }
    // Everything that runs is bundled into dist/, hence no package manager and no dependencies.
    const listed = await listFiles({ cwd, packageManager: PackageManager.None });
    const options = { dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false };
    await createVSIX({ cwd, packagePath: file, ...options });
    return listed.map((name) => name.replaceAll("\\", "/"));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/**
 * The bundles that those among `files` load when they need them: `require("./kubeconfig.cjs")`.
 * @param {readonly string[]} files
 * @param {(name: string) => string} read
 * @returns {string[]}
 */
export function neededBundles(files, read) {
  const bundles = files.filter((name) => name.endsWith(".cjs"));
  const named = bundles.flatMap((name) => [...read(name).matchAll(/require\("\.\/([\w.]+\.cjs)"\)/g)]);
  return [...new Set(named.map(([, name]) => `dist/${name}`))];
}

function isProgram(name) {
  const start = Buffer.alloc(4);
  const descriptor = openSync(path.join(project, name), "r");
  readSync(descriptor, start, 0, 4, 0);
  closeSync(descriptor);
  return programs.some((magic) => start.toString("hex").startsWith(magic));
}
