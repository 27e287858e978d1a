import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Every file below a folder, sorted, so that builds and reports come out the same everywhere.
 * @param {string} folder
 * @returns {string[]}
 */
export function filesBelow(folder) {
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...filesBelow(path));
    else if (entry.isFile()) found.push(path);
  }
  return found.sort();
}
