import { join } from "node:path";
import { startProgram } from "./program";

/** For a test that ends us: starts a program that would run for an hour, and notes its number in a folder. */
const [folder = ""] = process.argv.slice(2);
startProgram("/bin/sh", ["-c", `echo $$ > ${join(folder, "pid")}; exec sleep 3600`], join(folder, "log"));
