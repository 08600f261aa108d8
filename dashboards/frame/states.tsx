/** Loading, empty, failed, not allowed: drawn here once for every page. */

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiError } from "../api/client.ts";
import { useWording } from "./context.ts";

export function Skeleton({ height }: { height: number }) {
  const { t } = useWording();
  return (
    <div className="skeleton" style={{ height }} role="status" aria-label={t("state.loading")} />
  );
}

interface EmptyProps {
  readonly text: string;
  /** What can be done about it, such as a button. */
  readonly action?: ReactNode;
}

export function Empty({ text, action }: EmptyProps) {
  return (
    <div className="state">
      <p>{text}</p>
      {action}
    </div>
  );
}

interface FailedProps {
  readonly what: string;
  readonly error: Error;
  readonly retry: () => void;
}

/** What failed, in words; the server's own words and code below; and a way to try again. */
export function Failed({ what, error, retry }: FailedProps) {
  const { t } = useWording();
  const problem = error instanceof ApiError ? error : null;
  const forbidden = problem?.status === 403;
  const reason =
    problem === null
      ? error.message
      : problem.status === 0
        ? t("error.noAnswer")
        : (problem.detail ?? problem.message);
  return (
    <div className="state failed" role="alert">
      <p>
        <b>{forbidden ? t("error.forbidden", { what }) : t("error.failed", { what })}</b>
      </p>
      {!forbidden && (
        <>
          <p className="muted">
            {reason} {problem !== null && <code>{problem.code}</code>}
          </p>
          <button type="button" onClick={retry}>
            {t("error.retry")}
          </button>
        </>
      )}
    </div>
  );
}

/** What is looked at of a query, whether it has pages or not. */
type AskedQuery<Data> = Pick<UseQueryResult<Data, Error>, "error" | "isFetching"> & {
  readonly data: Data | undefined;
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
};

interface LoadedProps<Data> {
  readonly query: AskedQuery<Data>;
  /** The name of what is loaded, as it reads after "could not load". */
  readonly what: string;
  readonly height: number;
  readonly isEmpty?: (data: Data) => boolean;
  readonly emptyText?: string;
  readonly emptyAction?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** The content of a query, or the state it is in. While a new answer loads the old one stays, paler. */
export function Loaded<Data>(props: LoadedProps<Data>) {
  const { query, what, height, isEmpty, emptyText, emptyAction, children } = props;
  const { t } = useWording();
  if (query.data === undefined) {
    if (query.error === null) return <Skeleton height={height} />;
    const retry = () => void query.refetch();
    return <Failed what={what} error={query.error} retry={retry} />;
  }
  if (isEmpty?.(query.data)) {
    return <Empty text={emptyText ?? t("empty.period")} action={emptyAction} />;
  }
  return (
    <div
      className={query.isPlaceholderData ? "loaded stale" : "loaded"}
      aria-busy={query.isFetching}
    >
      {children(query.data)}
    </div>
  );
}

interface AfterProps {
  readonly queries: readonly Pick<UseQueryResult, "data" | "error">[];
  /** Of what keeps its place until then. */
  readonly height?: number;
  readonly children: ReactNode;
}

/** What stands below something that is still loading waits for it, or it would be pushed down then. */
export function After({ queries, height, children }: AfterProps) {
  const isThere = ({ data, error }: AfterProps["queries"][number]) =>
    data !== undefined || error !== null;
  if (queries.every(isThere)) return children;
  return height === undefined ? null : <Skeleton height={height} />;
}
