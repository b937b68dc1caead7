import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

interface Setting {
  readonly markdownDescription?: string;
  readonly scope?: string;
}

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category: string;
  readonly icon?: string;
  readonly enablement?: string;
}

interface MenuEntry {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

const { contributes, capabilities, activationEvents } = JSON.parse(readFileSync(root("package.json"), "utf8")) as {
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly when: string; readonly contents: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly activationEvents: readonly string[];
};

function root(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** Whether an entry is drawn as a button: without an icon its title would take the place of several. */
function isBar(menu: string, group = ""): boolean {
  return group.startsWith("inline") || menu === "view/title" || menu === "editor/title";
}

const settings = new Map(Object.entries(contributes.configuration.properties));

describe("package.json", () => {
  test("declares the settings that the contracts name, each with a description and a scope", () => {
    expect([...settings.keys()].sort()).toEqual(
      [
        "rules",
        "kubernetes.version",
        "schemas.folder",
        "argocd.namespaces",
        "argocd.controllers",
        "argocd.addresses",
        "cluster.protected",
        "cluster.openAtStart",
        "registry.lookup",
        "registry.insecureHosts",
        "bump.policies",
        "render.engine",
        "trace.server",
      ]
        .map((name) => `gitopsAuthor.${name}`)
        .sort(),
    );
    for (const [name, { markdownDescription, scope }] of settings) {
      expect(markdownDescription, name).toMatch(/\.$/);
      expect(scope, name).toBeDefined();
    }
  });

  test("has no setting without effect", () => {
    const reader = readFileSync(root("client/src/configuration.ts"), "utf8");
    for (const [name, { markdownDescription }] of settings) {
      expect(markdownDescription, name).not.toMatch(/not used yet/i);
      // That one is read by the package that speaks with the server.
      if (name !== "gitopsAuthor.trace.server") expect(reader).toContain(`"${name.slice("gitopsAuthor.".length)}"`);
    }
  });

  test("lets no repository unprotect a cluster or add a registry host", () => {
    for (const [name, { scope }] of settings) {
      if (/^gitopsAuthor\.(cluster|registry)\./.test(name)) expect(scope, name).toBe("application");
    }
  });

  test("lets no repository start a program, which may fetch remote bases", () => {
    expect(settings.get("gitopsAuthor.render.engine")?.scope).toBe("machine");
  });

  test("ignores, in an untrusted workspace, the settings that name a program or a folder", () => {
    for (const name of capabilities.untrustedWorkspaces.restrictedConfigurations) expect(settings.has(name)).toBe(true);
    expect(capabilities.untrustedWorkspaces.restrictedConfigurations).toContain("gitopsAuthor.render.engine");
  });

  test("puts only declared commands into menus, all under one category", () => {
    const declared = new Set(contributes.commands.map(({ command }) => command));
    const inMenus = Object.values(contributes.menus).flatMap((entries) => entries.map(({ command }) => command));
    expect(inMenus.filter((command) => !declared.has(command))).toEqual([]);
    expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(["GitOps Author"]));
  });

  test("gives commands titles that VS Code can put behind the category, and no two the same", () => {
    const titles = contributes.commands.map(({ title }) => title);
    for (const title of titles) expect(title).toMatch(/^[A-Z][^.:]*[a-zA-Z…]$/);
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
  });

  test("registers what it declares", () => {
    const sources = readdirSync(root("client/src"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => readFileSync(root(`client/src/${path}`), "utf8"));
    const protocol = readFileSync(root("server/src/protocol/liveApplications.ts"), "utf8");
    const all = [...sources, protocol].join("\n");
    // The commands on an Application are registered by their last name.
    const short = [...all.matchAll(/\b(?:on|change)\("(\w+)"/g)].map(([, id]) => `gitopsAuthor.application.${id}`);
    const missing = contributes.commands.filter(
      ({ command }) => !all.includes(`"${command}"`) && !short.includes(command),
    );
    expect(missing.map(({ command }) => command)).toEqual([]);
  });

  test("lets commands that ask a cluster run only in a trusted workspace", () => {
    const aboutClusters =
      /\.(clusters|applications?|argocd|argocdServer|showInCluster|grantAccess)\b|overlays\.(diff|apply)$/;
    for (const { command, enablement } of contributes.commands) {
      if (aboutClusters.test(command)) expect(enablement, command).toMatch(/^isWorkspaceTrusted\b/);
    }
  });

  test("gives each entry of a menu a place of its own, and each button an icon", () => {
    const icons = new Set(contributes.commands.filter(({ icon }) => icon !== undefined).map(({ command }) => command));
    for (const [menu, entries] of Object.entries(contributes.menus)) {
      if (menu === "commandPalette") continue;
      const places = entries.map(({ when, group }) => `${when} ${group}`);
      expect(
        places.filter((place, i) => places.indexOf(place) !== i),
        menu,
      ).toEqual([]);
      const buttons = entries.filter(({ group }) => /^(inline|navigation)/.test(group ?? "") && isBar(menu, group));
      expect(
        buttons.filter(({ command }) => !icons.has(command)),
        menu,
      ).toEqual([]);
    }
  });

  test("begins the menu of an Application with its sync and ends it with its deletion", () => {
    const entries = (contributes.menus["view/item/context"] ?? []).filter(({ when, group }) => {
      return when?.includes("gitopsAuthor.applications") === true && group?.startsWith("inline") === false;
    });
    const sorted = [...entries].sort((a, b) => ((a.group ?? "") < (b.group ?? "") ? -1 : 1));
    expect(sorted.at(0)?.command).toBe("gitopsAuthor.application.sync");
    expect(sorted.at(-1)?.command).toBe("gitopsAuthor.application.delete");
  });

  test("offers to open a context in the Applications view unless there is no kubeconfig, and says then where one is looked for", () => {
    const welcomes = contributes.viewsWelcome.filter(({ view }) => view === "gitopsAuthor.applications");
    const offering = welcomes.filter(({ contents }) => contents.includes("command:gitopsAuthor.clusters.open"));
    expect(offering.map(({ when }) => when)).toEqual([expect.stringContaining("&& gitopsAuthor.clusters != none")]);
    const lacking = welcomes.filter(({ when }) => when.includes("gitopsAuthor.clusters == none"));
    expect(lacking.map(({ contents }) => contents)).toEqual([
      expect.stringMatching(/~\/\.kube\/config nor the variable KUBECONFIG/),
    ]);
  });

  test("wakes up for the three names of a kustomization file and for YAML, never for every window", () => {
    expect(activationEvents).toEqual([
      "workspaceContains:**/kustomization.yaml",
      "workspaceContains:**/kustomization.yml",
      "workspaceContains:**/Kustomization",
      "onLanguage:yaml",
    ]);
  });
});
