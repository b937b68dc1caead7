import { expect, test } from "vitest";
import { askProgram } from "../../../server/src/lsp/otherEngine";
import type { ProgramEnd, ProgramRun } from "../../../server/src/platform/programs";
import { runBuild } from "../../../server/src/render/builds";
import { memoryLoader } from "../../support/memoryLoader";

const settings = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n";
const whole = { "/app/kustomization.yaml": "resources: [a.yaml]\n", "/app/a.yaml": settings };
const broken = {
  "/app/kustomization.yaml": "resources: [a.yaml, https://example.com/b.yaml]\n",
  "/app/a.yaml": settings,
};

/** What is said of a build when the program ends so; and how the program was run. */
async function said(end: ProgramEnd, files: Readonly<Record<string, string>> = whole, free?: string) {
  const loader = memoryLoader(new Map(Object.entries(files)));
  const snapshot = {
    lookUp: (path: string) => loader.lookUp(path),
    isOpen: () => false,
    file: () => undefined,
    freeDirectoryOf: () => free,
  };
  const runs: ProgramRun[] = [];
  const programs = {
    run: async (run: ProgramRun) => {
      runs.push(run);
      return end;
    },
    locate: async () => undefined,
  };
  const build = runBuild("/app", loader, { clock: { now: () => 0 } });
  return { words: await askProgram("kubectl", { build, snapshot }, { programs }), run: runs[0] };
}

function printed(text: string, errors = ""): ProgramEnd {
  return { kind: "ended", code: 0, output: new TextEncoder().encode(text), errors };
}

test("a program that prints the same, and one that prints another line", async () => {
  expect((await said(printed(settings))).words).toBe("kubectl prints the same");
  const other = settings.replace("settings", "other");
  expect((await said(printed(other))).words).toBe("kubectl prints something else, first on line 4: name: other");
  expect((await said(printed(`${settings}---\n`))).words).toBe("kubectl prints something else, first on line 5: ---");
});

test("a program that refuses what we build, with the last of its words", async () => {
  const errors = "# Warning: 'bases' is deprecated.\nError: no such file\n";
  const end: ProgramEnd = { kind: "ended", code: 1, output: new Uint8Array(), errors };
  expect((await said(end)).words).toBe("kubectl refuses to build this: Error: no such file");
  expect((await said(end, broken)).words).toBeUndefined();
});

test("a program that can fetch what we cannot", async () => {
  expect((await said(printed(settings), broken)).words).toBe("kubectl can build all of this");
});

test("a program that is not there, hangs, or cannot be run", async () => {
  expect((await said({ kind: "notFound" })).words).toBe("There is no program 'kubectl' on the PATH");
  const stopped = (why: "timeout" | "cancelled"): ProgramEnd => ({ kind: "stopped", why, errors: "" });
  expect((await said(stopped("timeout"))).words).toBe("kubectl did not end within a minute");
  expect((await said(stopped("cancelled"))).words).toBeUndefined();
  expect((await said({ kind: "failed", reason: "It is no program." })).words).toBe(
    "kubectl could not be run: It is no program.",
  );
});

test("it builds its working directory, with the load restrictions of our build", async () => {
  expect((await said(printed(settings))).run).toMatchObject({
    program: "kubectl",
    args: ["kustomize", "."],
    directory: "/app",
  });
  const free = await said(printed(settings), whole, "/");
  expect(free.run?.args).toEqual(["kustomize", ".", "--load-restrictor", "LoadRestrictionsNone"]);
});
