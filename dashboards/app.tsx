/** Who is signed in, what there is to look at, and the page of the address. */

import { useQuery } from "@tanstack/react-query";
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useMemo } from "react";
import { Redirect, Route, Switch, useSearch } from "wouter";
import { ApiError } from "./api/client.ts";
import { dimensionsQuery, sessionQuery } from "./api/queries.ts";
import type { Dimensions, Session } from "./api/types.ts";
import { ConnectionNote } from "./frame/connection-note.tsx";
import { type Site, SiteContext, useSite, useWording, WordingContext } from "./frame/context.ts";
import { FaultBoundary } from "./frame/fault-boundary.tsx";
import { Frame } from "./frame/frame.tsx";
import { useKeptFocus } from "./frame/kept-focus.ts";
import { PAGES, type PageId, pagesOf } from "./frame/pages.ts";
import { SignedOut } from "./frame/signed-out.tsx";
import { Failed, Skeleton } from "./frame/states.tsx";
import { useLanguage } from "./frame/use-language.ts";
import { createFormats } from "./i18n/formats.ts";
import { LOCALES } from "./i18n/texts.ts";
import { useTokens } from "./theme/use-tokens.ts";

const CONTENT: Readonly<Record<PageId, ComponentType>> = {
  managers: lazy(() => import("./pages/managers.tsx")),
  vendors: lazy(() => import("./pages/vendors.tsx")),
  planners: lazy(() => import("./pages/planners.tsx")),
  live: lazy(() => import("./pages/live.tsx")),
  sources: lazy(() => import("./pages/sources.tsx")),
  settings: lazy(() => import("./pages/settings.tsx")),
};

/** Beside the page and not with it: what a link opens need not wait for it. */
const MarkDrawer = lazy(() => import("./pages/shared/mark-drawer.tsx"));

export function App() {
  const wording = useLanguage();
  useKeptFocus();
  return (
    <WordingContext value={wording}>
      <SignedIn>
        <Pages />
      </SignedIn>
      <ConnectionNote />
    </WordingContext>
  );
}

/** The site's context once it is known who looks; else the state that is in the way. */
function SignedIn({ children }: { children: ReactNode }) {
  const session = useQuery(sessionQuery);
  const dimensions = useQuery(dimensionsQuery);
  const { t } = useWording();
  const failed = session.error ?? dimensions.error;
  const retry = () => {
    void session.refetch();
    void dimensions.refetch();
  };
  if (failed instanceof ApiError && failed.status === 401) return <SignedOut entered={retry} />;
  if (session.data !== undefined && dimensions.data !== undefined) {
    return (
      <WithSite session={session.data} dimensions={dimensions.data}>
        {children}
      </WithSite>
    );
  }
  if (failed !== null) return <Failed what={t("what.site")} error={failed} retry={retry} />;
  return <Waiting />;
}

interface WithSiteProps {
  readonly session: Session;
  readonly dimensions: Dimensions;
  readonly children: ReactNode;
}

function WithSite({ session, dimensions, children }: WithSiteProps) {
  const wording = useWording();
  const tokens = useTokens();
  const site = useMemo<Site>(
    () => ({
      ...wording,
      tokens,
      session,
      dimensions,
      formats: createFormats(LOCALES[wording.language], dimensions.zone),
    }),
    [wording, tokens, session, dimensions],
  );
  return <SiteContext value={site}>{children}</SiteContext>;
}

function Pages() {
  const { session } = useSite();
  const search = useSearch();
  const allowed = pagesOf(session.role);
  const home = `${PAGES[allowed[0] ?? "live"].path}${search === "" ? "" : `?${search}`}`;
  return (
    <Switch>
      {allowed.map((id) => (
        <Route key={id} path={PAGES[id].path}>
          <Page id={id} />
        </Route>
      ))}
      <Route path="/quality">
        <Page id="sources" />
      </Route>
      <Route>
        <Redirect to={home} replace />
      </Route>
    </Switch>
  );
}

function Page({ id }: { id: PageId }) {
  const { t } = useSite();
  const search = useSearch();
  const Content = CONTENT[id];
  useEffect(() => {
    document.title = `${t(`page.${id}`)} · Muster`;
  }, [id, t]);
  return (
    <Frame page={id}>
      <FaultBoundary what={t(`page.${id}`)} of={`${id} ${search}`}>
        <Suspense fallback={<Skeleton height={480} />}>
          <Content />
        </Suspense>
      </FaultBoundary>
      <Suspense fallback={null}>
        <MarkDrawer />
      </Suspense>
    </Frame>
  );
}

/** The frame's shape while nothing is known yet. */
function Waiting() {
  return (
    <div className="frame">
      <nav aria-hidden="true" />
      <div className="body">
        <header className="top" />
        <main>
          <Skeleton height={56} />
          <Skeleton height={480} />
        </main>
      </div>
    </div>
  );
}
