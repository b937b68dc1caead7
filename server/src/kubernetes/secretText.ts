/** Words in the name of a key, a parameter or a variable whose value should stay secret. */
const confidentialName =
  /pass(?:word|wd|phrase)?s?$|(?:^|[-_.])(?:pwd|pw)$|token$|secret(?:[-_]?key)?$|api[-_.]?key$|access[-_.]?key$|private[-_.]?key$|client[-_.]?secret|credentials?$|\.key$|^id_(?:rsa|ed25519|ecdsa)|ssh-privatekey|\.dockerconfigjson$|^\.dockercfg$|htpasswd$|encryption[-_]?key|hmac|(?:^|[-_])salt$/i;

/** Keys beside secrets that everybody may know: addresses, names, kinds, public halves. */
const openName =
  /^(?:type|kind|name|project|url|uri|enableLfs|enableOCI|insecure|user(?:name|id)?|login|host(?:name)?|port|server|database|db|dbname|db-name|namespace|region|zone|endpoint|bucket|email|issuer|audience|tenant|realm|ca\.crt|tls\.crt|known_hosts|ssh_known_hosts|version|mode|provider|scope|schema|level)$|(?:^|[-_.])(?:user(?:name)?|host(?:name)?|port|url|uri|endpoint|region|bucket|email|database|db|client[-_]?id|enabled)$|\.(?:crt|cer|pub|pem\.pub|txt)$/i;

/** Keys that hold whole files of configuration, in which a secret may stand. */
const fileName = /\.(?:ya?ml|json|conf|cfg|ini|toml|properties|xml|env|sh|sql|hcl|lua|py)$|^config$|^values$/i;

/** A setting within such a file. */
const setting =
  /(?:password|passwd|passphrase|token|secret(?:_?key)?|api_?key|access_?key|private_?key)["']?[ \t]*[:=][ \t]*["']?([^\s"'#,;{}[\]]{4,})/gi;

/** Texts that are there to be replaced, or refer to a store: of Vault, the Argo CD Vault Plugin, vals, 1Password, SOPS, AWS, Azure. */
const standIn =
  /^$|^\{\s*\}$|^<[^<>]+>$|<path:[^>]+>|^(?:vault|op|secretref|ref\+[a-z0-9]+|awssm|gcpsm|azurekeyvault|bws?|sops):|^arn:aws:|@Microsoft\.KeyVault|^ENC\[|\$\{?[A-Za-z_]|\{\{|\$\(|^%[\w-]+%$|^(?:change|replace|fill|insert|put|add|enter|set|update|edit|your|my|some|the)[-_ ]?(?:me|it|this|in|your|here|real|own|secret|password|token|key|value)|replace|change[-_ ]?me|^(?:todo|tbd|fixme|none|null|nil|placeholder|dummy|example|redacted|secret|password|token|value|empty|unused|not[-_ ](?:needed|used|required|set)|n\/a)$|^(?:x+|\*+|\.+|-+|\?+|#+)$|placeholder|redacted|example\.com/i;

/** A private key in PEM form, of any kind. */
export function holdsPrivateKey(text: string): boolean {
  return /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\s+[A-Za-z0-9+/=]/.test(text);
}

/** Whether a name says that its value should stay secret. */
export function isConfidentialName(name: string): boolean {
  return confidentialName.test(name);
}

/** Whether a text only stands for a secret that comes from elsewhere. */
export function isStandIn(text: string): boolean {
  return standIn.test(text.trim());
}

/** Whether the value of a key of a Secret is one to keep, by its name and its text. */
export function isSecretValue(key: string, text: string): boolean {
  const value = text.trim();
  if (holdsPrivateKey(value)) return true;
  if (
    isStandIn(value) ||
    /^(?:true|false|yes|no|-?\d{1,4})$/i.test(value) ||
    /^-----BEGIN (?:CERTIFICATE|PUBLIC)/.test(value)
  ) {
    return false;
  }
  // Some put base64 where text is due.
  if (isStandIn(decodeBase64(value) ?? value)) return false;
  if (isConfidentialName(key)) return true;
  if (openName.test(key)) return false;
  return fileName.test(key) || /\n/.test(value) ? holdsSetting(value) : looksRandom(value);
}

/** Whether a text is one that nobody chose: long, without spaces, of letters and digits. */
function looksRandom(text: string): boolean {
  return /^[A-Za-z0-9+/=_-]{16,}$/.test(text) && /\d/.test(text) && /[A-Za-z]/.test(text) && !text.startsWith("/");
}

/** Whether a text of configuration has a setting that is a secret. */
function holdsSetting(text: string): boolean {
  return [...text.matchAll(setting)].some(
    ([, value = ""]) => !isStandIn(value) && !/^(?:true|false|null)$|^[/.]|^\d+$/.test(value),
  );
}

/** The text that base64 holds; of other bytes than text something like it. `undefined` for what is no base64. */
export function decodeBase64(text: string): string | undefined {
  const packed = text.replace(/\s/g, "");
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const letter of packed.replace(/=+$/, "")) {
    bits = (bits << 6) | alphabet.indexOf(letter);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
      bits &= (1 << count) - 1;
    }
  }
  return new TextDecoder("utf-8").decode(new Uint8Array(bytes));
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
