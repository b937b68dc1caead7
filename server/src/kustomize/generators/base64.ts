/**
 * Base64 as Kustomize writes it: lines of 70 characters with a line break behind each, the last one included; shorter text
 * stays on one line without a break (kyaml's `encodeBase64`).
 */
export function encodeBase64(bytes: Uint8Array): string {
  const encoded = btoa(binaryString(bytes));
  if (encoded.length < lineLength) return encoded;
  let text = "";
  for (let i = 0; i < encoded.length; i += lineLength) text += `${encoded.slice(i, i + lineLength)}\n`;
  return text;
}

const lineLength = 70;

function binaryString(bytes: Uint8Array): string {
  let text = "";
  // A call takes only so many arguments.
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}
