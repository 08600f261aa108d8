const EVERY_MILLISECONDS = 250;

/**
 * npm runs its scripts through a shell, and a signal that npm gets ends that shell only: the program
 * would stay behind, running. Under npm, the end of the parent therefore counts as SIGTERM.
 */
export function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, EVERY_MILLISECONDS);
  watch.unref();
}
