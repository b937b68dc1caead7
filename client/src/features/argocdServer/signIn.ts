import { CancellationError, type QuickPickItem, window, workspace } from "vscode";
import { ApiError } from "../../cluster/apiError";
import {
  type ArgocdServerAddress,
  askWhoIAm,
  connectArgocdServer,
  hostOf,
  signInToArgocd,
} from "../../cluster/argocd/argocdServer";
import { parseServerUrl } from "../../cluster/argocd/serverUrl";
import { withProgress } from "../../platform/progress";

/** Someone who is signed in. */
export interface SignedIn {
  readonly address: ArgocdServerAddress;
  readonly user: string;
}

/**
 * Asks for an address and for what proves who one is, and tries it, with the certificates that vouched for the server the last time. Throws a
 * `CancellationError` when the person gives up.
 */
export async function askToSignIn(
  suggested: string,
  certificatesOf: (url: string) => Promise<string | undefined>,
): Promise<SignedIn> {
  const title = "Sign In to an Argo CD Server";
  const typed = await window.showInputBox({
    ...{ title, value: suggested, ignoreFocusOut: true },
    prompt: "The address of its web interface, for example https://argocd.example.com",
    validateInput: (text) => {
      const parsed = parseServerUrl(text);
      return "problem" in parsed ? parsed.problem : undefined;
    },
  });
  const parsed = typed === undefined ? undefined : parseServerUrl(typed);
  if (parsed === undefined || "problem" in parsed) throw new CancellationError();
  const proof = await askProof(title, parsed.url);
  return await tryWithCertificates({ url: parsed.url, certificates: await certificatesOf(parsed.url) }, proof);
}

type Proof = { readonly token: string } | { readonly username: string; readonly password: string };

async function askProof(title: string, url: string): Promise<Proof> {
  const items: readonly (QuickPickItem & { readonly way: "token" | "password" })[] = [
    {
      way: "token",
      label: "With a token",
      description: "of an account or a project role; also where you sign in by SSO",
    },
    { way: "password", label: "With a name and a password", description: "of a local user such as admin" },
  ];
  const way = (await window.showQuickPick(items, { title, placeHolder: hostOf({ url }), ignoreFocusOut: true }))?.way;
  if (way === undefined) throw new CancellationError();
  if (way === "token") return { token: (await askText(title, "The token", true)).trim() };
  const username = (await askText(title, "Your name there", false)).trim();
  return { username, password: await askText(title, `The password of ${username}`, true) };
}

async function askText(title: string, prompt: string, password: boolean): Promise<string> {
  const text = await window.showInputBox({ title, prompt, password, ignoreFocusOut: true });
  if (!text) throw new CancellationError();
  return text;
}

/** A server whose certificate no one vouches for is never believed; the person may name a file that does. */
async function tryWithCertificates(address: ArgocdServerAddress, proof: Proof): Promise<SignedIn> {
  try {
    return await signIn(address, proof);
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== "certificate") throw error;
    const choose = "Choose a CA File…";
    if ((await window.showWarningMessage(error.message, choose)) !== choose) throw new CancellationError();
    return await tryWithCertificates({ ...address, certificates: await askCertificates() }, proof);
  }
}

async function signIn(address: ArgocdServerAddress, proof: Proof): Promise<SignedIn> {
  return await withProgress(`Sign in to ${hostOf(address)}`, async (signal) => {
    const token = "token" in proof ? proof.token : await signInToArgocd(address, proof, signal);
    const server = connectArgocdServer({ ...address, token });
    try {
      return { address: { ...address, token }, user: await askWhoIAm(server, signal) };
    } finally {
      server.close();
    }
  });
}

async function askCertificates(): Promise<string> {
  const filters = { Certificates: ["pem", "crt", "cer"], "All files": ["*"] };
  const [file] = (await window.showOpenDialog({ title: "The CA of the Argo CD server", filters })) ?? [];
  if (file === undefined) throw new CancellationError();
  const text = new TextDecoder().decode(await workspace.fs.readFile(file));
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new Error(`'${file.fsPath}' holds no certificate in PEM.`);
}
