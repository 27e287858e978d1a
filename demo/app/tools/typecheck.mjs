// Checks the JSDoc types with tsc where there is one; else each file's syntax, and says that it is less.
import { spawnSync } from "node:child_process";
import { extname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { filesBelow } from "./files.mjs";

const app = fileURLToPath(new URL("..", import.meta.url));
const sources = ["server", "src", "tools"]
  .flatMap((folder) => filesBelow(join(app, folder)))
  .filter((path) => [".js", ".mjs"].includes(extname(path)));

function checkSyntax() {
  process.stdout.write("no tsc here (Debian: apt install node-typescript): syntax only\n");
  const bad = sources.filter((path) => {
    return spawnSync(process.execPath, ["--check", path], { stdio: "inherit" }).status !== 0;
  });
  for (const path of bad) process.stderr.write(`${relative(app, path)}: does not parse\n`);
  return bad.length;
}

const tsc = spawnSync("tsc", ["--project", "tsconfig.json"], { stdio: "inherit", cwd: app });
const missing = tsc.error?.code === "ENOENT";
const failed = missing ? checkSyntax() > 0 : tsc.status !== 0;
if (!failed) process.stdout.write(`${sources.length} files, no errors\n`);
process.exitCode = failed ? 1 : 0;
