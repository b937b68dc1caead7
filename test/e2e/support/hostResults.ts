import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { copyExample } from "./exampleCopy";
import { openVsCode } from "./vsCode";

export interface HostTest {
  readonly title: string;
  /** Absent when the test passed. */
  readonly error?: string;
}

export interface HostSuite {
  readonly name: string;
  /** The module whose `run` VS Code calls. */
  readonly module: string;
  /** Extensions that are installed besides ours. */
  readonly besides?: readonly string[];
}

/** How long a suite may take, in milliseconds, on a busy machine. */
const patience = 600_000;

/**
 * Runs one suite inside the extension host of a VS Code of its own, on a copy of the example.
 * @throws when no test ran: the host died, it hangs, or the suite could not be loaded
 */
export async function runHostSuite({ name, module, besides = [] }: HostSuite): Promise<readonly HostTest[]> {
  const copy = copyExample();
  copy.write("notes/compose.yaml", "services:\n  web:\n    image: nginx\n");
  const results = mkdtempSync(path.join(tmpdir(), "gitops-author-results-"));
  const file = path.join(results, "results.json");
  let end: (crash?: Error) => void = () => {};
  const ended = new Promise<void>((resolve, reject) => {
    end = (crash) => (crash === undefined ? resolve() : reject(crash));
  });
  const code = await openVsCode({
    folder: copy.folder,
    installed: besides,
    payload: [["extensionTestsPath", module]],
    env: { E2E_RESULTS: file, E2E_SUITE: name },
    // The workbench of a page that runs tests calls these two, with its log and at the end.
    expose: { codeAutomationLog: () => {}, codeAutomationExit: () => end() },
  });
  try {
    code.page.once("crash", () => end(new Error("the page crashed")));
    const timer = setTimeout(
      () => end(new Error(`${name} has not ended after ${patience / 60_000} minutes`)),
      patience,
    );
    await ended.finally(() => clearTimeout(timer));
    if (!existsSync(file)) throw new Error(`No test of ${name} ran:\n${code.console.slice(-20).join("\n")}`);
    return JSON.parse(readFileSync(file, "utf8")) as readonly HostTest[];
  } finally {
    await code.close();
    copy.remove();
    rmSync(results, { recursive: true, force: true });
  }
}
