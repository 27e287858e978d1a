// Makes dist/, one release: public/ with hashed names, the server, the service script, build.json and
// REVISION. It is made beside dist/ and renamed, so a build that fails leaves the last good one.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesBelow } from "./files.mjs";

const app = fileURLToPath(new URL("..", import.meta.url));
const out = join(app, "dist");
const next = join(app, `dist.next-${process.pid}`);

/** @param {...(string | Uint8Array)} parts */
function hash(...parts) {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest("hex");
}

function commit() {
  if (process.env.BUILD_COMMIT) return process.env.BUILD_COMMIT;
  try {
    const options = /** @type {const} */ ({ encoding: "utf8", cwd: app });
    const quiet = { ...options, stdio: ["ignore", "pipe", "ignore"] };
    return execFileSync("git", ["rev-parse", "--short=10", "HEAD"], quiet).trim();
  } catch {
    return "no commit";
  }
}

/** The time of the build, in UTC, to the millisecond; SOURCE_DATE_EPOCH (seconds) overrides it. */
function now() {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  return new Date(epoch ? Number(epoch) * 1000 : Date.now()).toISOString();
}

/** @param {number} bytes */
function size(bytes) {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** Copies the assets under names that hold their content's hash, and tells old name from new. */
function copyAssets() {
  const assets = [];
  for (const path of filesBelow(join(app, "src"))) {
    if (extname(path) === ".html") continue;
    const name = basename(path);
    const body = readFileSync(path);
    const digest = hash(body).slice(0, 10);
    const hashed = `${name.slice(0, -extname(name).length)}.${digest}${extname(name)}`;
    writeFileSync(join(next, "public", hashed), body);
    assets.push({ name, hashed, digest, bytes: body.length });
  }
  return assets;
}

/**
 * Replaces every {{name}}; one that nobody filled in is an error, not a page with a hole.
 * @param {string} template
 * @param {Map<string, string>} values
 */
function fill(template, values) {
  return template.replace(/[{]{2}([\w.]+)[}]{2}/g, (_, name) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`index.html names {{${name}}}, which the build lacks`);
    return value;
  });
}

function build() {
  rmSync(next, { recursive: true, force: true });
  mkdirSync(join(next, "public"), { recursive: true });
  const assets = copyAssets();
  const template = readFileSync(join(app, "src", "index.html"), "utf8");
  const server = readFileSync(join(app, "server", "server.mjs"));

  const built = now();
  // The time is part of it: two builds of the same sources are two revisions, so a server that was not
  // restarted can't pass for the new one. Who builds an image names it beforehand.
  const digests = assets.map((asset) => asset.digest).join(" ");
  const revision = process.env.BUILD_REVISION || hash(template, digests, server, built).slice(0, 12);
  const facts = { revision, commit: commit(), built };

  const rows = assets.map(
    (asset) =>
      `<tr><td>${escaped(asset.name)}</td><td><code>${asset.digest}</code></td>` +
      `<td>${size(asset.bytes)}</td></tr>`,
  );
  const values = new Map([
    ["revision", facts.revision],
    ["commit", escaped(facts.commit)],
    ["built", facts.built],
    ["tool", `Node ${process.version}`],
    ["files", rows.join("\n            ")],
    ...assets.map((asset) => /** @type {[string, string]} */ ([asset.name, asset.hashed])),
  ]);
  writeFileSync(join(next, "public", "index.html"), fill(template, values));

  writeFileSync(join(next, "server.mjs"), server);
  copyFileSync(join(app, "server", "service"), join(next, "service"));
  chmodSync(join(next, "service"), 0o755);
  writeFileSync(join(next, "build.json"), `${JSON.stringify(facts, null, 2)}\n`);
  writeFileSync(join(next, "REVISION"), `${revision}\n`);

  rmSync(out, { recursive: true, force: true });
  renameSync(next, out);
  for (const asset of assets) process.stdout.write(`  ${asset.hashed}  ${size(asset.bytes)}\n`);
  process.stdout.write(`built revision ${revision} (commit ${facts.commit}) into dist/\n`);
}

try {
  build();
} catch (error) {
  rmSync(next, { recursive: true, force: true });
  process.stderr.write(`build failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
