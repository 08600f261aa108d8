/**
 * Keeps dispatch going: at once when something changed, and every second for what only time changes
 * (a lease that ends, a task whose hour has come). Changes that come during a step are one more
 * step. Any number of processes may run one: the dispatch takes a lock and the sweep can run
 * anywhere.
 */

import type { Store } from "../../store/connection.ts";
import type { WorkChanges } from "../../store/work/changes.ts";
import { dispatch } from "./dispatch.ts";
import { WORK_SETTINGS, type WorkSettings } from "./settings.ts";
import { sweep } from "./sweep.ts";

export interface Dispatcher {
  /** Lets the running step finish, and starts no other. */
  stop(): Promise<void>;
}

export interface DispatcherOptions {
  readonly changes: WorkChanges;
  readonly now: () => Date;
  readonly settings?: WorkSettings;
  /** A step that failed is tried again at the next change or second. */
  readonly onError: (error: unknown) => void;
}

const TICK_MS = 1000;

export function startDispatcher(store: Store, options: DispatcherOptions): Dispatcher {
  const { changes, now, settings = WORK_SETTINGS, onError } = options;
  let wanted = false;
  let sweepWanted = false;
  let stopped = false;
  let running: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    while (wanted && !stopped) {
      wanted = false;
      try {
        if (sweepWanted) {
          sweepWanted = false;
          await sweep(store, now(), settings);
        }
        await dispatch(store, now(), settings);
      } catch (error) {
        onError(error);
      }
    }
  };
  const wake = (): void => {
    wanted = true;
    if (stopped) return;
    running ??= work().finally(() => {
      running = undefined;
      // A change may have come between the last look and now.
      if (wanted) wake();
    });
  };
  const tick = (): void => {
    sweepWanted = true;
    wake();
  };

  const forget = changes.subscribe((change) => {
    if (change.dispatch) wake();
  });
  const timer = setInterval(tick, TICK_MS);
  tick();
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
      forget();
      await running;
    },
  };
}
