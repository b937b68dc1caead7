"use strict";
// The native `@vscode/native-watchdog` ends an extension host whose parent has died. `serve.mjs` ends the whole
// process group instead, so nothing needs watching here.
exports.start = () => {};
exports.exit = (code) => process.exit(code ?? 0);
