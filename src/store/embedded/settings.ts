/** How the embedded server is set up: for two cores and a few gigabytes, and modest about both. */

import { statfsSync } from "node:fs";

/** Settings of PostgreSQL by name. */
export type ServerSettings = Readonly<Record<string, string>>;

const DEFAULTS: ServerSettings = {
  max_connections: "100",
  shared_buffers: "256MB",
  work_mem: "32MB",
  maintenance_work_mem: "256MB",
  effective_cache_size: "2GB",
  max_wal_size: "2GB",
  min_wal_size: "256MB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  // Compiling pays for queries of many seconds; ours are short and many.
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  log_line_prefix: "%m [%p] ",
};

/** For tests: a crash of the machine may take the data with it, and in return everything is quick. */
export const UNSAFE_AND_QUICK: ServerSettings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
};

const SMALLEST_SHARED_MEMORY = 512 * 1024 * 1024;

/** The settings as arguments of `postgres`. `overrides` win. */
export function settingArguments(overrides: ServerSettings = {}): string[] {
  const memory = sharedMemoryIsSmall() ? { dynamic_shared_memory_type: "mmap" } : {};
  const settings = { ...DEFAULTS, ...memory, ...overrides };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Containers often get 64 MB of /dev/shm, which one parallel query fills. */
function sharedMemoryIsSmall(): boolean {
  if (process.platform !== "linux") return false;
  try {
    const { blocks, bsize } = statfsSync("/dev/shm");
    return blocks * bsize < SMALLEST_SHARED_MEMORY;
  } catch {
    return true;
  }
}
