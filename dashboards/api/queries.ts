/** The reading routes as queries: cached by what was asked, the last answer kept while the next loads. */

import {
  infiniteQueryOptions,
  keepPreviousData,
  QueryCache,
  QueryClient,
  queryOptions,
} from "@tanstack/react-query";
import { ApiError } from "./client.ts";
import * as reading from "./reading.ts";
import type {
  ChangeQuery,
  ContactsQuery,
  MetricsQuery,
  SpreadQuery,
  TasksQuery,
  VolumeQuery,
} from "./types.ts";

const MINUTE = 60_000;
const AWAY_MS = 5000;

/** Only what may pass by itself is asked again: no answer, or a fault of the server. */
const mayPass = (error: Error | null): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 500);

/** How often a query is asked again: soon while the server is away, so that a page comes back by itself. */
export const againEvery =
  (usually: number | false) =>
  ({ state }: { readonly state: { readonly error: Error | null } }): number | false =>
    mayPass(state.error) ? AWAY_MS : usually;

/** A session that has ended shows first on whatever was asked next: then ask who is signed in. */
function askWhoIsSignedIn(error: Error, asked: readonly unknown[]): void {
  if (!(error instanceof ApiError) || error.status !== 401) return;
  if (asked[0] === sessionQuery.queryKey[0]) return;
  void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => askWhoIsSignedIn(error, queryKey),
  }),
  defaultOptions: {
    queries: {
      staleTime: MINUTE,
      retryDelay: 500,
      retry: (failures, error) => failures < 1 && mayPass(error),
      refetchInterval: againEvery(false),
    },
  },
});

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => reading.getSession(signal),
});

export const dimensionsQuery = queryOptions({
  queryKey: ["dimensions"],
  queryFn: ({ signal }) => reading.getDimensions(signal),
  refetchInterval: againEvery(MINUTE),
});

export const definitionsQuery = queryOptions({
  queryKey: ["definitions"],
  queryFn: ({ signal }) => reading.getDefinitions(signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const metricsQuery = (query: MetricsQuery) =>
  queryOptions({
    queryKey: ["metrics", query],
    queryFn: ({ signal }) => reading.getMetrics(query, signal),
    placeholderData: keepPreviousData,
  });

export const spreadQuery = (query: SpreadQuery) =>
  queryOptions({
    queryKey: ["spread", query],
    queryFn: ({ signal }) => reading.getSpread(query, signal),
    placeholderData: keepPreviousData,
  });

export const volumeQuery = (query: VolumeQuery) =>
  queryOptions({
    queryKey: ["volume", query],
    queryFn: ({ signal }) => reading.getVolume(query, signal),
    placeholderData: keepPreviousData,
  });

export const changeQuery = (query: ChangeQuery) =>
  queryOptions({
    queryKey: ["change", query],
    queryFn: ({ signal }) => reading.getChange(query, signal),
  });

export const qualityQuery = queryOptions({
  queryKey: ["quality"],
  queryFn: ({ signal }) => reading.getQuality(signal),
});

/** The rows behind a mark, page after page. */
export const contactsQuery = (query: ContactsQuery) =>
  infiniteQueryOptions({
    queryKey: ["contacts", query],
    queryFn: ({ pageParam, signal }) =>
      reading.getContacts(pageParam === null ? query : { ...query, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** Tasks, a page after another; without a queue those of all. */
export const tasksQuery = (query: TasksQuery) =>
  infiniteQueryOptions({
    queryKey: ["tasks", query],
    queryFn: ({ pageParam, signal }) =>
      reading.getTasks(pageParam === null ? query : { ...query, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const oneTaskQuery = (id: string) =>
  queryOptions({
    queryKey: ["task", id],
    queryFn: ({ signal }) => reading.getTask(id, signal),
  });
