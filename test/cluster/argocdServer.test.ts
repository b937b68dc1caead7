import { readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { askWhoIAm, connectArgocdServer } from "../../client/src/cluster/argocd/argocdServer";
import { startContractServer } from "../support/argocdContractServer";
import { makeCertificates } from "../support/certificates";

/** The contract server over HTTPS, with a certificate of a private authority for the given names. */
async function start(names: readonly string[]) {
  const certificates = makeCertificates(names);
  const { key, certificate } = certificates;
  const argo = await startContractServer({
    tls: { key: readFileSync(key, "utf8"), cert: readFileSync(certificate, "utf8") },
  });
  onTestFinished(async () => {
    await argo.close();
    certificates.remove();
  });
  return { url: argo.url, authority: certificates.authorityText };
}

function ask(url: string, certificates?: string): Promise<string> {
  const server = connectArgocdServer({ url, token: "token-of-ada", certificates });
  onTestFinished(() => server.close());
  return askWhoIAm(server);
}

describe("the contract server over HTTPS", () => {
  test("is believed when the authority that the person named vouches for it, and not otherwise", async () => {
    const { url, authority } = await start(["IP:127.0.0.1"]);
    expect(await ask(url, authority)).toBe("ada");
    const stranger = await start(["IP:127.0.0.1"]);
    for (const certificates of [undefined, stranger.authority]) {
      await expect(ask(url, certificates)).rejects.toMatchObject({
        kind: "certificate",
        message: expect.stringMatching(/^The certificate of 127\.0\.0\.1:\d+ is not trusted: [a-z ]+\.$/),
      });
    }
  });

  test("is not believed under another name, whoever vouches for it", async () => {
    const { url, authority } = await start(["DNS:argocd.example.com"]);
    await expect(ask(url, authority)).rejects.toMatchObject({ kind: "certificate" });
  });
});
