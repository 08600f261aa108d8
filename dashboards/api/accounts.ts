/** Accounts, tokens, the own password, who saw whom: what Settings asks and changes. */

import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type * as access from "../../src/http/contract/access.ts";
import type * as contract from "../../src/http/contract/accounts.ts";
import { getJson, sendJson } from "./client.ts";
import type { BodyOf, QueryOf, ResponseOf } from "./types.ts";

export type Account = ResponseOf<typeof contract.accounts>["rows"][number];
type AccountAgents = ResponseOf<typeof contract.accountAgents>;
export type AccountAgent = AccountAgents["rows"][number];
export type NewAccount = BodyOf<typeof contract.makeAccount>;
export type AccountChange = BodyOf<typeof contract.changeAccount>;
export type Rights = NewAccount["rights"];
export type Token = ResponseOf<typeof contract.tokens>["rows"][number];
export type TokenWish = BodyOf<typeof contract.issueToken>;
export type GivenToken = ResponseOf<typeof contract.issueToken>;
export type ViewsQuery = QueryOf<typeof contract.individualViews>;
type Views = ResponseOf<typeof contract.individualViews>;
export type IndividualView = Views["rows"][number];
type Changes = ResponseOf<typeof access.auditLog>;
export type LoggedChange = Changes["rows"][number];

interface Rows<Row> {
  readonly rows: Row[];
}

export const accountsQuery = queryOptions({
  queryKey: ["accounts"],
  queryFn: ({ signal }) => getJson<Rows<Account>>("/accounts", {}, signal),
});

/** Of very many the first whose name has what is searched for in it. */
export const accountAgentsQuery = (search: string) =>
  queryOptions({
    queryKey: ["account-agents", search],
    queryFn: ({ signal }) => getJson<AccountAgents>("/accounts/agents", { search }, signal),
    placeholderData: keepPreviousData,
  });

export const tokensQuery = queryOptions({
  queryKey: ["tokens"],
  queryFn: ({ signal }) => getJson<Rows<Token>>("/tokens", {}, signal),
});

const A_PAGE = 100;

export const individualViewsQuery = (query: ViewsQuery) =>
  infiniteQueryOptions({
    queryKey: ["individual-views", query],
    queryFn: ({ signal, pageParam }) =>
      getJson<Views>(
        "/individual-views",
        { ...query, limit: A_PAGE, cursor: pageParam ?? undefined },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    staleTime: 0,
  });

export const changesQuery = infiniteQueryOptions({
  queryKey: ["changes"],
  queryFn: ({ signal, pageParam }) =>
    getJson<Changes>("/audit", { limit: A_PAGE, cursor: pageParam ?? undefined }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: ({ next }) => next,
  staleTime: 0,
});

export const makeAccount = (wish: NewAccount) =>
  sendJson<Account>("POST", "/accounts", { body: wish });

export const changeAccount = ({ id, etag }: Account, change: AccountChange) =>
  sendJson<Account>("PATCH", `/accounts/${id}`, { body: change, etag });

export const changePassword = (old: string, password: string) =>
  sendJson<null>("PUT", "/session/password", { body: { old, password } });

export const giveToken = (wish: TokenWish) =>
  sendJson<GivenToken>("POST", "/tokens", { body: wish });

export const revokeToken = (id: string) => sendJson<null>("DELETE", `/tokens/${id}`);
