// The parts of Node that this app calls, so that its types can be checked with no package installed.

declare module "node:child_process" {
  export function execFileSync(
    file: string,
    args: string[],
    options: { encoding: "utf8"; stdio?: (string | number)[]; cwd?: string },
  ): string;
  export function spawnSync(
    file: string,
    args: string[],
    options?: { stdio?: "inherit" | "ignore"; cwd?: string },
  ): { status: number | null; error?: Error & { code?: string } };
}

declare module "node:crypto" {
  interface Hash {
    update(data: string | Uint8Array): Hash;
    digest(encoding: "hex"): string;
  }
  export function createHash(algorithm: "sha256"): Hash;
}

declare module "node:fs" {
  interface DirectoryEntry {
    name: string;
    isDirectory(): boolean;
    isFile(): boolean;
  }
  export function chmodSync(path: string, mode: number): void;
  export function copyFileSync(from: string, to: string): void;
  export function mkdirSync(path: string, options?: { recursive?: boolean }): void;
  export function readFileSync(path: string): Uint8Array;
  export function readFileSync(path: string, encoding: "utf8"): string;
  export function readdirSync(path: string, options: { withFileTypes: true }): DirectoryEntry[];
  export function renameSync(from: string, to: string): void;
  export function rmSync(path: string, options?: { recursive?: boolean; force?: boolean }): void;
  export function writeFileSync(path: string, data: string | Uint8Array): void;
}

declare module "node:http" {
  export interface Request {
    method?: string;
    url?: string;
  }
  export interface Response {
    writeHead(status: number, headers?: Record<string, string | number>): Response;
    end(body?: string | Uint8Array): void;
  }
  export interface Server {
    listen(port: number, host: string, ready: () => void): void;
    on(event: "error", listener: (error: Error & { code?: string }) => void): void;
    close(done: () => void): void;
    closeAllConnections?(): void;
  }
  export function createServer(answer: (request: Request, response: Response) => void): Server;
}

declare module "node:path" {
  export function basename(path: string): string;
  export function extname(path: string): string;
  export function join(...parts: string[]): string;
  export function relative(from: string, to: string): string;
}

declare module "node:url" {
  export function fileURLToPath(url: string | URL): string;
}

interface ImportMeta {
  url: string;
}

declare const process: {
  argv: string[];
  env: Record<string, string | undefined>;
  exitCode: number;
  execPath: string;
  pid: number;
  version: string;
  exit(status?: number): never;
  on(event: "SIGTERM" | "SIGINT", listener: () => void): void;
  stdout: { write(text: string): void };
  stderr: { write(text: string): void };
};
